"""The rules that a network can try to learn: one file each, found by looking.

>>> bit_rule("pair").best_loss(lag=1)
0.34657359027997264
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rnnlab.errors import SettingError
from rnnlab.rules.base import BitRule, Rule, SampleRule, Samples, Sequence, listed

__all__ = [
    "RULES",
    "BitRule",
    "Rule",
    "SampleRule",
    "Samples",
    "Sequence",
    "as_bit_rule",
    "as_sample_rule",
    "bit_rule",
    "discover",
    "rule",
    "sample_rule",
]


def discover(package: str, folders: Iterable[str]) -> Mapping[str, Rule]:
    """Every `RULE` in the modules of a package, by name, in teaching order.

    A module that cannot be imported raises its own error. `ValueError` if two rules share a name.
    """
    modules = [
        importlib.import_module(f"{package}.{found.name}")
        for found in pkgutil.iter_modules(list(folders))
    ]
    rules: list[Rule] = [module.RULE for module in modules if hasattr(module, "RULE")]
    rules.sort(key=lambda each: (each.order, each.name))
    by_name = {each.name: each for each in rules}
    if len(by_name) < len(rules):
        raise ValueError(f"Two rules share a name: {[each.name for each in rules]}")
    return MappingProxyType(by_name)


def rule(name: str) -> Rule:
    """The rule with this name; a `SettingError` that lists the rules there are, if it is none."""
    if name not in RULES:
        raise SettingError(f"There is no rule called '{name}'; the lab has {listed(RULES)}.")
    return RULES[name]


def bit_rule(name: str) -> BitRule:
    """The rule with this name, which must be one on bits."""
    return as_bit_rule(rule(name))


def sample_rule(name: str) -> SampleRule:
    """The rule with this name, which must be one on numbers."""
    return as_sample_rule(rule(name))


def as_bit_rule(one: Rule) -> BitRule:
    """This very rule; a `SettingError` if it is about numbers."""
    if not isinstance(one, BitRule):
        raise SettingError(f"The rule '{one.name}' is about numbers, not about bits.")
    return one


def as_sample_rule(one: Rule) -> SampleRule:
    """This very rule; a `SettingError` if it is about bits."""
    if not isinstance(one, SampleRule):
        raise SettingError(f"The rule '{one.name}' is about bits, not about numbers.")
    return one


RULES = discover(__name__, __path__)
