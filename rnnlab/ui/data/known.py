"""What can be known: every chance counted, the staircase of best losses, and why they are so."""

from __future__ import annotations

import streamlit as st

from rnnlab.rules import BitRule
from rnnlab.settings import Settings
from rnnlab.survey.two_readings import NAMES
from rnnlab.ui.data import counted, readings, simpler, stairs

TITLE = "What can be known"
ICON = ":material/stairs:"


def draw(settings: Settings) -> None:
    """Chances and stairs for a rule on bits; for one on numbers, what simpler ways reach."""
    if not isinstance(settings.data, BitRule):
        simpler.draw(settings)
        return
    st.subheader("How likely is a 1?")
    st.fragment(counted.draw)(settings)
    st.subheader("How low can a loss go?")
    st.fragment(stairs.draw)(settings)
    if settings.rule in NAMES:
        st.subheader("One article, two rules")
        readings.draw(settings)
