"""A knob: one thing that a person can set, with its default, its limits and its words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from numbers import Real
from typing import Any, cast

from rnnlab.errors import SettingError

Value = bool | int | float | str


@dataclass(frozen=True)
class Knob:
    """One thing that a person can set.

    The type of `default` is the type of every value. Numbers lie between `low` and `high`; words
    are among `choices`, and a text without choices has at most `longest` characters. `topic` says
    where a page puts it: "data", "network" or "training".
    """

    default: Value
    label: str
    help: str
    topic: str
    low: float | None = None
    high: float | None = None
    step: float | None = None
    choices: tuple[Value, ...] = ()
    longest: int = 200

    def check(self, value: object) -> Value:
        """`value` in this knob's type; a `SettingError` that names the knob if it does not fit."""
        if self.choices:
            same = [one for one in self.choices if one == value and not isinstance(value, bool)]
            if not same:
                raise self._refusal("one of " + ", ".join(map(str, self.choices)), value)
            return same[0]
        if isinstance(self.default, bool | str):
            if not isinstance(value, type(self.default)):
                wanted = "yes or no" if isinstance(self.default, bool) else "a word"
                raise self._refusal(wanted, value)
            if isinstance(value, str) and len(value) > self.longest:
                raise self._refusal(f"at most {self.longest} characters long", value)
            return value
        return self._checked_number(value)

    def read(self, text: str) -> Value:
        """The value that a link holds as text; a `SettingError` if it is none of this knob's."""
        kind = type(self.default)
        if kind is bool and text in ("true", "false"):
            return text == "true"
        try:
            return self.check(kind(text) if kind is not bool else text)
        except ValueError:
            raise self._refusal("a number", text) from None

    def _checked_number(self, value: object) -> Value:
        if isinstance(value, bool) or not isinstance(value, Real):
            raise self._refusal("a number", value)
        number = cast(float, value)
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        if not low <= number <= high:
            raise self._refusal(f"between {low} and {high}", value)
        if isinstance(self.default, float):
            return float(number)
        if number % 1 != 0:
            raise self._refusal("a whole number", value)
        return int(number)

    def _refusal(self, wanted: str, value: object) -> SettingError:
        shown = repr(value) if len(repr(value)) <= 40 else f"{repr(value)[:40]}…"
        return SettingError(f"{self.label} must be {wanted}, but it is {shown}.")


def knob(default: Value, label: str, help: str, topic: str, **limits: Any) -> Any:  # noqa: A002
    """A field of a dataclass that a person can set."""
    return field_of(Knob(default, label, help, topic, **limits))


def field_of(one: Knob) -> Any:
    """A field of a dataclass that a person can set by this knob."""
    return field(default=one.default, metadata={"knob": one})


def knobs_of(settings: Any) -> dict[str, Knob]:
    """The knobs of a dataclass, by field name."""
    return {one.name: one.metadata["knob"] for one in fields(settings) if "knob" in one.metadata}


def as_query(values: Mapping[str, Value], knobs: Mapping[str, Knob]) -> dict[str, str]:
    """What a link holds of these values: those that are not the default, as Streamlit writes."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in values.items()
        if value != knobs[name].default
    }
