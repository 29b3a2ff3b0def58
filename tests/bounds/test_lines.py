"""The losses a run is compared with: optima, partial losses, simpler predictors, noise."""

from __future__ import annotations

import itertools
import math

import pytest

from rnnlab.bounds import AMOUNTS, Bounds, Reached, verdict
from rnnlab.rules import RULES
from rnnlab.settings import Settings
from tests.rules.cases import ready, shortest_window, wobble

LN2 = math.log(2)
H_10 = -0.1 * math.log(0.1) - 0.9 * math.log(0.9)


def bounds_of(**values: object) -> tuple[Bounds, Settings]:
    settings = Settings.of(values)
    return Bounds.of(settings), settings


@pytest.mark.parametrize(
    ("values", "window", "best"),
    [
        ({"rule": "pair", "window": 5}, 0.4590, 0.34657),
        ({"rule": "pair", "lag": 6, "window": 5}, 0.69315, 0.34657),
        ({"rule": "echo", "delay": 3, "window": 15}, 0.13863, 0.0),
        # On paper: seen echoes cost H(0.1), the others ln 2.
        ({"rule": "echo", "window": 5, "noise": 0.1, "rows": 250}, (3 * LN2 + 2 * H_10) / 5, H_10),
    ],
)
def test_the_bounds_are_the_optima_of_the_table(values, window, best):
    bounds, _ = bounds_of(**values)
    assert bounds.baseline == pytest.approx(LN2)
    assert bounds.window == pytest.approx(window, abs=5e-5)
    assert bounds.best == pytest.approx(best, abs=5e-6)


@pytest.mark.parametrize("noise", [0.0, 0.01, 0.4, 0.5])
@pytest.mark.parametrize("carry", [True, False])
@pytest.mark.parametrize("rule", RULES)
def test_every_line_has_its_own_label_in_order_and_every_loss_a_sentence(rule, carry, noise):
    for window in (shortest_window(ready(RULES[rule])), 2, 5, 20):
        values = {"rule": rule, "rows": 5, "window": window, "carry_state": carry, "noise": noise}
        settings = Settings.of(values, own=wobble() if rule == "series" else None)
        bounds = Bounds.of(settings)
        labels, losses = zip(*bounds.lines, strict=True)
        assert len(set(filter(None, labels))) == len(labels)
        assert all(later <= sooner + 1e-12 for sooner, later in itertools.pairwise(losses))
        assert losses[0] == pytest.approx(bounds.baseline, abs=1e-12)
        assert bounds.best <= bounds.baseline + 1e-12
        assert all(0 <= loss < bounds.top for loss in losses)
        assert bounds.bits == settings.network.classes
        for loss in (0.0, 0.3, bounds.best, bounds.baseline, 0.7, 5.0):
            sentence = verdict(bounds, settings, Reached(9, (loss,), (loss,)))
            assert f"{loss:.{'4f' if bounds.bits else '3g'}}" in sentence
            assert bounds.amount(loss) in AMOUNTS


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
    assert dict(bounds.lines) == pytest.approx(
        STAIRS | {"forgets at each window": 0.5017}, abs=5e-5
    )
    assert bounds.baseline == pytest.approx(0.6616, abs=5e-5), "not ln 2: ones come more often"
    assert (bounds.window, bounds.best) == pytest.approx((0.5017, 0.4545), abs=5e-5)


@pytest.mark.parametrize(("window", "loss"), [(5, 0.6046), (10, 0.5489), (20, 0.5017)])
def test_a_reset_state_lowers_the_stairs_to_what_a_window_shows(window, loss):
    reset, _ = bounds_of(rule="lags", window=window, carry_state=False)
    lines = dict(reset.lines)
    assert reset.best == lines["forgets at each window"] == pytest.approx(loss, abs=5e-5)
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


@pytest.mark.parametrize("text", ["1", "0.02", "x[t-1] and not x[t-3]"])
def test_where_ones_are_rare_a_fresh_network_still_begins_below_the_top(text):
    assert LN2 < bounds_of(rule="own", expression=text)[0].top < 1


def test_the_first_window_has_no_line_above_that_of_knowing_nothing():
    # Row 1 of 5 has 2 fair coins in 2 steps, the others are 1 one time in four: 0.5885 > 0.5623.
    bounds, _ = bounds_of(rule="own", rows=5, window=2)
    assert bounds.lines[0] == ("knows nothing", pytest.approx(0.5623, abs=5e-5))
