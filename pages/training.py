"""Training: turn the knobs, press Train, and hold the loss against the best that is possible."""

import streamlit as st

from rnnlab.presets import PRESETS
from rnnlab.ui import frame, glossary, links
from rnnlab.ui.training import about, controls, guess, live_picture, named_run, trained
from rnnlab.ui.training import run as runs

links.follow()
top = st.container()
with st.container(horizontal=True, gap="small"):
    for preset in PRESETS.values():
        links.preset_link(preset, preset.title)

knobs, picture = st.columns([1, 2], gap="large")
with knobs:
    rule_name = controls.choose_rule()
    own = controls.own_series(rule_name)
    values = controls.choose_knobs(rule_name)
with picture:
    settings = controls.make(values, own)
    if settings is not None:
        named_run.follow(settings)
        guess.ask()
        controls.show_cost(settings)
        controls.show_buttons(settings)
        runs.prepare(settings)
    live_picture.show(settings)
    trained.show()
    if settings is not None:
        about.show(settings)
with top:
    frame.head_of(rule_name, settings)
    glossary.offer(*about.WORDS)
