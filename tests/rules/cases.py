"""Every rule, and every rule with each knob at its extremes: a new rule is tested untouched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import RULES, BitRule, Rule, SampleRule, SymbolRule, make_rule
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.own_series import OwnSeries
from rnnlab.rules.series import OwnSeriesRule
from rnnlab.rules.strings import StringRule

TYPED = {
    "expression": (
        "x[t-1] xor x[t-2]",
        "0.3",
        "0.1 + 0.5 * x[t-2] + 0.3 * (x[t] and not x[t-12])",
        "x[t-5] x[t-3]: 0.05 0.95 0.5 0.3",
        "x[t−1]≥x[t-4]",
    ),
    "states": (
        "even: 0 -> even, 1 -> odd, says 0; odd: 0 -> odd, 1 -> even, says 1",
        "a: 0 → a, 1 → b, says 0.1\nb: 0 → a, 1 → b, says 0.8, ones 0.25",
    ),
}
"""What one might type into a knob for text, besides its default."""

NOISES = (0.1, 0.5)


def wobble(n_values: int = 400) -> OwnSeries:
    """A user's series: two waves that never repeat together, far from 0."""
    t = np.arange(n_values)
    return OwnSeries.of("wobble", 30 + 5 * np.sin(0.31 * t) + 2 * np.cos(t))


def ready(rule: Rule) -> Rule:
    """The rule; one that is about a user's own series holds one."""
    return replace(rule, own=wobble()) if isinstance(rule, OwnSeriesRule) else rule


def shortest_window(rule: Rule) -> int:
    """One step or, where that has no room for a sample, two."""
    try:
        rule.updates_per_epoch(rows=1, length=100, window=1)
    except SettingError:
        return 2
    return 1


def settings_of(rule: Rule) -> list[dict]:
    """The defaults, and each knob at every extreme (or choice) with the others at their default."""
    settings = [{}]
    for name, knob in rule.all_knobs().items():
        switch = (False, True) if isinstance(knob.default, bool) else ()
        extremes = knob.choices or switch or TYPED.get(name, ())[:2] or (knob.low, knob.high)
        settings += [{name: value} for value in extremes if value is not None]
    return settings


ALL = [ready(rule) for rule in RULES.values()]
VARIANTS = {
    f"{rule.name}-{parameters}": ready(make_rule(rule.name, parameters))
    for rule in ALL
    for parameters in settings_of(rule)
}
NOISY = {
    f"{rule.name}-noise-{noise}": replace(rule, noise=noise)
    for rule in ALL
    if isinstance(rule, BitRule)
    for noise in NOISES
}


def every(
    kind: type[Rule], *groups: dict[str, Rule], but: Callable[[Rule], bool] = lambda _: False
) -> pytest.MarkDecorator:
    """A test of each rule of this kind, called `rule`, except some."""
    rules = {
        name: rule
        for group in groups
        for name, rule in group.items()
        if isinstance(rule, kind) and not but(rule)
    }
    return pytest.mark.parametrize("rule", rules.values(), ids=rules)


def is_machine(rule: Rule) -> bool:
    """Whether its targets depend on a state, not on a few lags."""
    return isinstance(rule, MachineRule)


def is_on_strings(rule: Rule) -> bool:
    """Whether it begins anew with every window, so that no series is like any other piece of it."""
    return isinstance(rule, StringRule)


DEFAULTS = {rule.name: rule for rule in ALL}
EVERY_RULE = every(Rule, DEFAULTS)
EVERY_BIT_RULE, EVERY_SAMPLE_RULE = every(BitRule, DEFAULTS), every(SampleRule, DEFAULTS)
EVERY_BIT_SETTING = every(BitRule, VARIANTS, NOISY)
EVERY_LAGGED_SETTING = every(BitRule, VARIANTS, NOISY, but=is_machine)
EVERY_ENDLESS_SETTING = every(BitRule, VARIANTS, NOISY, but=is_on_strings)
EVERY_MACHINE_SETTING = every(MachineRule, VARIANTS, NOISY)
EVERY_SYMBOL_RULE = every(SymbolRule, DEFAULTS)
EVERY_SYMBOL_SETTING = every(SymbolRule, VARIANTS)
EVERY_SAMPLE_SETTING = every(SampleRule, VARIANTS)
EVERY_NOISY_RULE = every(BitRule, NOISY)
