"""What every rule must keep, whether it is about bits or about numbers."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import RULES, BitRule, Rule, SampleRule, bit_rule, sample_rule
from tests.rules.found import EVERY_RULE


def calls(rule: Rule, parameters: dict) -> list:
    """Each public method of a rule, waiting to be called with these parameters."""
    found = [
        lambda: rule.check(parameters),
        lambda: rule.numpy_code(),
    ]
    if isinstance(rule, BitRule):
        found += [
            lambda: rule.generate(np.random.default_rng(0), 50),
            lambda: rule.target_probabilities(np.zeros(50, dtype=np.uint8)),
            lambda: rule.best_loss(5),
            lambda: rule.best_loss(None),
            lambda: rule.base_rate_loss(),
            lambda: rule.first_window_loss(5, 5),
        ]
    if isinstance(rule, SampleRule):
        found += [
            lambda: rule.samples(3),
            lambda: rule.baselines(3),
        ]
    return found


def refusals(rule: Rule, parameters: dict) -> list[str]:
    """What each public method says to parameters that it must refuse."""
    said = []
    for call in calls(rule):
        with pytest.raises(SettingError) as refusal:
            call()
        said.append(str(refusal.value))
    return said


@EVERY_RULE
def test_a_rule_is_about_bits_or_about_numbers_and_found_as_such(rule):
    mine, other = (bit_rule, sample_rule) if isinstance(rule, BitRule) else (sample_rule, bit_rule)
    assert mine(rule.name) is RULES[rule.name]
    with pytest.raises(SettingError, match=f"The rule '{rule.name}' is about "):
        other(rule.name)


@EVERY_RULE
def test_the_defaults_need_not_be_named(rule):
    named = {name: knob.default for name, knob in rule.knobs.items()}
    assert rule.check({}) == named
    assert rule.numpy_code() == rule.numpy_code(**named)


@EVERY_RULE
def test_a_parameter_that_is_none_is_refused_by_name(rule):
    for sentence in refusals(rule, {"colour": 3}):
        assert sentence.startswith(f"The rule '{rule.name}' has no parameter called 'colour'; ")
        assert all(name in sentence for name in rule.knobs)


@EVERY_RULE
def test_numbers_beyond_the_limits_are_refused_with_the_limits(rule):
    for name, knob in rule.knobs.items():
        outside = [(knob.low, -1), (knob.high, +1)]
        for limit, step in outside:
            if limit is not None:
                for sentence in refusals(rule, {name: limit + step}):
                    assert knob.label in sentence
                    assert f"it is {limit + step}" in sentence


@EVERY_RULE
def test_what_is_no_value_of_a_knob_is_refused_with_its_label(rule):
    for name, knob in rule.knobs.items():
        nonsense = "maroon" if isinstance(knob.default, int | float) else 3.5
        assert all(knob.label in sentence for sentence in refusals(rule, {name: nonsense}))


@EVERY_RULE
def test_a_rule_introduces_itself_in_plain_words(rule):
    assert rule(rule.name).title == rule.title
    assert rule.title[0].isupper()
    assert rule.sentence[0].isupper()
    assert rule.sentence.endswith(".")
    assert len(rule.sentence) <= 120
    assert rule.article[1:3] == ". "


@EVERY_RULE
def test_the_recipe_is_short_enough_to_be_shown(rule):
    lines = rule.numpy_code().splitlines()
    assert len(lines) <= 15
    assert all(len(line) <= 100 and "rnnlab" not in line for line in lines)


@EVERY_RULE
def test_the_knobs_of_a_rule_belong_to_the_data(rule):
    for name, knob in rule.knobs.items():
        assert knob.topic == "data"
        assert knob.check(knob.default) == knob.default
        assert knob.label[0].isupper()
        assert knob.help.endswith(".")
        assert name not in {"rng", "n_bits", "inputs", "rows", "length", "window"}


def test_a_knob_that_two_rules_share_is_the_same_knob():
    seen = {}
    for rule in RULES.values():
        for name, knob in rule.knobs.items():
            assert seen.setdefault(name, knob) == knob, f"'{name}' means two things"


def test_no_two_rules_stand_at_the_same_place():
    places = [rule.order for rule in RULES.values()]
    assert places == sorted(set(places))
