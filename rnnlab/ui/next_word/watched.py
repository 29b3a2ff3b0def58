"""Whose words are on show, and a run that is kept going while one looks at another part."""

from __future__ import annotations

import math

import streamlit as st

from rnnlab.ui.next_word import runs
from rnnlab.ui.next_word.runs import Look, Shown

TICK = 2.0
"""Seconds between two looks: a run that nobody looks at is stopped after a while."""

TOLD = "next_watched"


def draw(shown: Shown) -> None:
    """A line about who speaks, and about a run that goes on."""
    look = runs.look(shown.settings)
    live = look is not None and look.live
    st.fragment(_line, run_every=TICK if live else None)(shown, live)


def _line(shown: Shown, live: bool) -> None:
    look = runs.look(shown.settings)
    if live and look is not None and not look.live:
        # Its last news may be a moment behind its end.
        if st.session_state.get(TOLD) == look.progress[-1:]:
            st.rerun()
        st.session_state[TOLD] = look.progress[-1:]
    said = [f"You are reading with {shown.whose}."] if shown.whose else []
    if live and look is not None:
        said.append(f"Your network is being trained{_where(look)}, whichever part you look at.")
    if said:
        st.caption(" ".join(said))


def _where(look: Look) -> str:
    if not look.progress:
        return ""
    return f" (pass {max(1, math.ceil(look.progress[-1].epochs_done))} of {look.settings.epochs})"
