"""What a run is held against: the articles' optima, stairs, and simpler ways."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.bounds import Bounds
from rnnlab.rules import RULES
from rnnlab.settings import Settings
from tests.rules.cases import wobble

LN2 = math.log(2)


def bounds_of(**values: object) -> tuple[Bounds, Settings]:
    settings = Settings.of(values)
    return Bounds.of(settings), settings


@pytest.mark.parametrize(
    ("values", "window", "best"),
    [
        ({"rule": "pair", "window": 3}, 0.5340, 0.34657),
        ({"rule": "pair", "window": 5}, 0.4590, 0.34657),
        ({"rule": "pair", "window": 15}, 0.3841, 0.34657),
        ({"rule": "pair", "lag": 6, "window": 5}, 0.69315, 0.34657),
        ({"rule": "echo", "delay": 3, "window": 3}, 0.69315, 0.0),
        ({"rule": "echo", "delay": 3, "window": 5}, 0.41589, 0.0),
        ({"rule": "echo", "delay": 3, "window": 15}, 0.13863, 0.0),
    ],
)
def test_the_bounds_are_the_optima_of_the_table(values, window, best):
    bounds, _ = bounds_of(**values)
    assert bounds.baseline == pytest.approx(LN2)
    assert bounds.window == pytest.approx(window, abs=5e-5)
    assert bounds.best == pytest.approx(best, abs=5e-6)


def test_a_carried_state_can_reach_the_best_and_a_reset_one_what_its_window_shows():
    assert bounds_of(rule="echo", window=5)[0].best == 0
    reset, _ = bounds_of(rule="echo", window=5, carry_state=False)
    assert reset.best == reset.window == pytest.approx(0.6 * LN2)
    assert dict(reset.lines)["best possible"] == 0, "still on the picture"


# Two coins load a third: P(1) = 0.5 + 0.5 a - 0.25 b. Nobody knows: P = 0.625; only b: 0.75 or
# 0.5; only a: 0.375 or 0.875; both: 0.5, 0.25, 1 or 0.75.
STAIRS = {
    "knows nothing": 0.6616,
    "lag 8 only": 0.6277,
    "lag 3 only": 0.5192,
    "best possible": 0.4545,
}


def test_the_stairs_of_the_weighted_lags_are_the_numbers_of_the_article():
    bounds, _ = bounds_of(rule="lags", window=20)
    assert dict(bounds.lines) == pytest.approx(STAIRS | {"sees only this window": 0.5017}, abs=5e-5)
    assert bounds.baseline == pytest.approx(0.6616, abs=5e-5), "not ln 2: ones come more often"
    assert (bounds.window, bounds.best) == pytest.approx((0.5017, 0.4545), abs=5e-5)


@pytest.mark.parametrize(("window", "loss"), [(5, 0.6046), (10, 0.5489), (20, 0.5017)])
def test_a_reset_state_lowers_the_stairs_to_what_a_window_shows(window, loss):
    reset, _ = bounds_of(rule="lags", window=window, carry_state=False)
    lines = dict(reset.lines)
    assert reset.best == lines["sees only this window"] == pytest.approx(loss, abs=5e-5)
    assert lines["best possible"] == pytest.approx(0.4545, abs=5e-5)
    for label, lag in (("lag 8 only", 8), ("lag 3 only", 3)):
        if window <= 8:
            # Lag 3 is all that the window shows, and lag 8 it never shows: no stairs between.
            assert label not in lines
        else:
            # A share of (window - lag) / window of the steps has the cause in sight.
            seen = (window - lag) / window
            expected = seen * STAIRS[label] + (1 - seen) * STAIRS["knows nothing"]
            assert lines[label] == pytest.approx(expected, abs=1e-4)


def test_who_only_looks_at_the_last_bit_of_the_pair_on_itself_has_a_step_of_its_own():
    # The other bit follows two times in three: H(1/3) = 0.6365.
    bounds, _ = bounds_of(rule="self-pair", window=5)
    assert dict(bounds.lines)["last bit only"] == pytest.approx(0.6365, abs=5e-5)
    assert bounds.best == pytest.approx(0.4621, abs=5e-5)
    assert bounds.window == pytest.approx(0.4970, abs=5e-5)


FIRST = "first window of an epoch"


def test_the_first_window_of_an_echo_has_a_floor_of_its_own():
    # Four rows of five begin with 3 echoes of 15 that nobody has heard.
    bounds, _ = bounds_of(rule="echo", rows=5, length=10_000, window=15)
    assert dict(bounds.lines)[FIRST] == pytest.approx(0.1109, abs=5e-5)
    assert dict(bounds.lines)["best possible"] == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"carry_state": False},  # every window is a first one
        {"length": 100, "window": 100},  # an epoch has no second one
        {"rows": 500},  # the one row that hears all of itself hardly counts among 500
    ],
    ids=str,
)
def test_a_first_window_that_is_like_any_other_has_no_line(changes):
    values = {"rule": "echo", "rows": 5, "length": 10_000, "window": 15} | changes
    assert FIRST not in dict(bounds_of(**values)[0].lines)


@pytest.mark.parametrize("rule", [name for name in RULES if name != "series"])
@pytest.mark.parametrize("carry", [True, False])
def test_every_line_has_a_label_of_its_own_and_lies_below_the_one_before(rule, carry):
    for window in (1, 2, 3, 5, 9, 20):
        bounds, settings = bounds_of(rule=rule, rows=5, window=window, carry_state=carry)
        labels, losses = zip(*bounds.lines, strict=True)
        assert len(set(labels)) == len(labels)
        assert all(labels)
        assert list(losses) == sorted(losses, reverse=True)
        assert losses[0] == bounds.baseline
        assert all(0 <= loss < bounds.top for loss in losses)
        assert bounds.bits == settings.network.classes
        assert bounds.best <= bounds.baseline


def test_a_fresh_network_begins_below_the_top():
    # Logits of glorot size stay near 0, so a guesser pays about ln 2; and 0 said of 10, 20 and 30
    # costs (100 + 400 + 900) / 3.
    assert LN2 < bounds_of(rule="pair")[0].top < 1
    assert 1400 / 3 < bounds_of(rule="toy")[0].top < 600


def test_the_lines_of_the_toy_are_those_of_who_says_the_mean():
    bounds, _ = bounds_of(rule="toy")
    assert bounds.lines == (("always the mean, 20", pytest.approx(200 / 3)),)
    assert not bounds.bits
    assert bounds.baseline == pytest.approx(200 / 3)
    assert bounds.best == 0


def test_the_lines_of_the_sine_are_the_simpler_ways_from_the_worst_to_the_best():
    bounds, _ = bounds_of(rule="sine", window=10)
    assert [label for label, _ in bounds.lines] == [
        "always the mean",
        "same as last value",
        "two-term recurrence",
    ]
    mean, last, recurrence = (loss for _, loss in bounds.lines)
    # The test is 1,000 points on [100, 110]; whoever stands still is wrong by a step times cos.
    place = np.linspace(100, 110, 1000)
    train_mean = np.sin(np.linspace(0, 100, 10_000)).mean()
    assert mean == pytest.approx(np.mean((np.sin(place[10:]) - train_mean) ** 2), rel=1e-4)
    assert last == pytest.approx((10 / 999) ** 2 * np.mean(np.cos(place[10:]) ** 2), rel=1e-2)
    assert recurrence < 1e-12


def test_a_series_of_your_own_has_lines_too():
    settings = Settings(rule="series", own=wobble(), rows=32)
    labels = [label for label, _ in Bounds.of(settings).lines]
    assert sorted(labels) == ["always the mean", "same as last value", "two-term recurrence"]
