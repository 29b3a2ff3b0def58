"""Training: turn the knobs, press Train, and hold the loss against the best that is possible."""

import streamlit as st

from rnnlab.ui import frame, glossary, lessons, links
from rnnlab.ui.class_board import sheet_offer
from rnnlab.ui.training import (
    about,
    answer,
    controls,
    guess,
    live_picture,
    named_run,
    strip,
    trained,
)
from rnnlab.ui.training import run as runs

links.follow()
top = st.container()
start = st.container(horizontal=True, vertical_alignment="bottom")
expected = st.container()
picture, knobs = st.columns([3, 1], gap="medium")
with knobs, st.container(key="knobs"):
    rule_name = controls.choose_rule()
    own = controls.own_series(rule_name)
    values = controls.choose_knobs(rule_name)
with start:
    settings = controls.make(values, own)
with top, frame.head_of(rule_name, settings):  # before what can be clicked, which it moves down
    if lessons.current() is None:
        links.preset_menu(settings)
    glossary.offer(*about.WORDS)
with start:
    if settings is not None:
        named_run.follow(settings)
        guess.ask(settings)
        controls.show_buttons(settings)
        guess.offer_answer(settings)
        controls.show_cost(settings)
        runs.prepare(settings)
with expected:
    if settings is not None:
        answer.expected(settings)
with picture:
    live_picture.show(settings)
if lessons.shows("strip"):
    strip.show(settings)
if lessons.shows("views"):
    trained.show()
sheet_offer.show()
if settings is not None and lessons.shows("about"):
    about.show(settings)
