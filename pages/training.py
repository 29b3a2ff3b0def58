"""Training: turn the knobs, press Train, and hold the loss against the best that is possible."""

import streamlit as st

from rnnlab.presets import PRESETS
from rnnlab.ui import about, after, controls, cost, frame, guess, links, live, upload

links.follow()
top = st.container()
with st.container(horizontal=True, gap="small"):
    for preset in PRESETS.values():
        links.preset_link(preset, preset.title)

knobs, picture = st.columns([1, 2], gap="large")
with knobs:
    rule_name = controls.choose_rule()
    own = upload.own_series(rule_name)
    values = controls.training_knobs(rule_name)
with picture:
    settings = controls.settings_or_sorry(values, own)
    if settings is not None:
        guess.ask()
        cost.show(settings)
        controls.train_buttons(settings)
    live.show(settings)
    after.show()
    if settings is not None:
        about.about(settings)
with top:
    frame.head_of(rule_name, settings)
