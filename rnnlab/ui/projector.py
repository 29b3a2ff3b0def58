"""Projector mode: large type and no knobs, on every page, by `projector=on` in the address."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.ui import address
from rnnlab.ui.parameters import Link, meaning

KEY = "projector"
PROJECTOR = Knob(
    False,
    "Projector mode",
    "On: large type and no knobs. It is in the address: a link with `projector=on` opens any page "
    "like that.",
    "data",
)
ON = {KEY: "on"}
"""What a link says for a page to open like that."""

_LINK = Link(False, lambda texts: meaning(KEY, PROJECTOR, texts), lambda on: ["on"] if on else [])

STYLE = Path(__file__).with_suffix(".css")


def link() -> None:
    """Keep in the address of every page whether it is on a projector, and draw it so."""
    address.link_as(KEY, _LINK)
    if is_on():
        st.html(STYLE)


def is_on() -> bool:
    """Whether pages are large and without knobs."""
    return bool(st.session_state.get(KEY, PROJECTOR.default))


def query() -> dict[str, str]:
    """What a link within the lab must say to stay in this mode."""
    return ON if is_on() else {}


def choose() -> None:
    """The switch."""
    st.toggle(PROJECTOR.label, help=PROJECTOR.help, key=KEY, persist_state="session")


def offer_end() -> None:
    """In this mode, at the end of every page: the way out of it."""
    if is_on():
        st.button("Show the knobs again", icon=":material/tune:", type="tertiary", on_click=_end)


def _end() -> None:
    st.session_state[KEY] = False
