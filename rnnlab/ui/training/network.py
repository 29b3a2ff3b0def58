"""The network as a picture that moves: while it learns, at each Step, and through a window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st
from numpy.typing import NDArray

from rnnlab.charts.network_picture import network_picture, network_sentence
from rnnlab.knobs import Knob
from rnnlab.settings import Settings
from rnnlab.ui import address
from rnnlab.ui.drawing import component
from rnnlab.ui.training.curve import SVG

_COMPONENT = component(__file__, "network", SVG, Path(__file__).with_name("network_steps.js"))

KEY = "network"
STEP = "network_step"
"""Where the session keeps the time step, from 1, that is looked at; the address keeps it too."""

LEGEND = (
    "A solid orange line adds, a dashed blue one takes away; the wider, the larger the weight. A "
    "filled circle is above zero, a ring below."
)


def draw(settings: Settings, weights: Mapping[str, NDArray[Any]], step: int) -> None:
    """The network with these weights, which it had after `step` updates."""
    layers = f"{settings.layers} layers of " if settings.layers > 1 else ""
    updates = "1 update" if step == 1 else f"{step:,} updates"
    alt = (
        f"The network after {updates}: {layers}{settings.units} units. The arrow keys go "
        "through the time steps and the units."
    )
    picture = network_picture(settings, weights, step)
    at = _step_looked_at(len(picture["inputs"]))
    _COMPONENT(key=KEY, data=picture | {"alt": alt, "at": at}, on_at_change=_look_at)
    st.caption(f"{LEGEND} {network_sentence(settings, weights)}")


def _step_looked_at(n_steps: int) -> int:
    """The time step, from 0, of these that is looked at: the last to begin with."""
    if st.session_state.get(STEP) not in (None, *range(1, n_steps + 1)):
        del st.session_state[STEP]
    knob = Knob(n_steps, "Time step of the network", "", "data", low=1, high=n_steps)
    address.link(STEP, knob)
    return int(st.session_state.get(STEP, n_steps)) - 1


def _look_at() -> None:
    """Look at the step that was gone to in the picture."""
    at = st.session_state[KEY].at
    if isinstance(at, int):
        st.session_state[STEP] = at + 1
