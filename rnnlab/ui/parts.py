"""The parts of a page: a row to choose from, of which one is drawn and the address holds which."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

import streamlit as st


def choose(modules: Sequence[ModuleType], key: str) -> ModuleType:
    """Draw the row; each part is a module with `TITLE`, `ICON` and `draw`."""
    parts = {one.TITLE: one for one in modules}
    first = next(iter(parts))
    title = st.pills(
        "Part",
        list(parts),
        default=first,
        required=True,
        label_visibility="collapsed",
        key=key,
        bind="query-params",
    )
    return parts[title or first]
