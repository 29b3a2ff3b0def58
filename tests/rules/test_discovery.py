"""Rules are found by looking: nothing is lost in silence."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys

import pytest

import rnnlab.rules
from rnnlab.errors import SettingError
from rnnlab.rules import RULES, Rule, discover, make_rule

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
