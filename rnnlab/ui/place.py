"""Where a visitor looks, in time or in the data: a number, with a button at each of its ends."""

from __future__ import annotations

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.ui.knobs import widget

MOST_ON_A_SLIDER = 20_000
"""More places than this are typed."""


def place(key: str, label: str, low: int, high: int, *, at_first: int, about: str = "") -> int:
    """The place that is looked at, from `low` to `high`; kept in the address as `key`."""
    if low == high:
        return low
    first = min(max(at_first, low), high)
    known = st.session_state.get(key)
    if known is not None and not low <= known <= high:
        st.session_state[key] = min(max(known, low), high)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        box = st.container(width="content")
        with st.container(width="stretch"):
            chosen = _number(key, label, low, high, first, about)
        _go("Next", ":material/chevron_right:", key, chosen + 1, high >= chosen + 1)
    with box:
        _go("Back", ":material/chevron_left:", key, chosen - 1, low <= chosen - 1)
    return chosen


def _number(key: str, label: str, low: int, high: int, first: int, about: str) -> int:
    if high - low <= MOST_ON_A_SLIDER:
        return int(
            st.slider(label, low, high, first, help=about or None, key=key, bind="query-params")
        )
    knob = Knob(first, label, about, "data", low=low, high=high, step=1)
    return int(widget(key, knob))


def _go(label: str, icon: str, key: str, to: int, possible: bool) -> None:
    st.button(
        label,
        icon=icon,
        key=f"{key}_{label}",
        disabled=not possible,
        on_click=_move,
        args=(key, to),
    )


def _move(key: str, to: int) -> None:
    st.session_state[key] = to
