"""The pair rule against the numbers of its article and a hand-written loop."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.rules.pair import PairRule


@pytest.mark.parametrize(
    ("lag", "window", "loss"),
    [
        (1, None, 0.34657),  # half the targets are forced, half are coins: 0.5 ln 2
        (1, 3, 0.5340),  # (ln 2 + 0.56234 + 0.34657) / 3: see the staircase in test_theory
        (1, 5, 0.4590),
        (1, 15, 0.3841),
        (6, None, 0.34657),
        (6, 5, 0.69315),  # the cause is older than the window: ln 2
    ],
)
def test_the_best_losses_of_the_table(lag, window, loss):
    digits = 0.5 * 10 ** -len(f"{loss}".split(".")[1])
    assert PairRule(lag).best_loss(window) == pytest.approx(loss, abs=digits)


@pytest.mark.parametrize("lag", [1, 2, 6, 20])
def test_two_equal_bits_force_the_opposite_one(lag):
    drawn = PairRule(lag).generate(np.random.default_rng(3), 2_000)
    x, y = drawn.inputs, drawn.targets
    free = []
    for t in range(2_000):
        if t > lag and x[t - lag] == x[t - lag - 1]:
            assert y[t] == 1 - x[t - lag]
        else:
            free.append(y[t])
    assert 0.4 < np.mean(free) < 0.6


def test_the_truth_of_a_short_series_by_hand():
    # t:      0    1    2    3    4    5
    # x:      1    1    0    0    0    1
    # pair:   -    -   1,1  1,0  0,0  0,0    (x[t-2], x[t-1])
    inputs = np.array([1, 1, 0, 0, 0, 1], dtype=np.uint8)
    assert PairRule().target_probabilities(inputs).tolist() == [0.5, 0.5, 0.0, 0.5, 1.0, 1.0]


def test_who_knows_the_rule_is_right_three_times_in_four():
    drawn = PairRule().generate(np.random.default_rng(5), 100_000)
    guess = PairRule().target_probabilities(drawn.inputs) > 0.5
    assert np.mean(guess == drawn.targets) == pytest.approx(0.75, abs=0.01)


def test_the_first_window_of_two_rows_by_hand():
    # Windows of 3, lag 1. Row 1: two fresh flips, then a pair, which is worth half a coin.
    # Row 2: the staircase ln 2, entropy of one quarter (0.56234), ln 2 / 2; see test_theory.
    ln2 = math.log(2)
    first, second = (ln2 + ln2 + ln2 / 2) / 3, (ln2 + 0.56234 + ln2 / 2) / 3
    assert PairRule().first_window_loss(2, 3) == pytest.approx((first + second) / 2, abs=5e-6)


def test_the_parts_of_a_pair_have_no_stairs():
    for rule in (PairRule(), PairRule(noise=0.1)):
        assert rule.partial_losses() == rule.partial_losses(5) == {}


def test_half_a_pair_is_worth_something_all_the_same():
    # One of the pair is 0: the other is 0 (a sure 1) or 1 (a coin), so 3/4. H(3/4) = 0.56234.
    parts = PairRule(6).partial_predictors()
    assert list(parts) == ["lag 7 only", "lag 6 only"]
    assert [part.loss for part in parts.values()] == pytest.approx([0.56234] * 2, abs=5e-6)
