"""What a run is held against: the articles' optima, and the sentence for what was reached."""

from __future__ import annotations

import math

import pytest

from rnnlab.bounds import Bounds
from rnnlab.settings import Settings

LN2 = math.log(2)


def bounds_of(**values: object) -> tuple[Bounds, Settings]:
    settings = Settings.of(values)
    return Bounds.of(settings), settings


def verdict(loss: float, **values: object) -> str:
    bounds, settings = bounds_of(**values)
    return bounds.verdict(settings, loss)


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
    assert bounds.nothing == pytest.approx(LN2)
    assert bounds.window == pytest.approx(window, abs=5e-5)
    assert bounds.best == pytest.approx(best, abs=5e-6)


def test_a_carried_state_can_reach_the_best_and_a_reset_one_what_its_window_shows():
    bounds, settings = bounds_of(rule="echo", window=5)
    assert bounds.reachable(settings) == 0
    bounds, settings = bounds_of(rule="echo", window=5, carry_state=False)
    assert bounds.reachable(settings) == pytest.approx(0.6 * LN2)


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


@pytest.mark.parametrize("loss", [0.4, 1.5])
def test_only_a_loss_near_ln_2_is_called_near_ln_2(loss):
    # A wide network leaks much of the past through its state; a large rate throws it above.
    assert "close to" not in verdict(loss, rule="echo", window=3)


def test_a_loss_below_the_best_possible_is_not_called_learnt():
    # Few bits that come again and again are learnt by heart, chance and all.
    assert "nothing left to learn" not in verdict(0.05, rule="pair")
