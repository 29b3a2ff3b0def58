"""The unit whose products are spelled out, and whose column is lit in every matrix."""

from __future__ import annotations

import streamlit as st

KEY = "hand_unit"


def choose(units: int) -> int:
    """The unit, from 0."""
    if units == 1:
        return 0
    if st.session_state.get(KEY, 1) not in range(1, units + 1):
        st.session_state[KEY] = units
    chosen = st.segmented_control(
        "Unit to spell out",
        list(range(1, units + 1)),
        default=1,
        required=True,
        key=KEY,
        bind="query-params",
        help="Its column is lit in every matrix. A click on a column picks it too.",
    )
    return (chosen or 1) - 1


def pick(column: int) -> None:
    """Take the unit of a column that was clicked."""
    st.session_state[KEY] = column + 1
