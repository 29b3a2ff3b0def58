"""Answers beside their question are covered until somebody has committed, or asks to see them.

What has been uncovered stays so for the session. A link with `cover=off` covers nothing.
"""

from __future__ import annotations

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.ui import address
from rnnlab.ui.knobs import widget

KEY = "cover"
COVER = Knob(
    True,
    "Cover the answers",
    "On: what comes of an experiment is shown once you have guessed, pressed Train, or asked for "
    "it. It is in the address: a link with `cover=off` shows every answer at once.",
    "data",
)
UNCOVERED = "uncovered"
"""Where the session keeps the questions whose answers it has seen."""


def link() -> None:
    """Keep in the address of every page whether answers are covered."""
    address.link(KEY, COVER)


def choose() -> None:
    """The switch."""
    widget(KEY, COVER)


def query() -> dict[str, str]:
    """What a link must say for answers to be as covered as they are here."""
    return {} if _covers() else {KEY: COVER.text(False)}


def is_open(question: str) -> bool:
    """Whether the answer of this question may be shown."""
    return not _covers() or question in st.session_state.get(UNCOVERED, ())


def lift(question: str) -> None:
    """Show the answer of this question from now on."""
    st.session_state[UNCOVERED] = {*st.session_state.get(UNCOVERED, ()), question}


def offer(question: str, label: str = "Show the answer") -> bool:
    """Whether the answer may be shown; if not, a button that uncovers it.

    The `label` says the answer to what, where the question does not stand right above it.
    """
    if is_open(question):
        return True
    st.button(
        label,
        key=f"uncover_{question}",
        type="tertiary",
        icon=":material/visibility:",
        on_click=lift,
        args=(question,),
    )
    return False


def _covers() -> bool:
    return bool(st.session_state.get(KEY, COVER.default))
