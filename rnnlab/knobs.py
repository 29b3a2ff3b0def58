"""A knob: one thing that a person can set, with its default, its limits and its words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rnnlab.errors import SettingError

Value = bool | int | float | str


@dataclass(frozen=True)
class Knob:
    """One thing that a person can set.

    The type of `default` is the type of every value. Numbers lie between `low` and `high`; words
    are among `choices`. `topic` says where a page puts it: "data", "network" or "training".
    """

    default: Value
    label: str
    help: str
    topic: str
    low: float | None = None
    high: float | None = None
    step: float | None = None
    choices: tuple[Value, ...] = ()

    def check(self, value: Value) -> Value:
        """`value` in this knob's type; a `SettingError` that names the knob if it does not fit."""
        if self.choices:
            if value not in self.choices:
                raise self._refusal("one of " + ", ".join(map(str, self.choices)), value)
            return value
        kind = type(self.default)
        if kind in (bool, str):
            if type(value) is not kind:
                raise self._refusal("yes or no" if kind is bool else "a word", value)
            return value
        if isinstance(value, bool | str):
            raise self._refusal("a number", value)
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        if not low <= value <= high:
            raise self._refusal(f"between {low} and {high}", value)
        if kind is int and value != int(value):
            raise self._refusal("a whole number", value)
        return kind(value)

    def _refusal(self, wanted: str, value: Value) -> SettingError:
        shown = repr(value) if len(repr(value)) <= 40 else f"{repr(value)[:40]}…"
        return SettingError(f"{self.label} must be {wanted}, but it is {shown}.")
