"""What a run is held against where noise, or a rule of one's own, leaves little to know."""

from __future__ import annotations

import itertools
import math

import pytest

from rnnlab.bounds import AMOUNTS, Bounds
from rnnlab.rules import RULES, BitRule
from rnnlab.settings import Settings

LN2 = math.log(2)
BIT_RULES = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]
H_10 = -0.1 * math.log(0.1) - 0.9 * math.log(0.9)


def bounds_of(**values: object) -> tuple[Bounds, Settings]:
    settings = Settings.of(values)
    return Bounds.of(settings), settings


def verdict(loss: float, **values: object) -> str:
    bounds, settings = bounds_of(**values)
    return bounds.verdict(settings, loss)


@pytest.mark.parametrize("rule", BIT_RULES)
@pytest.mark.parametrize("carry", [True, False])
@pytest.mark.parametrize("noise", [0.01, 0.1, 0.4, 0.49, 0.5])
def test_with_noise_every_line_is_in_order_and_every_loss_gets_a_sentence(rule, carry, noise):
    for window in (1, 2, 5, 20):
        values = {"rule": rule, "rows": 5, "window": window, "carry_state": carry, "noise": noise}
        bounds, settings = bounds_of(**values)
        labels, losses = zip(*bounds.lines, strict=True)
        assert len(set(labels)) == len(labels)
        assert all(later <= sooner + 1e-12 for sooner, later in itertools.pairwise(losses))
        assert losses[0] == pytest.approx(bounds.baseline, abs=1e-12)
        assert bounds.best <= bounds.baseline + 1e-12
        for loss in (0.0, 0.3, bounds.best, bounds.baseline, 0.7, 5.0):
            assert f"{loss:.4f}" in bounds.verdict(settings, loss)
            assert bounds.amount(loss) in AMOUNTS


def test_the_lines_of_a_noisy_echo_on_paper():
    bounds, _ = bounds_of(rule="echo", window=5, noise=0.1, rows=250)
    assert bounds.baseline == pytest.approx(LN2)
    assert bounds.best == pytest.approx(H_10)
    assert bounds.window == pytest.approx((3 * LN2 + 2 * H_10) / 5)


@pytest.mark.parametrize("rule", BIT_RULES)
def test_at_one_half_nothing_is_learnt_whatever_the_loss(rule):
    bounds, settings = bounds_of(rule=rule, noise=0.5)
    assert bounds.best == pytest.approx(bounds.baseline) == pytest.approx(LN2)
    for loss in (0.5, 0.6931, 0.75):
        assert (bounds.amount(loss), bounds.learnt(loss)) == ("Nothing", False)
    assert "nothing left to learn" in bounds.verdict(settings, 0.6940)
    said = bounds.verdict(settings, 0.72)
    assert said.endswith("Noise of 0.5 leaves nothing to learn.")
    assert "window" not in said


def test_strong_noise_leaves_hardly_anything():
    # Half the targets are forced, and cost H(0.45) = 0.6881: half a hundredth below ln 2.
    said = verdict(0.72, rule="pair", noise=0.45)
    assert said.endswith("Noise of 0.45 leaves hardly anything to learn.")


def test_a_window_that_shows_a_faint_cause_is_not_said_to_show_none():
    # An echo in two steps of five: (3 ln 2 + 2 H(0.4)) / 5 = 0.6851, 0.008 below ln 2.
    faint = {"rule": "echo", "window": 5, "noise": 0.4}
    assert "no window of" not in verdict(0.70, **faint)
    said = verdict(0.70, carry_state=False, **faint)
    assert said.endswith("There is hardly anything to learn in single windows of 5 steps.")
    assert "no window of 3 steps" in verdict(0.70, rule="echo", window=3, noise=0.4)


@pytest.mark.parametrize(("text", "noise"), [("0.5", 0.0), ("0.3", 0.1), ("1", 0.2), ("0", 0.0)])
def test_a_rule_that_looks_at_nothing_has_nothing_to_learn(text, noise):
    bounds, settings = bounds_of(rule="own", expression=text, noise=noise)
    assert bounds.best == bounds.baseline
    assert bounds.amount(0.9) == "Nothing"
    said = bounds.verdict(settings, 0.9)
    assert said.endswith("There is nothing to learn: the past does not tell what comes.")


@pytest.mark.parametrize("text", ["1", "0.02", "x[t-1] and not x[t-3]"])
def test_where_ones_are_rare_a_fresh_network_still_begins_below_the_top(text):
    assert LN2 < bounds_of(rule="own", expression=text)[0].top < 1


def test_the_first_window_has_no_line_above_that_of_knowing_nothing():
    # Row 1 of 5 has 2 fair coins in 2 steps, the others are 1 one time in four: 0.5885 > 0.5623.
    bounds, _ = bounds_of(rule="own", rows=5, window=2)
    assert bounds.lines[0] == ("knows nothing", pytest.approx(0.5623, abs=5e-5))
