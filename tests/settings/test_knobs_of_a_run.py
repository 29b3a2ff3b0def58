"""The knobs of a run: their words and limits, what they refuse, and what a rule settles."""

from __future__ import annotations

import math

import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import RULES, BitRule
from rnnlab.settings import CLIPS, LEARNING_RATES, Settings
from tests.rules.cases import wobble

KNOBS = Settings.all_knobs()
SAMPLES = [name for name, each in RULES.items() if not isinstance(each, BitRule)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"noise": 0.51}, "Noise must be between 0.0 and 0.5, but it is 0.51."),
        ({"rows": 0}, "Rows must be between 1 and 500, but it is 0."),
        ({"rows": 501}, "Rows must be between 1 and 500, but it is 501."),
        ({"rows": math.nan}, "Rows must be between 1 and 500, but it is nan."),
        ({"rows": math.inf}, "Rows must be between 1 and 500, but it is inf."),
        ({"length": 99}, "Bits a row must be between 100 and 20000, but it is 99."),
        ({"window": 101}, "Window must be between 1 and 100, but it is 101."),
        ({"units": 2.5}, "Units must be a whole number, but it is 2.5."),
        ({"epochs": 10**30}, f"Epochs must be between 1 and 5000, but it is {10**30}."),
        ({"layers": 4}, "Layers must be between 1 and 3, but it is 4."),
        ({"dropout": 0.9}, "Dropout must be between 0.0 and 0.8, but it is 0.9."),
        ({"networks": 17}, "Networks must be between 1 and 16, but it is 17."),
        (
            {"clip": 0.2},
            "Clip gradients at must be one of 0.0, 0.1, 0.3, 1.0, 3.0, 10.0, but it is 0.2.",
        ),
        ({"seed": -1}, "Seed must be between 0 and 9999, but it is -1."),
        ({"lag": 0}, "Lag must be between 1 and 20, but it is 0."),
        ({"delay": 3}, "The rule 'pair' has no parameter called 'delay'; it has lag."),
        ({"colour": 3}, "The rule 'pair' has no parameter called 'colour'; it has lag."),
        ({"fresh_data": "yes"}, "New data every epoch must be yes or no, but it is 'yes'."),
    ],
)
def test_bad_values_are_refused_in_a_sentence(values, sentence):
    with pytest.raises(SettingError) as refusal:
        Settings.of(values)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("name", ["rule", "cell", "activation", "optimizer", "learning_rate"])
def test_a_choice_that_there_is_not_is_refused_with_the_ones_there_are(name):
    with pytest.raises(SettingError) as refusal:
        Settings.of({name: "maroon"})
    said = str(refusal.value)
    assert said.startswith(f"{KNOBS[name].label} must be one of ")
    assert said.endswith("but it is 'maroon'.")
    assert all(str(choice) in said for choice in KNOBS[name].choices)


def test_the_learning_rates_rise_by_equal_looking_steps():
    assert LEARNING_RATES[:6] == (0.0001, 0.0002, 0.0003, 0.0005, 0.001, 0.002)
    assert LEARNING_RATES[-4:] == (1.0, 2.0, 3.0, 5.0)
    assert {0.3, 0.01} < set(LEARNING_RATES), "the articles' own"


def test_clips_are_norms_and_zero():
    assert CLIPS[0] == KNOBS["clip"].default == 0
    assert list(CLIPS) == sorted(CLIPS)


@pytest.mark.parametrize("rule", RULES)
def test_every_knob_has_words_and_a_default_that_fits(rule):
    for name, knob in Settings.knobs({"rule": rule}).items():
        assert knob.label[0].isupper(), name
        assert len(knob.label) <= 25, name
        assert knob.help.endswith("."), name
        assert knob.topic in {"data", "network", "training"}
        assert knob.check(knob.default) == knob.default
        if not knob.choices and not isinstance(knob.default, bool | str):
            assert knob.low <= knob.default <= knob.high


@pytest.mark.parametrize("rule", RULES)
def test_the_knobs_of_a_rule_come_right_after_the_choice_of_it(rule):
    names = list(Settings.knobs({"rule": rule}))
    own = list(RULES[rule].all_knobs())
    assert names[: 1 + len(own)] == ["rule", *own]
    assert set(names) == set(own) | set(KNOBS) - set(RULES[rule].fixed_settings)


def test_a_settled_knob_is_still_checked():
    with pytest.raises(SettingError, match="Window must be between 1 and 100, but it is 101"):
        Settings(rule="toy", window=101)


@pytest.mark.parametrize("rule", SAMPLES)
def test_knobs_that_a_rule_settles_take_its_value_whatever_is_given(rule):
    given = {"length": 5000, "fresh_data": True, "noise": 0.2, "carry_state": True}
    own = wobble() if rule == "series" else None
    plain, turned = (Settings(rule=rule, own=own, rows=3, **values) for values in ({}, given))
    assert turned == plain
    assert (turned.length, turned.fresh_data, turned.carry_state) == (2000, False, False)
    assert turned.noise == 0
    assert not given.keys() & turned.values.keys()
    assert not given.keys() & turned.to_query().keys()


def test_the_toy_also_settles_the_rows_and_the_window():
    toy = Settings(rule="toy", rows=77, window=9)
    assert (toy.rows, toy.window) == (3, 3)
    assert toy.to_query() == {"rule": "toy"}
    open_knobs = set(KNOBS) - {"length", "fresh_data", "noise", "carry_state", "rows", "window"}
    assert set(toy.values) == open_knobs
