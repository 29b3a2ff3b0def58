"""The weighted lags against the table of the lab's articles and a hand-written series."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.rules import RULES

LAGS = RULES["lags"]


@pytest.mark.parametrize(
    ("window", "loss"), [(None, 0.4545), (5, 0.6046), (10, 0.5489), (20, 0.5017), (50, 0.4734)]
)
def test_the_best_losses_of_the_table(window, loss):
    assert LAGS.best_loss(window) == pytest.approx(loss, abs=5e-5)


def test_knowing_nothing_is_less_than_a_coin_since_ones_are_more_frequent():
    # P(y = 1) = 0.5 + 0.25 - 0.125 = 5/8: -(5/8) ln (5/8) - (3/8) ln (3/8) = 0.29375 + 0.36781
    assert LAGS.base_rate_loss() == pytest.approx(0.6616, abs=5e-5)


def test_each_lag_alone_is_a_step_of_the_stairs():
    stairs = LAGS.partial_losses()
    assert list(stairs) == ["lag 8 only", "lag 3 only"]
    # Lag 8 alone: a 1 leaves P(y = 1) at 1/2, a 0 at 3/4: (0.69315 + 0.56234) / 2 = 0.62774.
    assert stairs["lag 8 only"] == pytest.approx(0.62774, abs=5e-6)
    # Lag 3 alone: a 1 leaves 7/8, a 0 leaves 3/8: (0.37677 + 0.66156) / 2 = 0.51917.
    assert stairs["lag 3 only"] == pytest.approx(0.51917, abs=5e-6)


def test_in_windows_the_stairs_are_lower_for_the_positions_that_see_the_lag_only():
    # Windows of 20: 12 positions see lag 8, 17 see lag 3; the others know nothing.
    stairs = LAGS.partial_losses(20)
    assert stairs["lag 8 only"] == pytest.approx((8 * 0.66156 + 12 * 0.62774) / 20, abs=1e-5)
    assert stairs["lag 3 only"] == pytest.approx((3 * 0.66156 + 17 * 0.51917) / 20, abs=1e-5)


@pytest.mark.parametrize("window", range(1, 9))
def test_windows_too_short_for_lag_8_have_no_stairs(window):
    assert LAGS.partial_losses(window) == {}


def test_the_truth_of_a_short_series_by_hand():
    # x:  1 0 0 0 0 1 0 0 1 1 0       t = 8: x[5] = 1, x[0] = 1: 0.5 + 0.5 - 0.25
    #     0 1 2 3 4 5 6 7 8 9 10      t = 9: x[6] = 0, x[1] = 0: 0.5;   t = 10: the same
    inputs = np.array([1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0], dtype=np.uint8)
    assert LAGS.target_probabilities(inputs).tolist() == [0.5] * 8 + [0.75, 0.5, 0.5]


def test_ones_come_as_often_as_the_two_causes_say():
    drawn = LAGS.generate(np.random.default_rng(6), 100_000)
    x, y = drawn.inputs, drawn.targets
    came: dict[tuple[int, int], list[int]] = {}
    for t in range(8, len(x)):
        came.setdefault((int(x[t - 3]), int(x[t - 8])), []).append(int(y[t]))
    shares = {causes: np.mean(ones) for causes, ones in came.items()}
    expected = {(0, 0): 0.5, (0, 1): 0.25, (1, 0): 1.0, (1, 1): 0.75}
    assert shares == pytest.approx(expected, abs=4 * 0.5 / np.sqrt(25_000))
    assert shares[1, 0] == 1
