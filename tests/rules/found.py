"""The rules that there are, ready to be tried. A new rule is found here and tested, untouched."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.rules import RULES, BitRule, Rule, SampleRule
from rnnlab.rules.noisy import noisy
from rnnlab.rules.own_series import OwnSeries

TYPED = {
    "expression": (
        "x[t-1] xor x[t-2]",
        "0.3",
        "0.1 + 0.5 * x[t-2] + 0.3 * (x[t] and not x[t-12])",
        "x[t-5] x[t-3]: 0.05 0.95 0.5 0.3",
        "x[t−1]≥x[t-4]",
    )
}
"""What one might type into a knob for text, besides its default."""


def wobble(n_values: int = 400) -> OwnSeries:
    """A user's series: two waves that never repeat together, far from 0."""
    t = np.arange(n_values)
    return OwnSeries.of("wobble", 30 + 5 * np.sin(0.31 * t) + 2 * np.cos(t))


def ready(found: Rule) -> Rule:
    """The rule; one that is about a user's own series holds one."""
    return found.holding(wobble()) if hasattr(found, "holding") else found


def settings_of(tried: Rule) -> list[dict]:
    """The defaults, and each knob at every extreme (or choice) with the others at their default."""
    found = [{}]
    for name, knob in tried.knobs.items():
        switch = (False, True) if isinstance(knob.default, bool) else ()
        extremes = knob.choices or switch or TYPED.get(name, ())[:2] or (knob.low, knob.high)
        found += [{name: value} for value in extremes if value is not None]
    return found


ALL = [ready(found) for found in RULES.values()]
NOISY = [noisy(found, noise) for found in ALL if isinstance(found, BitRule) for noise in (0.1, 0.5)]


def every(kind: type[Rule]) -> pytest.MarkDecorator:
    """A test of each rule of this kind, called `tried`."""
    rules = [found for found in ALL if isinstance(found, kind)]
    return pytest.mark.parametrize("tried", rules, ids=[found.name for found in rules])


def every_setting(kind: type[Rule]) -> pytest.MarkDecorator:
    """A test of each rule of this kind, `tried`, with each of its `parameters`; and with noise."""
    with_noise = [
        pytest.param(found, {}, id=f"{found.name}-noise-{found.noise}")
        for found in NOISY
        if isinstance(found, kind)
    ]
    return pytest.mark.parametrize(
        ("tried", "parameters"),
        [
            pytest.param(tried, parameters, id=f"{tried.name}-{parameters}")
            for tried in ALL
            if isinstance(tried, kind)
            for parameters in settings_of(tried)
        ]
        + with_noise,
    )


EVERY_RULE = every(Rule)
EVERY_BIT_RULE, EVERY_SAMPLE_RULE = every(BitRule), every(SampleRule)
EVERY_BIT_SETTING, EVERY_SAMPLE_SETTING = every_setting(BitRule), every_setting(SampleRule)
EVERY_NOISY_RULE = pytest.mark.parametrize(
    "tried", NOISY, ids=[f"{found.name}-{found.noise}" for found in NOISY]
)
