"""Exercises to print: every level of the hand calculation in one file, with the key."""

from __future__ import annotations

import streamlit as st

from rnnlab.handcheck.levels import LEVELS, Level
from rnnlab.handcheck.sheet import sheet_of_all
from rnnlab.knobs import Knob
from rnnlab.ui.knobs import widget
from rnnlab.ui.links import page_address
from rnnlab.ui.teachers.place import PageLink

TITLE = "Exercises to print"
ICON = ":material/print:"
WORDS = ("gate", "gradient", "loss", "unit", "weight")

MOST = 6
FIRST = Knob(1, "Number of the first exercise", "The number makes the exercise.", "data",
             low=1, high=9_000, step=1)  # fmt: skip
HOW_MANY = Knob(2, "Exercises of each level", "", "data", low=1, high=MOST)


def draw() -> None:
    """What is on the sheets, and the file."""
    st.markdown(
        "A network of a few units, calculated on paper. The levels, from easy to hard; the answers "
        "to all of them are on pages of their own at the end."
    )
    st.markdown("\n".join(f"1. **{each.title}.** {each.sentence}" for each in LEVELS.values()))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = int(widget("print_first", FIRST))
        how_many = int(widget("print_many", HOW_MANY))
    st.download_button(
        "All levels with the key (HTML)",
        lambda: sheet_of_all(first, how_many, lambda level: _where(level, first)),
        f"hand-calculation-all-levels-{first}.html",
        "text/html",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(
        "Open the file in a browser and print it on A4. Another number gives other exercises, the "
        "same number the same ones to everybody."
    )
    PageLink("The same exercises on the screen", "hand_check", {"part": "Exercises"}).link()


def _where(level: Level, first: int) -> str:
    """Where the answers to the first exercise of a level can be checked."""
    query = {"part": "Exercises", "level": level.title, "exercise": str(first)}
    return page_address(query, "hand_check")
