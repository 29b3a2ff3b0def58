"""No window, no gradient: delay of the echo and window, as a map with an edge."""

from __future__ import annotations

import streamlit as st

from rnnlab.kinds.maps import CARRIED, FROM_ZERO, RunMap
from rnnlab.ui.choices import choose_option
from rnnlab.ui.kinds import grid, map_picture
from rnnlab.ui.kinds.grid import MapPicture

TITLE = "The window's edge"
ICON = ":material/width:"

STATES = {"goes on into the next window": CARRIED, "begins each window at zero": FROM_ZERO}


def draw() -> None:
    """What was reached, beside the exact floor."""
    st.header(CARRIED.title)
    s = CARRIED.base
    st.markdown(
        "The article says: if the window is no longer than the echo's delay, the network cannot be "
        f"trained. Here is its network ({s.units} units instead of 4, {s.epochs} epochs instead of "
        "100) for every delay and window. Look at the line: that is where windows begin to hold a "
        "bit together with its echo."
    )
    run_map = STATES[choose_option("The state", tuple(STATES), "map_state")]
    map_picture.show(run_map, beside=lambda: _floors(run_map))


def _floors(run_map: RunMap) -> None:
    """The least that theory allows in each cell."""
    st.markdown("**The exact floor**")
    floors = {cell: run_map.floor(cell) for cell in run_map.cells}
    grid.draw(
        MapPicture(
            run_map,
            floors,
            alt="The least loss possible in each cell.",
            hint=FLOOR[run_map.name],
        ),
        key=f"floor_{run_map.name}",
    )


FLOOR = {
    CARRIED.name: "The state may carry every bit across the edge of a window, so nothing stands in "
    "the way of a loss of 0. What is missing above the line is not knowledge: it is a gradient.",
    FROM_ZERO.name: "A window that begins at zero has forgotten what came before: with a window of "
    "T steps and a delay of d the first d echoes cost ln 2 each, so the floor is d/T · 0.6931, and "
    "0.6931 where d is T or more.",
}
