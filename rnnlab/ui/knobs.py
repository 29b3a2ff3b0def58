"""Knobs as widgets, linked to the address: one at a time, or all of some settings as a panel.

Default, range and words come from the knob.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypedDict, TypeVar, cast

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.knobs import Configuration, Knob, Value
from rnnlab.ui import address
from rnnlab.ui.markdown import escape_markdown

MOST_IN_A_ROW = 5
MOST_ON_A_SLIDER = 1000

Made = TypeVar("Made", bound=Configuration)


class Kept(TypedDict):
    """A widget whose value stays while it is not drawn: the session keeps it under its key."""

    key: str
    persist_state: Literal["session"]


@dataclass(frozen=True)
class Fold:
    """A part of a panel that is folded away: the knobs of a topic, or all that are left."""

    title: str
    icon: str
    topic: str = ""

    def holds(self, knob: Knob) -> bool:
        """Whether a knob belongs here."""
        return self.topic in ("", knob.topic)


@dataclass(frozen=True)
class Panel(Generic[Made]):
    """All knobs of a kind of settings.

    `prefix` stands before each name in the address, where other pages have knobs of that name.
    `fixed` are values that are chosen elsewhere on the page, such as the rule.
    """

    settings: type[Made]
    prefix: str = ""
    fixed: Mapping[str, Value] = field(default_factory=dict)

    def standing(self) -> dict[str, Value]:
        """The value of each knob that has one by now: as its widget stands, or as the address says.

        The address holds them all from here on, those too that no widget on the page is about.
        """
        values = dict(self.fixed)
        for name, knob in self._others(values):
            key = self._key(name, knob)
            address.link_knob(key, knob, drawn=False)
            if (value := st.session_state.get(key)) is not None:
                values[name] = value
        return values

    def turn(self, values: Mapping[str, Value]) -> None:
        """Turn knobs to these values: before their widgets are drawn, or in a callback."""
        knobs = self.settings.knobs({**self.fixed, **values})
        for name, value in values.items():
            if name not in self.fixed:
                set_value(self._key(name, knobs.get(name)), value)

    def draw(self, opened: Iterable[str] | None = None, *folds: Fold) -> dict[str, Value]:
        """The widgets, those `opened` (`None`: all) before the folds; the values that they have."""
        values = dict(self.fixed)
        knobs = self.settings.knobs(values)
        for name in knobs if opened is None else opened:
            if name in knobs and name not in values:
                values[name] = widget(self._key(name, knobs[name]), knobs[name])
        for fold in folds:
            knobs = self.settings.knobs(values)
            inside = [name for name in knobs if name not in values and fold.holds(knobs[name])]
            can_turn = any(address.can_turn(self._key(name, knobs[name])) for name in inside)
            with st.expander(fold.title, icon=fold.icon) if can_turn else nullcontext():
                self._fill(fold, values)
        return values

    def make(self, values: Mapping[str, Value], **others: Any) -> Made | None:
        """The settings that these values make, or a sentence on why they make none."""
        try:
            return self.settings.of(values, **others)
        except LabError as error:
            st.warning(escape_markdown(str(error)), icon=":material/tune:")
            return None

    def _fill(self, fold: Fold, values: dict[str, Value]) -> None:
        for name, knob in self._others(values):
            if fold.holds(knob):
                values[name] = widget(self._key(name, knob), knob)

    def _others(self, values: Mapping[str, Value]) -> Iterator[tuple[str, Knob]]:
        """The knobs that have no value yet: each that matters beside those that got one by then."""
        done = set(values)
        while others := [name for name in self.settings.knobs(values) if name not in done]:
            done.add(others[0])
            yield others[0], self.settings.knobs(values)[others[0]]

    def _key(self, name: str, knob: Knob | None) -> str:
        """The key of a knob's widget, which is its name in the address."""
        return self.prefix + (knob.url_name if knob and knob.url_name else name)


def set_value(key: str, value: Value) -> None:
    """Give a widget this value, or keep it for the session: for the click on a button."""
    st.session_state[key] = value


def widget(key: str, knob: Knob) -> Value:
    """The widget that suits the knob, linked to the parameter `key` of the address.

    A knob that a lesson holds fast has a value and no widget.
    """
    if not address.link_knob(key, knob):
        return cast(Value, st.session_state[key])
    kept: Kept = {"key": key, "persist_state": "session"}
    if knob.choices:
        return _choice(knob, kept)
    if isinstance(knob.default, bool):
        return st.toggle(knob.label, value=knob.default, help=knob.help, **kept)
    if isinstance(knob.default, str):
        return st.text_input(
            knob.label,
            value=knob.default,
            max_chars=knob.longest,
            help=knob.help,
            **kept,
        )
    number_type: type[Any] = type(knob.default)
    low, high, default, step = map(number_type, (knob.low, knob.high, knob.default, knob.step or 1))
    number = st.slider if (high - low) / step <= MOST_ON_A_SLIDER else st.number_input
    chosen: Value = number(knob.label, low, high, default, step, help=knob.help, **kept)
    return chosen


def _choice(knob: Knob, kept: Kept) -> Value:
    """A row of a few choices, a box of more words, a slider of more numbers."""
    if len(knob.choices) == 1:
        return knob.choices[0]
    if len(knob.choices) <= MOST_IN_A_ROW:
        chosen = st.segmented_control(
            knob.label,
            knob.choices,
            default=knob.default,
            required=True,
            help=knob.help,
            **kept,
        )
    elif isinstance(knob.default, str):
        index = knob.choices.index(knob.default)
        chosen = st.selectbox(knob.label, knob.choices, index, help=knob.help, **kept)
    else:
        chosen = st.select_slider(
            knob.label, knob.choices, value=knob.default, help=knob.help, **kept
        )
    return knob.default if chosen is None else chosen
