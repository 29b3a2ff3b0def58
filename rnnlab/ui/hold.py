"""What holds the knobs of a page fast, such as a step of a lesson: the values that they keep."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import streamlit as st

from rnnlab.knobs import Knob, Value
from rnnlab.ui.parameters import Link, Texts, meaning

MOST_NAMED = 3
"""Of more knobs that somebody cannot turn, only these are named."""


@dataclass(frozen=True)
class Hold:
    """Each knob keeps what `values` say, or its default; those that are `free` begin with it.

    `values` are texts of an address. `whose` hold it is, is said to who asks for something else.
    What is not a knob, but only about how things are shown, can always be set.
    """

    values: Mapping[str, str]
    free: Collection[str]
    whose: str

    def value_of(self, key: str, knob: Knob) -> tuple[Value, str]:
        """What a knob keeps, and what must be said if there is no such value."""
        if key not in self.values:
            return knob.default, ""
        value, sentence = meaning(key, knob, [self.values[key]])
        return (knob.default if value is None else value), sentence

    def refuses(self, key: str, knob: Knob, texts: list[str] | None) -> bool:
        """Whether somebody has come with texts that ask for another value than a knob keeps."""
        value, _ = self.value_of(key, knob)
        return bool(texts) and meaning(key, knob, texts or [])[0] != value

    def refusal(self, knobs: Mapping[str, Knob]) -> str:
        """What must be said to who has asked for other values of these knobs."""
        named = [
            f"{knob.label} at {knob.text(self.value_of(key, knob)[0])}"
            for key, knob in [*knobs.items()][:MOST_NAMED]
        ]
        more = len(knobs) - len(named)
        listed = ", ".join(named) + (f" and {more} more as they are" if more else "")
        return f"{self.whose} keeps {listed}, whatever else the link asks for."

    def arriving(self, texts: Texts) -> Texts:
        """What somebody has come with, before whom the page was not yet set."""
        return {key: [text] for key, text in self.values.items()} | texts

    def others(self, texts: Texts) -> Texts:
        """Those of these that say something else than a page here begins with."""
        return {key: t for key, t in texts.items() if t[-1] != self.values.get(key)}

    def query(self, ways: Mapping[str, Link], knobs: Collection[str]) -> Texts:
        """What an address says of all that is linked: nothing of what is as it begins here."""
        query: Texts = {}
        for key, way in ways.items():
            if key in knobs and key not in self.free:
                continue
            plain = [] if way.default is None else way.write(way.default)
            begins = [self.values[key]] if key in self.values else plain
            texts = way.write(st.session_state.get(key, way.default))
            if texts and texts != begins:
                query[key] = texts
        return query
