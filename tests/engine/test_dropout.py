"""Dropout: which outputs are hidden from the layer above, and that the gradient knows of it."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pytest
import tensorflow as tf

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.engine import Architecture, Hyperparameters, program, window
from rnnlab.network import Network
from tests.engine.windows import (
    BOTH,
    ROWS,
    TIMESTEPS,
    WIDE_UNITS,
    hyperparameters,
    name_of,
    some_batches,
    some_network,
    some_weights,
)

SHAPE = (20, 16, 30)
"""Timesteps, units and rows: 9,600 numbers."""


@lru_cache
def draw(layers: int, shape: tuple[int, ...]) -> Callable[..., list]:
    """The drawing of masks, compiled as the engine compiles it."""
    network = Network(layers=layers, units=shape[1])
    return tf.function(
        lambda rate, seed, count: window.dropout_masks(network, rate, seed, count, shape),
        jit_compile=True,
        autograph=False,
    )


def masks(
    count: int = 0, *, rate: float = 0.3, layers: int = 3, seed: int = 1, shape=SHAPE
) -> list[np.ndarray]:
    """The very masks of the engine."""
    drawn = draw(layers, shape)(tf.constant(rate), tf.constant(seed), tf.constant(count))
    return [mask.numpy() for mask in drawn]


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_a_mask_hides_the_share_asked_for_and_enlarges_the_rest(rate):
    for mask in masks(rate=rate):
        assert mask.shape == SHAPE
        # The standard error of a share in 9,600 is at most 0.005.
        assert (mask == 0).mean() == pytest.approx(rate, abs=0.02)
        np.testing.assert_allclose(mask[mask > 0], 1 / (1 - rate), rtol=1e-6)
        assert mask.mean() == pytest.approx(1, abs=0.1), "what is seen is as large as before"


def test_without_a_share_nothing_is_hidden():
    for mask in masks(rate=0.0):
        np.testing.assert_array_equal(mask, np.ones(SHAPE))


def test_there_is_a_mask_between_each_two_layers():
    assert [len(masks(layers=layers)) for layers in (1, 2, 3)] == [0, 1, 2]


def agreement(one: np.ndarray, other: np.ndarray) -> float:
    """In what share of places both hide, or both do not: 0.3^2 + 0.7^2 = 0.58 by chance."""
    return float(((one == 0) == (other == 0)).mean())


def test_masks_are_drawn_anew_for_layers_times_units_and_rows():
    lower, upper = masks()
    by_chance = pytest.approx(0.58, abs=0.03)
    assert agreement(lower, upper) == by_chance
    assert agreement(lower[1:], lower[:-1]) == by_chance
    assert agreement(lower[:, 1:], lower[:, :-1]) == by_chance
    assert agreement(lower[..., 1:], lower[..., :-1]) == by_chance


def test_no_mask_comes_again_in_later_updates_or_with_another_seed():
    drawn = [mask for count in range(5) for mask in masks(count)] + masks(seed=3)
    for number, one in enumerate(drawn):
        for other in drawn[:number]:
            assert agreement(one, other) == pytest.approx(0.58, abs=0.03)


@pytest.mark.parametrize(
    "network",
    [
        *(Network(cell=cell, units=3, layers=2) for cell in CELLS),
        Network(units=WIDE_UNITS["simple_rnn"], layers=3, last_step=True),
    ],
    ids=name_of,
)
def test_updates_with_dropout_follow_the_gradients_of_numpy_with_the_same_masks(network):
    one = Architecture(network, "sgd", 12, 5, with_dropout=True)
    compiled, batches = program(one), some_batches(one, 3, carry_state=True, networks=2)
    seeds, rate = (4, 11), 0.4
    start = [some_weights(network, number) for number in range(2)]
    carry, chunk = compiled.run(
        compiled.begin(start), batches, Hyperparameters(0.5, dropout=rate, seeds=seeds)
    )
    given = {"rate": rate, "layers": network.layers, "shape": (5, network.units, 12)}
    for number, first in enumerate(start):
        drawn = [masks(update, seed=seeds[number], **given) for update in range(3)]
        weights = {name: value.astype(float) for name, value in first.items()}
        states = None
        for update in range(3):
            own = tuple(mask.transpose(2, 0, 1) for mask in drawn[update])
            x, y = batches.inputs[update, number], batches.targets[update, number]
            trace = reference.forward(network, weights, x, states, own)
            expected = reference.loss(network, trace, y)
            assert chunk.losses[update, number] == pytest.approx(expected, abs=1e-5)
            gradient = reference.gradients(network, weights, x, y, trace)
            weights = {name: value - 0.5 * gradient[name] for name, value in weights.items()}
            states = trace.final_states
        for name, value in compiled.weights(carry, number).items():
            np.testing.assert_allclose(value, weights[name], atol=1e-5, err_msg=name)


def test_the_mask_hides_outputs_of_both_directions():
    # What the upper layer does not see teaches nothing: with nearly all hidden, the gradient of
    # the lower layer is nearly always zero, in either direction.
    network = some_network("simple_rnn", BOTH, layers=2, outputs=1)
    one = Architecture(network, "sgd", ROWS, TIMESTEPS, with_dropout=True)
    compiled, weights, batches = program(one), some_weights(network), some_batches(one, 1)
    for rate, taught in ((0.5, True), (0.99999, False)):
        constant = hyperparameters(1.0, dropout=rate)
        state, _ = compiled.run(compiled.begin([weights]), batches, constant)
        after = compiled.weights(state)
        for name in ("rnn1_kernel", "rnn1_backward_kernel"):
            assert np.array_equal(after[name], weights[name]) is not taught
