"""The time step one looks at, and beside it what goes from step to step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.ui import address
from rnnlab.ui.choices import step_button
from rnnlab.ui.hand.matrices import Item, draw_matrices

Strip = Callable[[int], Sequence[Item]]
"""What the steps hand on, with the chosen time step marked."""


def choose_step(
    key: str,
    timesteps: int,
    strip: Callable[[int], Sequence[Item]],
    strip_key: str,
    *,
    default: int,
) -> int:
    """A time step from 1 to `timesteps`, with a button at each side, and the strip beside it.

    The address keeps it as `key`.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(
            horizontal=True, vertical_alignment="bottom", width="content", gap="xsmall"
        ):
            t = _step(key, timesteps, default)
        with st.container(width="content"):
            draw_matrices(strip(t), strip_key)
    return t


def _step(key: str, timesteps: int, default: int) -> int:
    if timesteps == 1:
        return 1
    options = tuple(range(1, timesteps + 1))
    address.link(key, Knob(default, "Time step", "", "data", choices=options))
    if st.session_state.get(key) not in (None, *options):
        st.session_state[key] = timesteps
    t = int(st.session_state.get(key) or default)
    step_button("Back", ":material/chevron_left:", key, t - 1, possible=t > 1)
    chosen = st.segmented_control(
        "Time step", options, default=default, required=True, key=key, persist_state="session"
    )
    step_button("Next", ":material/chevron_right:", key, t + 1, possible=t < timesteps)
    return int(chosen or default)
