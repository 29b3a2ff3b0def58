"""What every rule must keep, whether it is about bits or about numbers."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import RULES, BitRule, Rule, SampleRule, bit_rule, rule, sample_rule
from tests.rules.found import EVERY_RULE


def calls(tried: Rule, parameters: dict) -> list:
    """Each public method of a rule, waiting to be called with these parameters."""
    found = [
        lambda: tried.check(parameters),
        lambda: tried.recipe(**parameters),
    ]
    if isinstance(tried, BitRule):
        found += [
            lambda: tried.generate(np.random.default_rng(0), 50, **parameters),
            lambda: tried.truth(np.zeros(50, dtype=np.uint8), **parameters),
            lambda: tried.best_loss(5, **parameters),
            lambda: tried.best_loss(None, **parameters),
            lambda: tried.nothing(**parameters),
            lambda: tried.first_window_loss(5, 5, **parameters),
        ]
    if isinstance(tried, SampleRule):
        found += [
            lambda: tried.samples(3, **parameters),
            lambda: tried.baselines(3, **parameters),
        ]
    return found


def refusals(tried: Rule, parameters: dict) -> list[str]:
    """What each public method says to parameters that it must refuse."""
    said = []
    for call in calls(tried, parameters):
        with pytest.raises(SettingError) as refusal:
            call()
        said.append(str(refusal.value))
    return said


@EVERY_RULE
def test_a_rule_is_about_bits_or_about_numbers_and_found_as_such(tried):
    mine, other = (bit_rule, sample_rule) if isinstance(tried, BitRule) else (sample_rule, bit_rule)
    assert mine(tried.name) is RULES[tried.name]
    with pytest.raises(SettingError, match=f"The rule '{tried.name}' is about "):
        other(tried.name)


@EVERY_RULE
def test_the_defaults_need_not_be_named(tried):
    named = {name: knob.default for name, knob in tried.knobs.items()}
    assert tried.check({}) == named
    assert tried.recipe() == tried.recipe(**named)


@EVERY_RULE
def test_a_parameter_that_is_none_is_refused_by_name(tried):
    for sentence in refusals(tried, {"colour": 3}):
        assert sentence.startswith(f"The rule '{tried.name}' has no parameter called 'colour'; ")
        assert all(name in sentence for name in tried.knobs)


@EVERY_RULE
def test_numbers_beyond_the_limits_are_refused_with_the_limits(tried):
    for name, knob in tried.knobs.items():
        outside = [(knob.low, -1), (knob.high, +1)]
        for limit, step in outside:
            if limit is not None:
                for sentence in refusals(tried, {name: limit + step}):
                    assert knob.label in sentence
                    assert f"it is {limit + step}" in sentence


@EVERY_RULE
def test_what_is_no_value_of_a_knob_is_refused_with_its_label(tried):
    for name, knob in tried.knobs.items():
        nonsense = "maroon" if isinstance(knob.default, int | float) else 3.5
        assert all(knob.label in sentence for sentence in refusals(tried, {name: nonsense}))


@EVERY_RULE
def test_a_rule_introduces_itself_in_plain_words(tried):
    assert rule(tried.name).title == tried.title
    assert tried.title[0].isupper()
    assert tried.sentence[0].isupper()
    assert tried.sentence.endswith(".")
    assert len(tried.sentence) <= 120
    assert tried.article[1:3] == ". "


@EVERY_RULE
def test_the_recipe_is_short_enough_to_be_shown(tried):
    lines = tried.recipe().splitlines()
    assert len(lines) <= 15
    assert all(len(line) <= 100 and "rnnlab" not in line for line in lines)


@EVERY_RULE
def test_the_knobs_of_a_rule_belong_to_the_data(tried):
    for name, knob in tried.knobs.items():
        assert knob.topic == "data"
        assert knob.check(knob.default) == knob.default
        assert knob.label[0].isupper()
        assert knob.help.endswith(".")
        assert name not in {"rng", "n_bits", "inputs", "rows", "length", "window"}


def test_a_knob_that_two_rules_share_is_the_same_knob():
    seen = {}
    for tried in RULES.values():
        for name, knob in tried.knobs.items():
            assert seen.setdefault(name, knob) == knob, f"'{name}' means two things"


def test_no_two_rules_stand_at_the_same_place():
    places = [tried.order for tried in RULES.values()]
    assert places == sorted(set(places))
