"""No window, no gradient: delay of the echo and window, as a map with an edge."""

from __future__ import annotations

import streamlit as st

from rnnlab.kinds.maps import CARRIED, FROM_ZERO, RunMap
from rnnlab.ui.choices import choose_option
from rnnlab.ui.kinds import grid, map_picture
from rnnlab.ui.kinds.grid import MapPicture

TITLE = "The window's edge"
ICON = ":material/width:"
WORDS = (
    "best possible",
    "bit",
    "carried state",
    "cause",
    "delay",
    "epoch",
    "gate",
    "gradient",
    "input",
    "knowing nothing",
    "loss",
    "nat",
    "seed",
    "state",
    "unit",
    "window",
)

STATES = {"goes on into the next window": CARRIED, "begins each window at zero": FROM_ZERO}


def draw() -> None:
    """What was reached, beside the exact floor."""
    st.header(CARRIED.title)
    s = CARRIED.base
    st.markdown(
        "The article says: if the window is not longer than the delay of the echo, the network "
        f"cannot learn. Here is its network ({s.units} units instead of 4, {s.epochs} epochs "
        "instead of 100) for every delay and window. Look at the orange line: below it, windows "
        "are long enough to hold a bit together with its echo."
    )
    run_map = STATES[choose_option("The state", tuple(STATES), "map_state")]
    map_picture.show(run_map, beside=lambda: _floors(run_map))


def _floors(run_map: RunMap) -> None:
    """The least that theory allows in each cell."""
    st.markdown("**The exact best possible**")
    floors = {cell: run_map.floor(cell) for cell in run_map.cells}
    grid.draw(
        MapPicture(
            run_map,
            floors,
            alt="The lowest loss that is possible in each cell.",
            hint=FLOOR[run_map.name],
        ),
        key=f"floor_{run_map.name}",
    )


FLOOR = {
    CARRIED.name: "The state may carry every bit from one window to the next, so a loss of 0 is "
    "possible everywhere. Above the line the network fails all the same: no gradient shows it how.",
    FROM_ZERO.name: "A window that begins at zero knows nothing of what came before. With a window "
    "of T steps and a delay of d, the first d echoes cost ln 2 each. So the floor is "
    "d/T · 0.6931, and 0.6931 where d is T or more.",
}
