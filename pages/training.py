"""Training: turn the knobs, press Train, and hold the loss against the best that is possible."""

import streamlit as st

from rnnlab.presets import PRESETS
from rnnlab.ui import about, controls, frame, links, live

links.follow_preset()
top = st.container()
with st.container(horizontal=True, gap="small"):
    for preset in PRESETS.values():
        links.preset_link(preset, preset.title)

knobs, picture = st.columns([1, 2], gap="large")
with knobs:
    values = controls.training_knobs()
with picture:
    settings = controls.settings_or_sorry(values)
    if settings is not None:
        controls.train_buttons(settings, live.start)
    live.show(settings)
    if settings is not None:
        about.about(settings)
with top:
    frame.head_of(str(values["rule"]), settings)
