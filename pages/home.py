"""Home: what the lab is, and the questions it answers."""

import streamlit as st

from rnnlab.presets import PRESETS
from rnnlab.ui import frame, links

frame.head(
    "What can a network remember?",
    "A recurrent network reads one bit after another and keeps a few numbers in mind.",
)
for preset in PRESETS.values():
    with st.container(border=True):
        links.preset_link(preset, preset.question)
        st.caption(preset.claim)
