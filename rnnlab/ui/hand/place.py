"""Where in the calculation a visitor is: the time step, and the unit whose numbers are spelled."""

from __future__ import annotations

import streamlit as st


def step(timesteps: int, key: str = "hand_step", *, at_first: int = 1) -> int:
    """The time step (from 1), by a slider with a button at each of its ends."""
    if timesteps == 1:
        return 1
    if st.session_state.get(key, 1) not in range(1, timesteps + 1):
        st.session_state[key] = timesteps
    with st.container(horizontal=True, vertical_alignment="bottom"):
        box = st.container(width="content")
        with st.container(width="stretch"):
            chosen = st.slider("Time step", 1, timesteps, at_first, key=key, bind="query-params")
        _go("Next step", ":material/chevron_right:", key, chosen + 1, timesteps)
    with box:
        _go("Step back", ":material/chevron_left:", key, chosen - 1, timesteps)
    return chosen


def unit(units: int, key: str = "hand_unit") -> int:
    """The unit (from 0) whose products are spelled out."""
    if units == 1:
        return 0
    if st.session_state.get(key, 1) not in range(1, units + 1):
        st.session_state[key] = units
    chosen = st.segmented_control(
        "Unit to spell out",
        list(range(1, units + 1)),
        default=1,
        required=True,
        key=key,
        bind="query-params",
        help="Its column is lit in every matrix. A click on a column picks it too.",
    )
    return (chosen or 1) - 1


def pick(column: int, key: str = "hand_unit") -> None:
    """Take the unit of a column that was clicked."""
    st.session_state[key] = column + 1


def _go(label: str, icon: str, key: str, to: int, timesteps: int) -> None:
    st.button(
        label,
        icon=icon,
        key=f"{key}_{label}",
        disabled=not 1 <= to <= timesteps,
        on_click=_move,
        args=(key, to),
    )


def _move(key: str, to: int) -> None:
    st.session_state[key] = to
