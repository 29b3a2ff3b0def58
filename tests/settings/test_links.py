"""A run as values, as a link, and on its way to another process: it comes back as it was."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.presets import PRESETS
from rnnlab.rules import RULES
from rnnlab.settings import Settings
from tests.rules.cases import TYPED

ECHO = {"rule": "echo", "delay": 7, "rows": 5, "window": 15, "carry_state": False}
WITHOUT_OWN_NUMBERS = [name for name in RULES if name != "series"]


@st.composite
def valid_settings(draw: st.DrawFn) -> Settings:
    """Settings with some knobs turned, small enough to be allowed in any combination."""
    rule = draw(st.sampled_from(WITHOUT_OWN_NUMBERS))
    small = {"rows": 3, "epochs": 1, "length": 100}
    values = {"rule": rule} | {
        name: small[name] for name in small if name in Settings.knobs({"rule": rule})
    }
    for name, knob in Settings.knobs({"rule": rule}).items():
        if name in values or draw(st.booleans()):
            continue
        if knob.choices or isinstance(knob.default, bool):
            values[name] = draw(st.sampled_from(knob.choices or (True, False)))
        elif isinstance(knob.default, str):
            values[name] = draw(st.sampled_from(TYPED[name]))
        elif isinstance(knob.default, float):
            values[name] = draw(st.sampled_from([knob.low, knob.step, 0.3, knob.high]))
        else:
            values[name] = draw(st.integers(int(knob.low), int(knob.high)))
    if values.get("bidirectional"):
        values |= {"bidirectional": rule != "self-pair", "carry_state": False}
    return Settings.of(values)


@given(valid_settings())
def test_settings_survive_a_journey_to_another_process(settings):
    back = pickle.loads(pickle.dumps(settings))
    assert back == settings
    assert hash(back) == hash(settings)


@given(valid_settings())
def test_values_make_the_same_settings_again(settings):
    assert Settings.of(settings.values) == settings
    assert list(settings.values) == list(settings.open_knobs)


@given(valid_settings())
def test_the_link_leads_back_to_the_run(settings):
    query = settings.to_query()
    assert all(isinstance(text, str) for text in query.values())
    knobs = Settings.knobs(query)
    values = {}
    for name, text in query.items():
        kind = type(knobs[name].default)
        values[name] = text == "true" if kind is bool else kind(text)
        assert values[name] != knobs[name].default, "a link holds no defaults"
    assert Settings.of(values) == settings


def test_typed_text_is_part_of_the_run_and_of_its_link():
    typed = {"rule": "own", "expression": "x[t-1] xor x[t-2]", "noise": 0.05}
    settings = Settings.of(typed)
    assert settings.parameters == (("expression", "x[t-1] xor x[t-2]"),)
    assert settings.to_query() == typed | {"noise": "0.05"}
    with pytest.raises(SettingError, match=r"Your rule must be a word, but it is 3\.5"):
        Settings.of(typed | {"expression": 3.5})


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


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_the_settings_of_a_preset_are_valid_and_its_link_leads_to_them(preset):
    assert Settings.of(preset.settings.values) == preset.settings
    assert preset.settings.updates > 0
