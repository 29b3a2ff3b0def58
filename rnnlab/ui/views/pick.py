"""A choice among a few; no widget where there is no choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

MOST_IN_A_ROW = 5

Option = TypeVar("Option", str, int)


def pick(label: str, options: Sequence[Option], key: str) -> Option:
    """What the visitor picks of these, the first at the beginning; kept for the session."""
    if len(options) == 1:
        return options[0]
    if st.session_state.get(key) not in (None, *options):
        del st.session_state[key]
    if len(options) > MOST_IN_A_ROW:
        return st.selectbox(label, options, key=key, persist_state="session")
    chosen = st.segmented_control(
        label, options, default=options[0], required=True, key=key, persist_state="session"
    )
    return options[0] if chosen is None else chosen
