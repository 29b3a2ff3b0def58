"""Training: turn the knobs, press Train, and hold the loss against the best that is possible."""

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.presets import PRESETS, preset_for
from rnnlab.settings import Settings
from rnnlab.ui import controls, frame, links, live

links.follow_preset()
head = st.container()
with st.container(horizontal=True):
    for preset in PRESETS.values():
        links.preset_link(preset, preset.title)

knobs, picture = st.columns([1, 2], gap="large")
with knobs:
    values = controls.training_knobs()
with picture:
    try:
        settings = Settings.of(values)
    except LabError as error:
        st.warning(str(error))
        st.stop()
    st.button(
        "Train",
        type="primary",
        icon=":material/play_arrow:",
        on_click=live.start,
        args=(settings,),
        width="stretch",
    )
    live.show(settings)

with head:
    known = preset_for(settings)
    frame.head(
        known.question if known else "What can this network learn?",
        known.expect if known else "Turn the knobs and see whether theory is right.",
    )
