"""What a run will cost: numbers to learn, updates, and about how long."""

from __future__ import annotations

from collections import deque
from statistics import median

import streamlit as st

from rnnlab.settings import Settings, limits

RUNS = 20


@st.cache_resource(show_spinner=False)
def _ratios() -> deque[float]:
    """Measured time by expected time of this server's latest runs."""
    return deque(maxlen=RUNS)


def note(settings: Settings, seconds: float) -> None:
    """Remember how long a run took, so that the next one is judged better."""
    _ratios().append(seconds / limits.seconds(settings))


def show(settings: Settings) -> None:
    """One line before the button."""
    networks = f"{settings.networks} networks of " if settings.networks > 1 else ""
    st.caption(
        f"{networks}{settings.network.parameters:,} parameters · {settings.updates:,} updates · "
        f"about {_words(limits.seconds(settings) * median(_ratios() or [1.0]))}"
    )


def _words(seconds: float) -> str:
    if seconds < 10:
        return f"{max(1, round(seconds))} s"
    if seconds < 90:
        return f"{round(seconds, -1):.0f} s"
    return f"{seconds / 60:.0f} minutes"
