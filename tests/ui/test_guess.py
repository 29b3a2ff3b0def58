"""A guess before the run, and the answer to it: in whole sentences, and only what was said."""

from __future__ import annotations

import pytest

from rnnlab.bounds import AMOUNTS, Bounds, Reached
from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from rnnlab.ui.training import guess
from rnnlab.ui.training.guess import Guess, answer

NOTHING, PART, ALL = AMOUNTS
PAIR = Bounds.of(Settings())


@pytest.mark.parametrize(
    ("said", "loss", "expected"),
    [
        (
            Guess(ALL, 0.35),
            0.3471,
            "You guessed “all there is” and a loss of 0.35. It learnt all there is, and reached "
            "0.3471. You were right.",
        ),
        (
            Guess(NOTHING, None),
            0.6931,
            "You guessed “nothing”. It learnt nothing, and reached 0.6931. You were right.",
        ),
        (
            Guess(None, 0.0),
            0.52,
            "You guessed a loss of 0. It learnt a part, and reached 0.52.",
        ),
    ],
)
def test_the_answer_says_what_was_guessed_and_what_happened(said, loss, expected):
    assert answer(said, PAIR, Reached(9, (loss,))) == expected


def test_what_is_known_of_fresh_bits_counts():
    told = answer(Guess(ALL, None), PAIR, Reached(9, (0.3471,), (0.52,)))
    assert told.endswith("It learnt a part, and reached 0.52 on the fresh bits.")


@pytest.mark.parametrize("happened", [0.6931, 0.52, 0.3471])
@pytest.mark.parametrize("amount", AMOUNTS)
def test_only_the_right_amount_is_right(amount, happened):
    right = PAIR.amount(happened) == amount
    told = answer(Guess(amount, None), PAIR, Reached(9, (happened,)))
    assert told.endswith(" You were right.") == right


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({}, None),
        ({"guess": None, "guessed_loss": None}, None),
        ({"guess": PART}, Guess(PART, None)),
        ({"guessed_loss": 0.0}, Guess(None, 0.0)),
        ({"guess": ALL, "guessed_loss": 0.35}, Guess(ALL, 0.35)),
    ],
)
def test_a_guess_need_not_be_made(monkeypatch, state, expected):
    monkeypatch.setattr(guess.st, "session_state", state)
    assert guess.current() == expected


def test_a_guess_stays_while_knobs_are_turned_and_goes_with_its_question(monkeypatch):
    late_lag = PRESETS["pair-too-late"].settings
    pair, turned, echo = Settings(), Settings.of({"rule": "pair", "lag": 4}), Settings(rule="echo")
    state = {guess.AMOUNT: ALL, guess.LOSS: None}
    monkeypatch.setattr(guess.st, "session_state", state)
    for settings, stays in ((pair, True), (turned, True), (late_lag, False), (echo, False)):
        state[guess.AMOUNT] = ALL
        guess._keep_with_its_question(settings)
        assert (state[guess.AMOUNT] == ALL) == stays
