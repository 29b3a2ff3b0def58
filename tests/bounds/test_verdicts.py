"""What is said of the losses that a run reached: how much it learnt, and the sentence."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

from rnnlab.bounds import AMOUNTS, Bounds, Dip, Reached, verdict
from rnnlab.presets import PRESETS
from rnnlab.rules import RULES, BitRule
from rnnlab.settings import Settings

LN2 = math.log(2)
BIT_RULES = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]

RESET_PAIR = {"rule": "pair", "carry_state": False}
SHORT_ECHO = {"rule": "echo", "window": 3}
RESET_ECHO = SHORT_ECHO | {"carry_state": False}
LAGS = {"rule": "lags", "window": 20}


def bounds_of(**values: object) -> tuple[Bounds, Settings]:
    settings = Settings.of(values)
    return Bounds.of(settings), settings


def said(loss: float, fresh: float | None = -1.0, **values: object) -> str:
    """The verdict on a run with this loss, which is that on fresh data too if nothing is said."""
    bounds, settings = bounds_of(**values)
    held_out = () if fresh is None else (loss if fresh == -1.0 else fresh,)
    return verdict(bounds, settings, Reached(settings.updates, (loss,), held_out))


def reach(bounds: Bounds, settings: Settings, loss: float) -> str:
    return verdict(bounds, settings, Reached(settings.updates, (loss,), (loss,)))


@pytest.mark.parametrize(
    ("share", "amount", "learnt"),
    [
        (-0.2, "Nothing", False),
        (0.0, "Nothing", False),
        (0.04, "Nothing", False),
        (0.06, "A part", False),
        (0.49, "A part", False),
        (0.51, "A part", True),
        (0.94, "A part", True),
        (0.96, "All there is", True),
        (1.1, "All there is", True),
    ],
)
@pytest.mark.parametrize("values", [{"rule": "pair"}, {"rule": "lags", "window": 20}], ids=str)
def test_how_much_of_bits_is_learnt_is_the_way_from_nothing_to_the_best(
    share, amount, learnt, values
):
    bounds, _ = bounds_of(**values)
    loss = bounds.baseline + share * (bounds.best - bounds.baseline)
    assert (bounds.amount(loss), bounds.learnt(loss)) == (amount, learnt)
    assert amount in AMOUNTS


@pytest.mark.parametrize(
    ("loss", "amount", "learnt"),
    [
        (500, "Nothing", False),
        (66, "Nothing", False),
        (20, "A part", False),
        (200 / 3 / 30, "A part", False),  # the square root of a thousand is 31.6
        (200 / 3 / 33, "A part", True),
        (200 / 3 / 1001, "All there is", True),
        (0.0070, "All there is", True),
        (0.0, "All there is", True),
    ],
)
def test_how_much_of_numbers_is_learnt_is_counted_in_factors(loss, amount, learnt):
    bounds, _ = bounds_of(rule="toy")
    assert (bounds.amount(loss), bounds.learnt(loss)) == (amount, learnt)


@pytest.mark.parametrize("loss", [0.6, 0.6931, 0.8])
def test_where_there_is_nothing_to_learn_nothing_is_learnt(loss):
    bounds, settings = bounds_of(rule="echo", window=3, carry_state=False)
    assert bounds.baseline == bounds.best
    assert (bounds.amount(loss), bounds.learnt(loss)) == ("Nothing", False)
    assert f"{loss:.4f}" in reach(bounds, settings, loss)


@pytest.mark.parametrize(
    ("values", "loss", "words", "not_words"),
    [
        ({"rule": "pair"}, 0.3512, ["0.3512 on fresh bits), and the best possible is 0.3466"], []),
        ({"rule": "pair"}, 0.3512, ["The loss is 0.3512 (", "nothing left"], ["luck"]),
        (RESET_PAIR, 0.4600, ["best possible is 0.4590", "nothing left"], []),
        ({"rule": "pair"}, 0.4600, [], ["nothing left"]),
        # From ln 2 down to half of it, 0.75 ln 2 is the middle.
        (
            {"rule": "pair"},
            0.75 * LN2,
            ["0.5199 on fresh bits); the best possible is 0.3466", "50%"],
            [],
        ),
        (
            {"rule": "echo", "window": 15},
            0.69,
            ["0.6900 on fresh bits), no better than guessing (0.6931)"],
            [],
        ),
        (
            {"rule": "echo", "window": 15},
            4.0,
            ["4.0000 on fresh bits), no better", "Try more epochs"],
            [],
        ),
        (SHORT_ECHO, 0.6925, ["0.6925", "no window of 3 steps"], ["Try more epochs"]),
        # A wide network leaks much of the past through its state; a large rate throws it above.
        (SHORT_ECHO, 0.4, [], ["close to"]),
        (SHORT_ECHO, 1.5, [], ["close to"]),
        (
            RESET_ECHO,
            0.6935,
            ["0.6935 on fresh bits), and knowing nothing costs 0.6931. There is nothing to learn"],
            ["left"],
        ),
        # Knowing nothing costs 0.6931, the best possible is 0.6864: 0.0067 between them.
        (
            {"rule": "self-pair", "noise": 0.4},
            0.6915,
            ["costs 0.6931, and the best possible is 0.6864. Noise of 0.4 leaves hardly anything"],
            ["left to", "worse"],
        ),
        # 0.0202 between them: a distance of 0.009 is nearly half of it.
        ({"rule": "self-pair", "noise": 0.3}, 0.6660 + 0.009, ["has learnt 6"], ["nothing left"]),
        ({"rule": "self-pair", "noise": 0.3}, 0.6660 + 0.001, ["nothing left"], []),
        (
            RESET_ECHO,
            0.72,
            ["worse than knowing nothing (0.6931)", "single windows of 3 steps"],
            ["possible", "allow"],
        ),
        (LAGS, 0.6616, ["no better than guessing (0.6616)"], []),
        (LAGS, 0.6525, ["no better than guessing (0.6616)"], []),
        (LAGS, 0.5192, ["69%"], []),  # (0.6616 - 0.5192) / (0.6616 - 0.4545): lag 3 alone
    ],
)
def test_a_loss_on_bits_gets_its_sentence(values, loss, words, not_words):
    sentence = said(loss, **values)
    assert all(word in sentence for word in words)
    assert not any(word in sentence for word in not_words)


def test_a_squared_error_is_told_with_its_root():
    sentence = said(0.0070, rule="toy")
    # The root of 0.0070 is 0.0837; who always says 20 is wrong by the root of 66.7, 8.16.
    assert sentence.startswith("On the sequences it learns from the loss is 0.007, so the root")
    assert "the root mean squared error is 0.0837" in sentence
    assert "“always the mean, 20” is wrong by 8.16" in sentence


@pytest.mark.parametrize("loss", [70.0, 500.0])
def test_a_squared_error_above_every_line_is_no_better_than_the_simplest_way(loss):
    sentence = said(loss, rule="toy")
    assert "no better than “always the mean, 20” (8.16)" in sentence


@pytest.mark.parametrize(
    ("loss", "beaten", "wrong_by", "better", "by"),
    [
        (0.3, "always the mean", "0.691", "two-term recurrence", "1.29e-07"),
        (1e-4, "always the mean", "0.691", "two-term recurrence", "1.29e-07"),
        (1e-5, "same as last value", "0.00723", "two-term recurrence", "1.29e-07"),
        (1e-15, "two-term recurrence", "1.29e-07", None, None),
        (0.0, "two-term recurrence", "1.29e-07", None, None),
    ],
)
def test_a_squared_error_is_held_against_the_best_ways_that_it_beats_and_does_not(
    loss, beaten, wrong_by, better, by
):
    sentence = said(loss, rule="sine", window=10)
    assert sentence.startswith("On the values held out the loss is")
    assert f"“{beaten}” is wrong by {wrong_by}." in sentence
    if better is None:
        assert "better" not in sentence
    else:
        assert re.search(rf"“{better}” is better [^.]* {re.escape(by)}\.$", sentence)


@pytest.mark.parametrize("rule", BIT_RULES)
def test_at_one_half_nothing_is_learnt_whatever_the_loss(rule):
    bounds, settings = bounds_of(rule=rule, noise=0.5)
    assert bounds.best == pytest.approx(bounds.baseline) == pytest.approx(LN2)
    for loss in (0.5, 0.6931, 0.75):
        assert (bounds.amount(loss), bounds.learnt(loss)) == ("Nothing", False)
    assert "leaves nothing to learn" in reach(bounds, settings, 0.6940)
    sentence = reach(bounds, settings, 0.72)
    assert sentence.endswith("Noise of 0.5 leaves nothing to learn.")
    assert "window" not in sentence


def test_strong_noise_leaves_hardly_anything():
    # Half the targets are forced, and cost H(0.45) = 0.6881: half a hundredth below ln 2.
    sentence = said(0.72, rule="pair", noise=0.45)
    assert sentence.endswith("Noise of 0.45 leaves hardly anything to learn.")


def test_a_window_that_shows_a_faint_cause_is_not_sentence_to_show_none():
    # An echo in two steps of five: (3 ln 2 + 2 H(0.4)) / 5 = 0.6851, 0.008 below ln 2.
    faint = {"rule": "echo", "window": 5, "noise": 0.4}
    assert "no window of" not in said(0.70, **faint)
    sentence = said(0.70, carry_state=False, **faint)
    assert sentence.endswith("There is hardly anything to learn in single windows of 5 steps.")
    assert "no window of 3 steps" in said(0.70, rule="echo", window=3, noise=0.4)


@pytest.mark.parametrize(("text", "noise"), [("0.5", 0.0), ("0.3", 0.1), ("1", 0.2), ("0", 0.0)])
def test_a_rule_that_looks_at_nothing_has_nothing_to_learn(text, noise):
    bounds, settings = bounds_of(rule="own", expression=text, noise=noise)
    assert bounds.best == bounds.baseline
    assert bounds.amount(0.9) == "Nothing"
    sentence = reach(bounds, settings, 0.9)
    assert "There is nothing to learn" in sentence


TOO_LATE = PRESETS["pair-too-late"].settings


def after_a_dip(loss: float, n: int, settings: Settings = TOO_LATE) -> str:
    """The verdict on a run that has ended at knowing nothing, and was lower after 64 updates."""
    reached = Reached(6000, (0.692,), (0.692,), dip=Dip(loss, 64, n))
    return verdict(Bounds.of(settings), settings, reached)


def test_a_dip_below_knowing_nothing_is_named_where_a_state_is_carried():
    # What the lesson's own seed measures: 0.6382, mean of the ten updates up to the 64th.
    assert "0.64 (update 64)" in after_a_dip(0.6382, 10)
    assert "echo" not in after_a_dip(0.6382, 10, replace(TOO_LATE, carry_state=False))


@pytest.mark.parametrize(("loss", "n"), [(0.69, 10), (0.67, 10), (0.6382, 1)])
def test_a_dip_that_may_be_luck_is_not_named(loss, n):
    assert "echo" not in after_a_dip(loss, n)


def test_what_is_in_the_window_explains_no_dip():
    assert "echo" not in after_a_dip(0.5, 10, replace(TOO_LATE, window=8))
