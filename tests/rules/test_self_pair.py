"""The pair rule that feeds on itself, against numbers worked out on paper and a plain loop."""

from __future__ import annotations

import math
from itertools import groupby

import numpy as np
import pytest

from rnnlab.rules import RULES

LN2 = math.log(2)
SELF_PAIR = RULES["self-pair"]


@pytest.mark.parametrize(
    ("window", "loss"),
    [
        (None, 0.46210),  # two steps in three are a coin: 2/3 * 0.69315
        (1, 0.63651),  # one third against two: (1/3) ln 3 + (2/3) ln 1.5 = 0.36620 + 0.27031
        (2, 0.54931),  # (0.63651 + 0.46210) / 2, which is (1/2) ln 3
        (5, 0.4970),
    ],
)
def test_the_best_losses_of_the_table(window, loss):
    digits = 0.5 * 10 ** -len(f"{loss}".split(".")[1])
    assert SELF_PAIR.best_loss(window) == pytest.approx(loss, abs=digits)


def test_knowing_nothing_costs_a_coin():
    assert SELF_PAIR.base_rate_loss() == LN2


def test_no_three_bits_are_equal_and_after_a_change_a_coin_decides():
    drawn = SELF_PAIR.generate(np.random.default_rng(3), 20_000)
    s = [*drawn.inputs, drawn.targets[-1]]
    after_change = []
    for t in range(2, len(s)):
        if s[t - 1] == s[t - 2]:
            assert s[t] != s[t - 1]
        else:
            after_change.append(s[t] == s[t - 1])
    assert np.mean(after_change) == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(13_000))
    assert {len(list(run)) for _, run in groupby(s)} == {1, 2}


def test_the_targets_are_the_inputs_one_step_later():
    drawn = SELF_PAIR.generate(np.random.default_rng(4), 1_000)
    assert drawn.targets[:-1].tolist() == drawn.inputs[1:].tolist()


def test_the_series_begins_at_a_moment_like_any_other():
    """Bits 0 to 4 of many series have the chances that the chain has in the long run."""
    rng = np.random.default_rng(5)
    n = 20_000
    starts = np.array([SELF_PAIR.generate(rng, 5).inputs for _ in range(n)])
    error = 4 * 0.5 / math.sqrt(n)
    np.testing.assert_allclose(starts.mean(axis=0), 0.5, atol=error)
    equal = starts[:, 1:] == starts[:, :-1]
    np.testing.assert_allclose(equal.mean(axis=0), 1 / 3, atol=error)


def test_the_truth_of_a_short_series_by_hand():
    # t:      0    1     2     3    4    5
    # s:      1    1     0     1    0    0
    # next:  1/3  0 sure  ?    ?    ?    1 sure
    inputs = np.array([1, 1, 0, 1, 0, 0], dtype=np.uint8)
    expected = [1 / 3, 0.0, 0.5, 0.5, 0.5, 1.0]
    assert SELF_PAIR.target_probabilities(inputs).tolist() == pytest.approx(expected)
    assert SELF_PAIR.target_probabilities(inputs[2:]).tolist() == pytest.approx(
        [2 / 3, *expected[3:]]
    )


@pytest.mark.parametrize("rows", [1, 5, 250])
def test_the_first_window_is_a_window_like_any_other(rows):
    assert SELF_PAIR.first_window_loss(rows, 5) == pytest.approx(0.4970, abs=5e-5)


def test_who_looks_at_the_last_bit_only_stands_halfway():
    assert SELF_PAIR.partial_losses() == SELF_PAIR.partial_losses(5)
    assert SELF_PAIR.partial_losses()["last bit only"] == pytest.approx(0.63651, abs=5e-6)
    assert SELF_PAIR.partial_losses(1) == {}
