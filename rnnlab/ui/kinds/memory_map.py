"""How far back each kind of network remembers: a map of sixty runs."""

from __future__ import annotations

import streamlit as st

from rnnlab.kinds.maps import MEMORY
from rnnlab.ui.kinds import map_picture

TITLE = "How far back?"
ICON = ":material/history:"


def draw() -> None:
    """Delay of the echo and kind of network."""
    st.header(MEMORY.title)
    s = MEMORY.base
    st.markdown(
        f"Every coin flip comes back some steps later. Here {len(MEMORY.cells)} networks of "
        f"{s.units} units try to say it, each for one delay: same data, {s.epochs} epochs, "
        f"windows of {s.window} steps, which hold every cause with its effect. Look how far the "
        "green goes for each kind."
    )
    map_picture.show(MEMORY)
