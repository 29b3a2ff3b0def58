"""Settings of every kind as values, as a link, and in another process: they come back the same."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.handcheck.sequential import SequentialModel
from rnnlab.handcheck.written_out import Loop
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.knobs import Configuration, Knob
from rnnlab.language.settings import LanguageSettings
from rnnlab.presets import PRESETS
from rnnlab.rules import RULES, make_rule
from rnnlab.sentiment.review_training import ReviewTraining
from rnnlab.settings import Settings
from rnnlab.settings.directions import check_directions
from tests.rules.cases import TYPED, shortest_window

SMALL = {"rows": 3, "epochs": 1, "length": 100, "sentences": 1000}
"""Small enough to be allowed in any combination."""

CHOICES = {
    Settings: ("rule", [n for n in RULES if n != "series"]),
    LanguageSettings: ("corpus", ["english", "chinese"]),
}
"""What decides which knobs there are, without what a visitor must give besides."""

OTHERS = (ReviewTraining, Unrolled, SequentialModel, Loop)


def values_of(name: str, knob: Knob) -> st.SearchStrategy:
    """Any value of a knob."""
    if knob.choices or isinstance(knob.default, bool):
        return st.sampled_from(knob.choices or (True, False))
    if isinstance(knob.default, str):
        return st.sampled_from(TYPED[name])
    if isinstance(knob.default, float):
        return st.sampled_from([knob.low, knob.step, min(0.3, knob.high), knob.high])
    return st.integers(int(knob.low), int(knob.high))


def may_read_back(values: dict) -> bool:
    """Whether a network may read this rule's windows in both directions."""
    own = RULES[values["rule"]].all_knobs()
    rule = make_rule(values["rule"], {name: values[name] for name in own if name in values})
    try:
        check_directions(rule, carry_state=False)
    except SettingError:
        return False
    return True


@st.composite
def settings_of_any_kind(draw: st.DrawFn) -> Configuration:
    """Settings with some knobs turned."""
    kind = draw(st.sampled_from([*CHOICES, *OTHERS]))
    values = {}
    if kind in CHOICES:
        name, choices = CHOICES[kind]
        values[name] = draw(st.sampled_from(choices))
    knobs = kind.knobs(values)
    if kind is not ReviewTraining:
        values |= {name: value for name, value in SMALL.items() if name in knobs}
    for name, knob in knobs.items():
        if name not in values and draw(st.booleans()):
            values[name] = draw(values_of(name, knob))
    if kind is Settings and values.get("bidirectional"):
        values |= {"bidirectional": may_read_back(values), "carry_state": False}
    if kind is Settings and values.get("window") == 1:
        values["window"] = shortest_window(RULES[values["rule"]])
    if kind is Unrolled and values.get("memory"):
        values["bidirectional"] = False
    if kind is ReviewTraining:
        values |= {"length": 20, "epochs": 1}
    return kind.of(values)


@given(settings_of_any_kind())
def test_another_process_values_and_link_make_the_same_settings_again(settings):
    back = pickle.loads(pickle.dumps(settings))
    assert (back, hash(back)) == (settings, hash(settings))
    assert list(settings.values) == list(settings.open_knobs)
    assert type(settings).of(settings.values) == settings
    query = settings.to_query()
    assert all(isinstance(text, str) for text in query.values())
    defaults = {
        knob.url_name or name: str(knob.default) for name, knob in settings.open_knobs.items()
    }
    assert all(text != defaults[name].lower() for name, text in query.items()), "no defaults"
    assert type(settings).of(type(settings).read(query)) == settings


@pytest.mark.parametrize("kind", OTHERS)
def test_a_knob_that_there_is_not_is_refused(kind):
    with pytest.raises(SettingError, match="There is no knob called 'colour'"):
        kind.of({"colour": 3})


def test_typed_text_is_part_of_the_run_and_of_its_link():
    typed = {"rule": "own", "expression": "x[t-1] xor x[t-2]", "noise": 0.05}
    settings = Settings.of(typed)
    assert settings.parameters == (("expression", "x[t-1] xor x[t-2]"),)
    assert settings.to_query() == typed | {"noise": "0.05"}
    with pytest.raises(SettingError, match=r"Your rule must be a word, but it is 3\.5"):
        Settings.of(typed | {"expression": 3.5})


def test_the_link_holds_only_what_differs_from_the_defaults():
    echo = {"rule": "echo", "delay": 7, "rows": 5, "window": 15, "carry_state": False}
    query = {"rule": "echo", "rows": "5", "window": "15", "carry_state": "false"}
    assert Settings().to_query() == {}
    assert Settings.of(echo | {"delay": 3}).to_query() == query
    assert Settings.of(echo).to_query() == query | {"delay": "7"}
    assert Settings(learning_rate=0.0001).to_query() == {"learning_rate": "0.0001"}


def test_a_renamed_field_keeps_its_name_in_links():
    settings = LanguageSettings(epochs=5)
    assert settings.to_query() == {"passes": "5"}
    assert LanguageSettings.read({"passes": "5"})["epochs"] == 5


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_the_settings_of_a_preset_are_valid_and_its_link_leads_to_them(preset):
    assert Settings.of(preset.settings.values) == preset.settings
    assert preset.settings.updates > 0
