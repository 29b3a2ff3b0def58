"""A sheet of exercises to print, with its answer key."""

from __future__ import annotations

import streamlit as st

from rnnlab.handcheck.exercises import LARGEST_SEED
from rnnlab.handcheck.levels import Level
from rnnlab.handcheck.sheet import MOST_EXERCISES, sheet
from rnnlab.ui import links


def offer_sheet(level: Level, seed: int) -> None:
    """How many exercises of this level, and the file to print."""
    with st.expander("A sheet to print", icon=":material/print:"):
        most = min(MOST_EXERCISES, LARGEST_SEED - seed + 1)
        how_many = 1
        if most > 1:
            how_many = st.slider("Exercises on the sheet", 1, most, min(4, most), key="on_a_sheet")
        link = links.page_address(
            {"part": "Exercises", "level": level.title, "exercise": str(seed)}
        )
        st.caption(
            f"“{level.title}”, numbers {seed} to {seed + how_many - 1}, for A4. The answers are on "
            "pages of their own at the end. Open the file in a browser and print it."
        )
        st.download_button(
            "The sheet (HTML)",
            lambda: sheet(level.name, seed, how_many, link),
            f"hand-calculation-{level.name}-{seed}.html",
            "text/html",
            icon=":material/download:",
            on_click="ignore",
        )
