"""How far a network counts: by one whose weights are written down, and one that cannot."""

from __future__ import annotations

import numpy as np

from rnnlab.insight.counting import MOST_COUNTED, counted_blocks, counts_up_to
from rnnlab.settings import Settings

RELU = Settings.of({"rule": "counting", "units": 2, "activation": "relu"})


def counter() -> dict[str, np.ndarray]:
    """Two units that count with ReLU: the ones that have not met their zero.

    h0 = relu(h0 + 2 x - 1), so a one adds 1 and a zero takes 1 away; a one comes next where h0 is
    0 and the bit was a 0. Unit 1 holds that bit.
    """
    weights = {name: np.zeros(shape) for name, shape in RELU.network.shapes.items()}
    kernel, recurrent, bias, dense, dense_bias = weights
    weights[kernel][0] = [2, 1]
    weights[recurrent][0, 0] = 1
    weights[bias][:] = [-1, 0]
    weights[dense][:, 1] = [-10, -10]  # no one while zeros are due, none foreseen after a one
    weights[dense_bias][1] = 5
    return weights


def test_a_network_that_counts_by_hand_reads_every_block():
    assert list(counter()) == list(RELU.network.shapes)
    blocks = counted_blocks(RELU, counter())
    assert blocks.shape == (MOST_COUNTED,)
    assert counts_up_to(blocks) == MOST_COUNTED


def test_one_that_forgets_the_ones_reads_only_as_far_as_it_must_not_count():
    weights = counter()
    weights[list(weights)[1]][0, 0] = 0  # it knows the last bit only: after a 0 comes a 1
    blocks = counted_blocks(RELU, weights)
    assert blocks.tolist() == [True] + [False] * (MOST_COUNTED - 1)
    assert counts_up_to(blocks) == 1


def test_one_that_never_expects_a_one_reads_none():
    weights = counter()
    weights[list(weights)[-1]][1] = -5
    assert counts_up_to(counted_blocks(RELU, weights)) == 0


def test_it_counts_up_to_the_first_block_that_it_misreads():
    assert counts_up_to(np.array([True, True, False, True])) == 2
