"""What is said of the loss that a run reached: how much it learnt, and the sentence."""

from __future__ import annotations

import math

import pytest

from rnnlab.bounds import AMOUNTS, Bounds
from rnnlab.settings import Settings

LN2 = math.log(2)


def bounds_of(**values: object) -> tuple[Bounds, Settings]:
    settings = Settings.of(values)
    return Bounds.of(settings), settings


def verdict(loss: float, **values: object) -> str:
    bounds, settings = bounds_of(**values)
    return bounds.verdict(settings, loss)


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
    assert f"{loss:.4f}" in bounds.verdict(settings, loss)


def test_a_loss_at_the_floor_has_nothing_left_to_learn():
    said = verdict(0.3512, rule="pair")
    assert said.startswith("The loss is 0.3512 and the best possible is 0.3466: ")
    assert "nothing left to learn" in said


def test_a_loss_at_the_floor_of_its_window_has_nothing_left_to_learn():
    assert "best possible is 0.4590" in verdict(0.4600, rule="pair", carry_state=False)
    assert "nothing left" in verdict(0.4600, rule="pair", carry_state=False)
    assert "nothing left" not in verdict(0.4600, rule="pair")


def test_half_way_is_called_half_way():
    # From ln 2 down to half of it, 0.75 ln 2 is the middle.
    said = verdict(0.75 * LN2, rule="pair")
    assert said.startswith("The loss is 0.5199; the best possible is 0.3466.")
    assert "50%" in said


@pytest.mark.parametrize("loss", [0.6931, 0.6900, 0.9, 4.0])
def test_a_loss_of_a_guesser_is_called_guessing(loss):
    said = verdict(loss, rule="echo", window=15)
    assert f"{loss:.4f}, no better than guessing (0.6931)" in said
    assert "Try more epochs" in said


def test_a_cause_outside_the_window_is_told():
    said = verdict(0.6925, rule="echo", window=3)
    assert "0.6925" in said
    assert "no window of 3 steps" in said
    assert "Try more epochs" not in said


def test_a_reset_state_that_cannot_see_the_cause_has_nothing_left_to_learn():
    assert "nothing left" in verdict(0.6935, rule="echo", window=3, carry_state=False)


def test_a_guesser_who_does_worse_where_nothing_can_be_learnt_is_not_told_to_try_more():
    said = verdict(0.72, rule="echo", window=3, carry_state=False)
    assert "worse than the 0.6931 of knowing nothing" in said
    assert "single windows of 3 steps" in said
    assert "possible" not in said
    assert "allow" not in said


@pytest.mark.parametrize("loss", [0.6616, 0.6525])
def test_who_knows_nothing_of_the_weighted_lags_pays_less_than_ln_2(loss):
    assert "no better than guessing (0.6616)" in verdict(loss, rule="lags", window=20)


def test_on_the_stair_of_lag_3_two_thirds_of_the_weighted_lags_are_known():
    # (0.6616 - 0.5192) / (0.6616 - 0.4545)
    assert "69%" in verdict(0.5192, rule="lags", window=20)


@pytest.mark.parametrize("loss", [0.4, 1.5])
def test_only_a_loss_near_ln_2_is_called_near_ln_2(loss):
    # A wide network leaks much of the past through its state; a large rate throws it above.
    assert "close to" not in verdict(loss, rule="echo", window=3)


def test_a_loss_below_the_best_possible_is_not_called_learnt():
    # Few bits that come again and again are learnt by heart, chance and all.
    assert "nothing left to learn" not in verdict(0.05, rule="pair")


def test_a_squared_error_is_told_with_its_root():
    said = verdict(0.0070, rule="toy")
    # The root of 0.0070 is 0.0837; who always says 20 is wrong by the root of 66.7, 8.16.
    assert "The loss is 0.007, so the root mean squared error is 0.0837" in said
    assert "“always the mean, 20” is wrong by 8.16" in said


@pytest.mark.parametrize("loss", [70.0, 500.0])
def test_a_squared_error_above_every_line_is_no_better_than_the_simplest_way(loss):
    said = verdict(loss, rule="toy")
    assert "no better than “always the mean, 20” (8.16)" in said


@pytest.mark.parametrize(
    ("loss", "beaten", "wrong_by"),
    [
        (0.3, "always the mean", "0.691"),
        (1e-4, "always the mean", "0.691"),
        (1e-5, "same as last value", "0.00723"),
        (1e-15, "two-term recurrence", "1.29e-07"),
        (0.0, "two-term recurrence", "1.29e-07"),
    ],
)
def test_a_squared_error_is_held_against_the_best_way_that_it_beats(loss, beaten, wrong_by):
    said = verdict(loss, rule="sine", window=10)
    assert said.endswith(f"“{beaten}” is wrong by {wrong_by}.")
