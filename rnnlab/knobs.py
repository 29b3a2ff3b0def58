"""Knobs, and values made of them: what a person can set, with its default, limits and words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from functools import cache
from numbers import Real
from types import MappingProxyType
from typing import Any, Self, cast

from rnnlab.errors import SettingError

Value = bool | int | float | str

LONGEST_NUMBER = 40
"""Characters; no knob needs more."""

SWITCH_TEXTS = {"true": True, "yes": True, "on": True, "1": True, "1.0": True} | {
    "false": False, "no": False, "off": False, "0": False, "0.0": False
}  # fmt: skip

_NUMBER = re.compile(r"[-+]?(\d+|[1-9]\d{0,2}(,\d{3})+)?(\.\d*)?(e[-+]?\d+)?", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+(e[-+]?\d+)?", re.IGNORECASE)
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
"""1,000 may be a thousand, or one with three decimals."""


@dataclass(frozen=True)
class Knob:
    """One thing that a person can set.

    The type of `default` is the type of every value. Numbers lie between `low` and `high`; words
    are among `choices`, and a text without choices has at most `longest` characters. `topic` says
    where a page puts it: "data", "network" or "training". `url_name` is its name in an address
    where that is not the field's: links from before a field was renamed still open.
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
    url_name: str = ""

    def field(self, **changes: Any) -> Any:
        """A field of a dataclass that is set by this knob, or by one with these changes."""
        knob = replace(self, **changes)
        return field(default=knob.default, metadata={"knob": knob})

    def check(self, value: object) -> Value:
        """`value` in this knob's type; a `SettingError` that names the knob if it does not fit."""
        if self.choices:
            for choice in self.choices:
                if choice == value and not isinstance(value, bool):
                    return choice
            raise self._refusal("one of " + ", ".join(map(str, self.choices)), value)
        if isinstance(self.default, bool | str):
            if not isinstance(value, type(self.default)):
                expected = "yes or no" if isinstance(self.default, bool) else "a word"
                raise self._refusal(expected, value)
            if isinstance(value, str) and len(value) > self.longest:
                raise self._refusal(f"at most {self.longest} characters long", value)
            return value
        return self._checked_number(value)

    def read(self, text: str) -> Value:
        """The value that a link holds as text; a `SettingError` if the knob has no such value.

        Equal numbers are equal however they are written: 1, 1.0, 1e0, 0,5, and 1,000 too, which
        only a whole number can be without doubt.
        """
        kind = type(self.choices[0] if self.choices else self.default)
        if kind is str:
            return self.check(text)
        if kind is bool:
            return self.check(SWITCH_TEXTS.get(text.strip().lower(), text))
        if kind is float and _EITHER.fullmatch(text.strip()):
            raise self._refusal("a number with a point before its decimals", text)
        number = number_from(text)
        return self._checked_number(text) if number is None else self.check(number)

    def text(self, value: Value) -> str:
        """A value as a link holds it, and as Streamlit writes it."""
        return str(value).lower() if isinstance(value, bool) else str(value)

    def _checked_number(self, value: object) -> Value:
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        limits = f" between {self.low} and {self.high}" if self.low is not None else ""
        if isinstance(value, bool) or not isinstance(value, Real):
            raise self._refusal(f"a number{limits}", value)
        number = cast(float, value)
        if not low <= number <= high:
            raise self._refusal(f"between {low} and {high}", value)
        if isinstance(self.default, float):
            return float(number)
        if number % 1 != 0:
            raise self._refusal(f"a whole number{limits}", value)
        return int(number)

    def _refusal(self, expected: str, value: object) -> SettingError:
        text = repr(value) if len(repr(value)) <= 40 else f"{repr(value)[:40]}…"
        return SettingError(f"{self.label} must be {expected}, but it is {text}.")


def number_from(text: str) -> int | float | None:
    """The number that a text is in one of the usual ways to write one; None if it is none.

    A comma stands before three digits, or else before decimals.
    """
    text = text.strip().replace("−", "-")
    if len(text) > LONGEST_NUMBER:
        return None
    if _NUMBER.fullmatch(text):
        plain = text.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(text):
        plain = text.replace(",", ".")
    else:
        return None
    with suppress(ValueError):
        return int(plain)
    with suppress(ValueError):
        return float(plain)
    return None


def knob(default: Value, label: str, help: str, topic: str, **limits: Any) -> Any:  # noqa: A002
    """A field of a dataclass that a person can set."""
    return Knob(default, label, help, topic, **limits).field()


@dataclass(frozen=True)
class Configuration:
    """A frozen value whose fields are knobs, each checked and brought into its type at once.

    Fields without a knob are what a person gives otherwise, such as a text of their own. Subclasses
    check what must fit together in their own `__post_init__`, after this one. Everything raises
    `SettingError` for what the lab does not offer.
    """

    def __post_init__(self) -> None:
        for name, knob in self.all_knobs().items():
            object.__setattr__(self, name, knob.check(getattr(self, name)))

    @classmethod
    def all_knobs(cls) -> Mapping[str, Knob]:
        """Every knob by the name of its field, in the order of the fields."""
        return _knobs_of(cast(Any, cls))

    @classmethod
    def knobs(cls, values: Mapping[str, Value]) -> Mapping[str, Knob]:
        """The knobs by name that matter where some have these values, with defaults that suit."""
        del values
        return cls.all_knobs()

    @property
    def open_knobs(self) -> Mapping[str, Knob]:
        """The knobs by name that matter here."""
        return self.knobs(vars(self))

    @classmethod
    def of(cls, values: Mapping[str, Value], **others: Any) -> Self:
        """What these values make; other knobs have their default. `others` are not knobs."""
        if strangers := [name for name in values if name not in cls.all_knobs()]:
            raise SettingError(f"There is no knob called {strangers[0]!r}.")
        knobs = cls.knobs(values)
        chosen = {name: values.get(name, knob.default) for name, knob in knobs.items()}
        return cls(**chosen, **others)

    @classmethod
    def read(cls, query: Mapping[str, str]) -> dict[str, Value]:
        """The value of every knob by name, as a link says, which leaves out the defaults."""
        return {
            name: knob.read(query[key]) if (key := knob.url_name or name) in query else knob.default
            for name, knob in cls.knobs(query).items()
        }

    @property
    def values(self) -> dict[str, Value]:
        """The value by name of every knob that matters."""
        return {name: getattr(self, name) for name in self.open_knobs}

    def to_query(self) -> dict[str, str]:
        """What a link to this holds: the knobs that differ from their defaults."""
        return as_query(self.values, self.open_knobs)


@cache
def _knobs_of(configuration: type[Any]) -> Mapping[str, Knob]:
    knobs = {field.name: field.metadata for field in fields(configuration) if field.metadata}
    return MappingProxyType({name: metadata["knob"] for name, metadata in knobs.items()})


def as_query(values: Mapping[str, Value], knobs: Mapping[str, Knob]) -> dict[str, str]:
    """What a link holds of these values: those that are not the default, as Streamlit writes."""
    return {
        knobs[name].url_name or name: knobs[name].text(value)
        for name, value in values.items()
        if value != knobs[name].default
    }
