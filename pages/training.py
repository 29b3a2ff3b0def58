"""Training: turn the knobs, press Train, and hold the loss against the best that is possible."""

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from rnnlab.ui import about, controls, frame, links, live

links.follow_preset()
top = st.container()
with st.container(horizontal=True, gap="small"):
    for preset in PRESETS.values():
        links.preset_link(preset, preset.title)

knobs, picture = st.columns([1, 2], gap="large")
with knobs:
    values = controls.training_knobs()

try:
    settings = Settings.of(values)
except LabError as error:
    with picture:
        st.warning(str(error), icon=":material/tune:")
    st.stop()

with top:
    frame.head_of(settings)
with picture:
    controls.train_buttons(settings, live.start)
    live.show(settings)
    about.about(settings)
