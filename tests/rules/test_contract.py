"""What every rule must keep, on bits or on numbers; and that rules are found by looking."""

from __future__ import annotations

import importlib
import inspect
import pickle
import pkgutil
import sys
from dataclasses import FrozenInstanceError, replace

import pytest

import rnnlab.rules
from rnnlab.articles import ARTICLES
from rnnlab.errors import SettingError
from rnnlab.rules import RULES, Rule, discover, make_rule
from tests.rules.cases import EVERY_RULE


@EVERY_RULE
def test_a_rule_is_a_value(rule):
    twin = replace(rule)
    assert (twin, hash(twin)) == (rule, hash(rule))
    assert pickle.loads(pickle.dumps(rule)) == rule
    assert [other for other in RULES.values() if other == RULES[rule.name]] == [RULES[rule.name]]
    assert make_rule(rule.name, rule.values) == RULES[rule.name]
    with pytest.raises(FrozenInstanceError):
        rule.lag = 2


@EVERY_RULE
def test_a_parameter_that_is_none_is_refused_by_name(rule):
    with pytest.raises(SettingError) as refusal:
        make_rule(rule.name, {"colour": 3})
    sentence = str(refusal.value)
    assert sentence.startswith(f"The rule '{rule.name}' has no parameter called 'colour'; ")
    assert all(name in sentence for name in rule.all_knobs())


@EVERY_RULE
def test_numbers_beyond_the_limits_are_refused_with_the_limits(rule):
    for name, knob in rule.all_knobs().items():
        for limit, step in ((knob.low, -1), (knob.high, +1)):
            if limit is not None:
                with pytest.raises(SettingError, match=f"{knob.label}.* it is {limit + step}"):
                    replace(rule, **{name: limit + step})


@EVERY_RULE
def test_what_is_no_value_of_a_knob_is_refused_with_its_label(rule):
    for name, knob in rule.all_knobs().items():
        nonsense = "maroon" if isinstance(knob.default, int | float) else 3.5
        with pytest.raises(SettingError, match=knob.label):
            replace(rule, **{name: nonsense})


@EVERY_RULE
def test_a_rule_introduces_itself_in_plain_words(rule):
    assert RULES[rule.name].title == rule.title
    assert rule.title[0].isupper()
    assert rule.sentence[0].isupper()
    assert rule.sentence.endswith(".")
    assert len(rule.sentence) <= 120
    assert rule.article in ARTICLES


@EVERY_RULE
def test_the_recipe_is_short_enough_to_be_shown(rule):
    lines = rule.numpy_code().splitlines()
    assert len(lines) <= 15
    assert all(len(line) <= 100 and "rnnlab" not in line for line in lines)


@EVERY_RULE
def test_the_knobs_of_a_rule_belong_to_the_data(rule):
    for name, knob in rule.all_knobs().items():
        assert knob.topic == "data"
        assert knob.check(knob.default) == knob.default
        assert knob.label[0].isupper()
        assert knob.help.endswith(".")
        assert name not in {"rng", "n_bits", "inputs", "rows", "length", "window"}


def test_a_knob_that_two_rules_share_is_the_same_knob():
    seen = {}
    for rule in RULES.values():
        for name, knob in rule.all_knobs().items():
            assert seen.setdefault(name, knob) == knob, f"'{name}' means two things"


def test_no_two_rules_stand_at_the_same_place():
    places = [rule.order for rule in RULES.values()]
    assert places == sorted(set(places))


A_RULE = """
from rnnlab.rules import RULES
class Odd(type(next(iter(RULES.values())))):
    name, order = {name!r}, {order}
RULE = Odd()
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """An empty package of rules; call it with a file name and a text to add a module."""
    folder = tmp_path / "some_rules"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    def add(module: str, text: str) -> list[str]:
        (folder / f"{module}.py").write_text(text)
        importlib.invalidate_caches()
        return [str(folder)]

    yield add
    for module in [name for name in sys.modules if name.startswith("some_rules")]:
        del sys.modules[module]


def test_every_rule_that_is_written_is_found():
    for module in pkgutil.iter_modules(rnnlab.rules.__path__, "rnnlab.rules."):
        for _, written in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(written, Rule) and not inspect.isabstract(written):
                assert type(RULES[written.name]) is written


def test_a_new_file_is_enough_and_the_order_is_that_of_teaching(package):
    package("apple", A_RULE.format(name="apple", order=3))
    package("banana", A_RULE.format(name="banana", order=1))
    package("helper_without_a_rule", "")
    folders = package("cherry", A_RULE.format(name="cherry", order=1))
    assert list(discover("some_rules", folders)) == ["banana", "cherry", "apple"]


def test_a_broken_file_says_so(package):
    folders = package("broken", "import no_such_module_anywhere")
    with pytest.raises(ModuleNotFoundError, match="no_such_module_anywhere"):
        discover("some_rules", folders)


def test_two_rules_of_one_name_are_refused(package):
    package("first", A_RULE.format(name="twin", order=1))
    folders = package("second", A_RULE.format(name="twin", order=2))
    with pytest.raises(ValueError, match="share a name"):
        discover("some_rules", folders)


def test_the_rules_cannot_be_changed_from_outside():
    with pytest.raises(TypeError):
        RULES["mine"] = None


def test_a_rule_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(SettingError) as refusal:
        make_rule("pai")
    said = str(refusal.value)
    assert said.startswith("There is no rule called 'pai'; the lab has ")
    assert all(name in said for name in RULES)
    assert said.endswith(".")
