"""The settings of a run: one value for one run, however it was given."""

from __future__ import annotations

import dataclasses
import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.presets import PRESETS
from rnnlab.rules import RULES
from rnnlab.settings import KNOBS, LEARNING_RATES, MOST_BITS, MOST_UPDATES, Settings, knobs_for

ECHO = {"rule": "echo", "delay": 7, "rows": 5, "window": 15, "carry_state": False}


@st.composite
def valid_settings(draw: st.DrawFn) -> Settings:
    """Settings with some knobs turned, small enough to be allowed in any combination."""
    rule = draw(st.sampled_from(list(RULES)))
    values = {"rule": rule, "rows": 3, "epochs": 1, "length": 100}
    for name, knob in (knobs_for(rule) | {"window": KNOBS["window"]}).items():
        if name in values or draw(st.booleans()):
            continue
        if knob.choices or isinstance(knob.default, bool):
            values[name] = draw(st.sampled_from(knob.choices or (True, False)))
        else:
            values[name] = draw(st.integers(int(knob.low), int(knob.high)))
    return Settings.of(values)


def test_the_parameters_of_the_rule_are_filled_in():
    assert Settings().parameters == (("lag", 1),)
    assert Settings(rule="echo").parameters == (("delay", 3),)
    assert Settings(rule="echo", parameters={"delay": 7}).parameters == (("delay", 7),)


@pytest.mark.parametrize(
    "same",
    [
        Settings(rule="echo"),
        Settings(rule="echo", parameters={"delay": 3}),
        Settings(rule="echo", parameters=[("delay", 3.0)]),
        Settings.of({"delay": 3, "rule": "echo"}),
        Settings.of({"rule": "echo", "rows": 250.0, "epochs": 15}),
        dataclasses.replace(Settings(rule="echo", rows=3), rows=250),
    ],
)
def test_equal_runs_are_equal_settings_however_they_were_given(same):
    expected = Settings(rule="echo", parameters=(("delay", 3),))
    assert same == expected
    assert hash(same) == hash(expected)
    assert repr(same) == repr(expected)
    assert {same: "found"}[expected] == "found"


def test_a_whole_learning_rate_is_kept_as_a_rate():
    assert repr(Settings(learning_rate=1)) == repr(Settings(learning_rate=1.0))


def test_another_value_is_another_run():
    turned = [Settings(), Settings(seed=2), Settings(rule="echo"), Settings.of({"lag": 2})]
    assert len(set(turned)) == len(turned)


def test_settings_cannot_be_changed():
    settings = Settings()
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.rows = 3


@given(valid_settings())
def test_settings_survive_a_journey_to_another_process(settings):
    back = pickle.loads(pickle.dumps(settings))
    assert back == settings
    assert hash(back) == hash(settings)


@given(valid_settings())
def test_values_make_the_same_settings_again(settings):
    assert Settings.of(settings.values) == settings
    assert set(settings.values) == set(knobs_for(settings.rule))


@given(valid_settings())
def test_the_link_leads_back_to_the_run(settings):
    query = settings.to_query()
    assert all(isinstance(text, str) for text in query.values())
    knobs = knobs_for(query.get("rule", KNOBS["rule"].default))
    values = {}
    for name, text in query.items():
        kind = type(knobs[name].default)
        values[name] = text == "true" if kind is bool else kind(text)
        assert values[name] != knobs[name].default, "a link holds no defaults"
    assert Settings.of(values) == settings


def test_the_link_holds_only_what_differs_from_the_defaults():
    assert Settings().to_query() == {}
    assert Settings.of(ECHO | {"delay": 3}).to_query() == {
        "rule": "echo",
        "rows": "5",
        "window": "15",
        "carry_state": "false",
    }
    assert Settings.of(ECHO).to_query()["delay"] == "7"
    assert Settings(learning_rate=0.0001).to_query() == {"learning_rate": "0.0001"}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"rows": 0}, "Rows must be between 1 and 500, but it is 0."),
        ({"rows": 501}, "Rows must be between 1 and 500, but it is 501."),
        ({"rows": math.nan}, "Rows must be between 1 and 500, but it is nan."),
        ({"rows": math.inf}, "Rows must be between 1 and 500, but it is inf."),
        ({"length": 99}, "Bits a row must be between 100 and 20000, but it is 99."),
        ({"window": 101}, "Window must be between 1 and 100, but it is 101."),
        ({"units": 2.5}, "Units must be a whole number, but it is 2.5."),
        ({"epochs": 10**30}, f"Epochs must be between 1 and 200, but it is {10**30}."),
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


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"rows": 500, "length": 10_100}, "at most 5,000,000, but it is 5,050,000"),
        (
            {"rows": 1, "length": 20_000, "window": 1, "epochs": 26, "units": 1},
            "at most 500,000 updates, but these settings ask for 520,000: take",
        ),
        (
            {"rows": 500, "length": 10_000, "window": 100, "epochs": 200, "units": 64},
            "ask for 7.7 times the work",
        ),
    ],
)
def test_runs_that_are_too_large_are_refused_with_the_size(values, words):
    # 500 rows x 10,000 steps x 200 epochs x 64 x 72 products = 4.608e12 = 7.68 times 6e11.
    with pytest.raises(SettingError) as refusal:
        Settings.of(values)
    assert words in str(refusal.value)


def test_runs_as_large_as_can_be_are_allowed():
    most = Settings(rows=250, length=20_000, window=100, epochs=1, units=1)
    assert most.rows * most.length == MOST_BITS
    most = Settings(rows=1, length=20_000, window=1, epochs=25, units=1)
    assert most.updates == MOST_UPDATES


def test_updates_are_whole_windows_times_epochs():
    settings = Settings(length=2000, window=15, epochs=4)
    assert settings.updates_per_epoch == 133  # 133 * 15 = 1995
    assert settings.updates == 532


@pytest.mark.parametrize("rule", RULES)
def test_every_knob_has_words_and_a_default_that_fits(rule):
    for name, knob in knobs_for(rule).items():
        assert knob.label[0].isupper(), name
        assert len(knob.label) <= 25, name
        assert knob.help.endswith("."), name
        assert knob.topic in {"data", "network", "training"}
        assert knob.check(knob.default) == knob.default
        if not knob.choices and not isinstance(knob.default, bool):
            assert knob.low <= knob.default <= knob.high


@pytest.mark.parametrize("rule", RULES)
def test_the_knobs_of_a_rule_come_right_after_the_choice_of_it(rule):
    names = list(knobs_for(rule))
    own = list(RULES[rule].knobs)
    assert names[: 1 + len(own)] == ["rule", *own]
    assert set(names) == set(own) | set(KNOBS)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_the_settings_of_a_preset_are_valid_and_its_link_leads_to_them(preset):
    assert Settings.of(preset.settings.values) == preset.settings
    assert preset.settings.updates > 0
