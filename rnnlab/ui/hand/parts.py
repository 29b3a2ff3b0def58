"""The parts of the hand check; each is a file with `TITLE`, `ICON` and `draw`."""

from __future__ import annotations

from types import ModuleType

import streamlit as st

from rnnlab.ui.hand import anatomy, back, exercises, forward, written_out

PARTS: dict[str, ModuleType] = {
    one.TITLE: one for one in (forward, back, exercises, written_out, anatomy)
}


def choose() -> ModuleType:
    """A row of the parts; the one that is chosen, which the address holds."""
    first = next(iter(PARTS))
    title = st.pills(
        "Part",
        list(PARTS),
        default=first,
        required=True,
        label_visibility="collapsed",
        key="part",
        bind="query-params",
    )
    return PARTS[title or first]
