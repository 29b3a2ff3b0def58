"""One knob: what it takes, and how it refuses the rest."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.knobs import Knob

WORDS = {"help": "Something to turn.", "topic": "training"}
COUNT = Knob(3, "Steps", low=1, high=20, **WORDS)
SHARE = Knob(0.5, "Noise", low=0.0, high=0.5, **WORDS)
SWITCH = Knob(True, "Carry the state", **WORDS)
WORD = Knob("tanh", "Activation", choices=("tanh", "relu"), **WORDS)
RATE = Knob(0.1, "Learning rate", choices=(0.1, 1.0), **WORDS)
TEXT = Knob("x[t-1]", "Your rule", longest=12, **WORDS)
OPEN = Knob(0, "Offset", **WORDS)


@pytest.mark.parametrize(
    ("knob", "value", "kept"),
    [
        (COUNT, 1, 1),
        (COUNT, 20, 20),
        (COUNT, 7.0, 7),
        (COUNT, np.int64(7), 7),
        (SHARE, 0, 0.0),
        (SHARE, np.float32(0.25), 0.25),
        (SWITCH, False, False),
        (WORD, "relu", "relu"),
        (RATE, 1, 1.0),
        (RATE, np.float64(0.1), 0.1),
        (OPEN, -(10**12), -(10**12)),
        (TEXT, "", ""),
        (TEXT, "twelve signs", "twelve signs"),
    ],
)
def test_a_value_that_fits_is_kept_in_the_type_of_the_knob(knob, value, kept):
    checked = knob.check(value)
    assert checked == kept
    assert type(checked) is type(knob.default)


@pytest.mark.parametrize(
    ("knob", "value", "sentence"),
    [
        (COUNT, 0, "Steps must be between 1 and 20, but it is 0."),
        (COUNT, 2.5, "Steps must be a whole number between 1 and 20, but it is 2.5."),
        (COUNT, math.nan, "Steps must be between 1 and 20, but it is nan."),
        (COUNT, math.inf, "Steps must be between 1 and 20, but it is inf."),
        (COUNT, "many", "Steps must be a number between 1 and 20, but it is 'many'."),
        (SHARE, 0.6, "Noise must be between 0.0 and 0.5, but it is 0.6."),
        (SHARE, -math.inf, "Noise must be between 0.0 and 0.5, but it is -inf."),
        (SWITCH, 1, "Carry the state must be yes or no, but it is 1."),
        (WORD, "maroon", "Activation must be one of tanh, relu, but it is 'maroon'."),
        (RATE, 0.2, "Learning rate must be one of 0.1, 1.0, but it is 0.2."),
        (RATE, True, "Learning rate must be one of 0.1, 1.0, but it is True."),
        (TEXT, 3, "Your rule must be a word, but it is 3."),
        (
            TEXT,
            "thirteen sign",
            "Your rule must be at most 12 characters long, but it is 'thirteen sign'.",
        ),
        (OPEN, math.inf, "Offset must be a whole number, but it is inf."),
        (WORD, "x" * 10_000, f"Activation must be one of tanh, relu, but it is '{'x' * 39}…."),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence_with_knob_limit_and_value(
    knob, value, sentence
):
    with pytest.raises(SettingError) as refusal:
        knob.check(value)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("value", [None, [7], 7j], ids=repr)
@pytest.mark.parametrize("knob", [COUNT, SHARE, SWITCH, WORD, RATE], ids=lambda knob: knob.label)
def test_what_is_no_value_at_all_is_refused_too(knob, value):
    with pytest.raises(SettingError, match=knob.label):
        knob.check(value)


@pytest.mark.parametrize(
    ("knob", "text", "value"),
    [
        (COUNT, "7", 7),
        (SHARE, ".25", 0.25),
        (RATE, "1e-1", 0.1),
        (SWITCH, "FALSE", False),
        (WORD, "relu", "relu"),
    ],
)
def test_a_link_s_text_is_read_in_the_type_of_the_knob(knob, text, value):
    assert knob.read(text) == value
    assert type(knob.read(text)) is type(value)


@pytest.mark.parametrize("text", ["", "2.5", "inf", "many", "21"])
def test_text_that_is_no_value_is_refused(text):
    with pytest.raises(SettingError, match="Steps must be"):
        COUNT.read(text)
