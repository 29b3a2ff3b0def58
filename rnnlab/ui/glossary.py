"""The glossary on a page: one quiet button, and behind it the words that are used there."""

from __future__ import annotations

import streamlit as st

from rnnlab.glossary import WORDS

TITLE = "What the words mean"


def offer(*names: str) -> None:
    """A button that opens these words of the glossary, each with its meaning."""
    if not names:
        return
    with st.popover(TITLE, icon=":material/dictionary:", type="tertiary"):
        st.markdown(in_markdown(*names))


def in_markdown(*names: str) -> str:
    """A line for each of these words, in the order of the alphabet."""
    return "\n".join(f"- **{name}**: {WORDS[name]}" for name in sorted(names))
