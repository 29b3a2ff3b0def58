"""The parity against paper and a plain loop."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.rules.parity import ParityRule


@pytest.mark.parametrize("bits", [2, 3, 4])
def test_a_target_is_1_where_the_ones_before_it_are_odd(bits):
    drawn = ParityRule(bits).generate(np.random.default_rng(8), 500)
    for t in range(bits, 500):
        assert drawn.targets[t] == sum(drawn.inputs[t - bits : t].tolist()) % 2


def test_the_first_targets_are_coins():
    rng = np.random.default_rng(9)
    first = [ParityRule(4).generate(rng, 6).targets[:4] for _ in range(4_000)]
    np.testing.assert_allclose(np.mean(first, axis=0), 0.5, atol=4 * 0.5 / math.sqrt(4_000))


@pytest.mark.parametrize(
    ("bits", "window", "loss"),
    [
        (2, None, 0.0),
        (2, 5, 0.2773),  # the first 2 of 5 steps miss a bit: 2/5 * 0.69315
        (3, 5, 0.4159),  # the first 3
        (4, 5, 0.5545),
        (4, 4, 0.6931),
    ],
)
def test_the_best_loss_is_a_coin_until_all_bits_are_seen(bits, window, loss):
    assert ParityRule(bits).best_loss(window) == pytest.approx(loss, abs=5e-5)


def test_half_a_parity_is_worth_nothing():
    assert ParityRule(3).partial_losses() == {}
    assert ParityRule(3).base_rate_loss() == pytest.approx(math.log(2))


def test_the_truth_of_a_short_series_by_hand():
    inputs = np.array([1, 1, 0, 1, 1], dtype=np.uint8)
    #  t = 2: 1 XOR 1;  t = 3: 1 XOR 0;  t = 4: 0 XOR 1
    assert ParityRule().target_probabilities(inputs).tolist() == [0.5, 0.5, 0.0, 1.0, 1.0]
    #  t = 3: 1 XOR 1 XOR 0;  t = 4: 1 XOR 0 XOR 1
    assert ParityRule(3).target_probabilities(inputs).tolist() == [0.5, 0.5, 0.5, 0.0, 0.0]
