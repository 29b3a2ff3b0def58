"""The rules that a network can try to learn: one file each, found by looking.

>>> RULES["pair"].best_loss()
0.34657359027997264
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from rnnlab.errors import SettingError
from rnnlab.knobs import Value
from rnnlab.rules.base import Rule, Sequence, StreamRule, enumeration
from rnnlab.rules.bits import BitRule
from rnnlab.rules.series import SampleRule, Samples
from rnnlab.rules.symbols import SymbolRule

__all__ = [
    "RULES",
    "BitRule",
    "Rule",
    "SampleRule",
    "Samples",
    "Sequence",
    "StreamRule",
    "SymbolRule",
    "discover",
    "make_rule",
]


def discover(package: str, folders: Iterable[str]) -> Mapping[str, Rule]:
    """Every `RULE` in the modules of a package, by name, in teaching order.

    A module that cannot be imported raises its own error. `ValueError` if two rules share a name.
    """
    modules = [
        importlib.import_module(f"{package}.{module.name}")
        for module in pkgutil.iter_modules(list(folders))
    ]
    rules: list[Rule] = [module.RULE for module in modules if hasattr(module, "RULE")]
    rules.sort(key=lambda rule: (rule.order, rule.name))
    by_name = {rule.name: rule for rule in rules}
    if len(by_name) < len(rules):
        raise ValueError(f"Two rules share a name: {[rule.name for rule in rules]}")
    return MappingProxyType(by_name)


def make_rule(name: str, parameters: Mapping[str, Value] = MappingProxyType({})) -> Rule:
    """The rule with this name and these values of its knobs; the others have their defaults.

    A `SettingError` says which rules there are, or which knobs the rule has.
    """
    if name not in RULES:
        raise SettingError(
            f"There is no rule called '{name[:40]}'; the lab has {enumeration(RULES)}."
        )
    rule = RULES[name]
    for parameter in parameters:
        if parameter not in rule.all_knobs():
            raise SettingError(
                f"The rule '{name}' has no parameter called '{parameter}'; "
                f"it has {enumeration(rule.all_knobs())}."
            )
    return replace(rule, **parameters)


RULES = discover(__name__, __path__)
"""Each rule by name, with the defaults of its knobs."""
