"""An effect beside its cause: on a wide screen at its right, on a phone right below it."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

KEY = "beside"
"""How the container is called in `frame.css`, which places the three."""


class Places(NamedTuple):
    """What is done, what comes of it, and more to do, which on a phone stands last."""

    cause: DeltaGenerator
    effect: DeltaGenerator
    more: DeltaGenerator


def places() -> Places:
    """The three places; at most once on a page."""
    with st.container(key=KEY):
        return Places(st.container(), st.container(), st.container())
