"""Small choices on a page: one of its parts, one of a few options, a position on a long line."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any, TypeVar, cast

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.ui import address, glossary
from rnnlab.ui.knobs import MOST_IN_A_ROW, set_value, widget

MOST_POSITIONS_ON_A_SLIDER = 20_000
"""Of more positions the number is typed."""

Option = TypeVar("Option", str, int)


def choose_part(modules: Sequence[ModuleType], key: str) -> ModuleType:
    """Draw the row of a page's parts and the words of the one to draw, which it returns.

    Parts are modules with `TITLE`, `ICON`, `WORDS` (of the glossary) and `draw`.
    """
    parts = {module.TITLE: module for module in modules}
    first = next(iter(parts))
    if not address.link_knob(key, Knob(first, "Part", "", "data", choices=tuple(parts))):
        part = parts[st.session_state[key]]
        glossary.offer(*part.WORDS)
        return part
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="content"):
            title = st.pills(
                "Part",
                list(parts),
                default=first,
                required=True,
                label_visibility="collapsed",
                key=key,
                persist_state="session",
            )
        part = parts[title or first]
        glossary.offer(*part.WORDS)
    return part


def choose_option(
    label: str, options: Sequence[Option], key: str, *, labelled: bool = True
) -> Option:
    """One of these, the first to begin with; no widget for a single one.

    The address keeps it as `key`. Where the options say enough by themselves, the label need not
    be seen.
    """
    if len(options) == 1:
        return options[0]
    if st.session_state.get(key) not in (None, *options):
        del st.session_state[key]
    address.link(key, Knob(options[0], label, "", "data", choices=tuple(options)))
    keep: dict[str, Any] = {"key": key, "persist_state": "session"}
    keep["label_visibility"] = "visible" if labelled else "collapsed"
    if len(options) > MOST_IN_A_ROW:
        return cast(Option, st.selectbox(label, options, **keep))
    chosen = st.segmented_control(label, options, default=options[0], required=True, **keep)
    return options[0] if chosen is None else chosen


def choose_amount(key: str, label: str, amounts: Sequence[int], first: int, help_text: str) -> int:
    """One of these amounts, `first` to begin with, which need not lie evenly.

    The address keeps it as `key`.
    """
    address.link(key, Knob(first, label, "", "data", choices=tuple(amounts)))
    return st.select_slider(
        label,
        amounts,
        value=first,
        format_func=lambda amount: f"{amount:,}",
        key=key,
        persist_state="session",
        help=help_text,
    )


def choose_position(
    key: str, label: str, low: int, high: int, *, default: int, help_text: str = ""
) -> int:
    """A position from `low` to `high`, in time or in the data, with a button at each side.

    The address keeps it as `key`.
    """
    if low == high:
        return low
    first = min(max(default, low), high)
    knob = Knob(first, label, help_text, "data", low=low, high=high, step=1)
    address.link(key, knob)
    current = st.session_state.get(key)
    if current is not None and not low <= current <= high:
        st.session_state[key] = min(max(current, low), high)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        left = st.container(width="content")
        with st.container(width="stretch"):
            if high - low > MOST_POSITIONS_ON_A_SLIDER:
                chosen = int(widget(key, knob))
            else:
                chosen = st.slider(
                    label,
                    low,
                    high,
                    first,
                    help=help_text or None,
                    key=key,
                    persist_state="session",
                )
        step_button("Next", ":material/chevron_right:", key, chosen + 1, possible=chosen < high)
    with left:
        step_button("Back", ":material/chevron_left:", key, chosen - 1, possible=chosen > low)
    return chosen


def step_button(label: str, icon: str, key: str, position: int, *, possible: bool) -> None:
    """A button that gives the widget of this key another position."""
    st.button(
        label,
        icon=icon,
        key=f"{key}_{label}",
        disabled=not possible,
        on_click=set_value,
        args=(key, position),
    )
