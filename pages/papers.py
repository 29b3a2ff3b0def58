"""Papers: famous claims about networks that remember, each as an experiment with an exact line."""

import streamlit as st

from rnnlab.presets.shelf import SHELF
from rnnlab.ui import frame, glossary
from rnnlab.ui.papers import counters, shelf

with frame.head(
    "What do the papers claim?",
    "**Pick a claim, guess whether a network can do it, then train it here.** Famous papers say "
    "which networks can hold a bit or a number, count, or keep a state.",
):
    glossary.offer(
        "best possible",
        "bit",
        "chance",
        "gradient",
        "knowing nothing",
        "loss",
        "mean squared error",
        "nat",
        "state",
        "state machine",
        "window",
    )
with st.grid(2, min_column_width=320):
    for card in SHELF:
        shelf.draw(card)
counters.draw()
