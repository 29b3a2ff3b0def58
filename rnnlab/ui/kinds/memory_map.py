"""How far back each kind of network remembers: a map of sixty runs."""

from __future__ import annotations

import streamlit as st

from rnnlab.kinds.maps import MEMORY
from rnnlab.ui.kinds import map_picture
from rnnlab.ui.kinds.why import CAUTION

TITLE = "How far back?"
ICON = ":material/history:"
WORDS = (
    "bit",
    "delay",
    "epoch",
    "gate",
    "gradient",
    "input",
    "kernel",
    "loss",
    "nat",
    "recurrent kernel",
    "seed",
    "state",
    "unit",
    "window",
)


def draw() -> None:
    """Delay of the echo and kind of network."""
    st.header(MEMORY.title)
    s = MEMORY.base
    st.markdown(
        f"Every coin flip comes back some steps later: that is the delay. Here "
        f"{len(MEMORY.cells)} networks of {s.units} units try to say it, each for one delay, with "
        f"the same data and {s.epochs} epochs. Windows of {s.window} steps are long enough for "
        "every delay here. Look how far the green goes for each kind."
    )
    st.markdown(
        "**Does the SimpleRNN come further than you thought?** Gates are made for a long memory, "
        f"and yet here they lose. {CAUTION} “Why it forgets” shows it as lines."
    )
    map_picture.show(MEMORY)
