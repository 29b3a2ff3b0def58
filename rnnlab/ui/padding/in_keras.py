"""In Keras: what happens at steps under a mask, in lines that run."""

from __future__ import annotations

import streamlit as st

from rnnlab.lengths.keras_lines import MASKED, PRELUDE, KerasLines

TITLE = "Masks in Keras"
ICON = ":material/code:"
WORDS = (
    "activation",
    "gradient",
    "kernel",
    "layer",
    "loss",
    "mask",
    "padding",
    "state",
    "update",
    "weight",
)


def draw() -> None:
    """The first lines of all, and a card for each surprise."""
    st.header("Do you know what Keras does under a mask?")
    st.markdown(
        "Each card is a few lines of Keras 3.15 and what they print. The layer only sums what it "
        "reads, so you can do every number in your head. Guess first, then look at what it prints."
    )
    with st.expander("The lines before each of them", icon=":material/vertical_align_top:"):
        st.code(PRELUDE, language="python")
    show(MASKED)


def show(cards: tuple[KerasLines, ...]) -> None:
    """A card for each: its lines, what they print, what that means."""
    with st.grid(2, min_column_width=320):
        for lines in cards:
            with st.container(border=True, height="stretch"):
                lines_of(lines)


def lines_of(lines: KerasLines) -> None:
    """The lines under their title, what they print, what that means."""
    st.markdown(f"**{lines.title}**")
    st.code(lines.code, language="python", wrap_lines=True)
    st.caption("It prints")
    st.code(lines.prints, language=None, wrap_lines=True)
    st.markdown(lines.sentence)
