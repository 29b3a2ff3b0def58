"""The window that the network saw last: inputs, targets, and what it said."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rnnlab import charts
from rnnlab.bounds import Bounds
from rnnlab.progress import Progress
from rnnlab.settings import Settings
from rnnlab.ui import drawing


def last_window(settings: Settings, progress: Sequence[Progress]) -> None:
    """The first rows of the last window, if it is one of bits."""
    glimpse = progress[-1].glimpse
    if glimpse is None:
        return
    uncertain = dict(Bounds.of(settings).lines)["best possible"] > 0
    st.markdown("**The window it saw last**, in its first rows")
    drawing.draw(
        drawing.glimpse(*glimpse.inputs.shape, with_truth=uncertain),
        charts.glimpse_table(glimpse, with_truth=uncertain),
        key="glimpse",
        alt="Inputs, targets and predicted probabilities of a 1 in the last window.",
    )
    st.caption(
        "Compare each green cell with the grey one below it: the network's probability of a 1, "
        "and the rule's own. Where that is .5, nobody can know."
        if uncertain
        else "Compare each green cell, the network's probability of a 1, with the vermilion one "
        "above it: the bit that was wanted. It has learnt the rule when they agree."
    )
