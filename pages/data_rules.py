"""Data rules: see what there is to learn, and what can be known of it, before any network does."""

import streamlit as st

from rnnlab.ui import frame, links
from rnnlab.ui.choices import choose_part
from rnnlab.ui.data import controls, cut, download, game, known, series

links.follow()
frame.head(
    "What can be known?",
    "Each target below follows from the inputs before it: by a rule, by chance, or by both. Find "
    "out which, and how well anyone could guess the next one, before any network tries.",
)
part = choose_part([series, cut, known, game, download], "look")
picture, knobs = st.columns([3, 1], gap="medium")
with knobs, st.container(key="knobs"):  # on a phone they stand below the picture
    settings = controls.chosen()
if settings is not None:
    with picture:
        if part is not game or game.may_tell_the_rule(settings):
            st.markdown(settings.data.description)
        controls.own_rule_summary(settings)
        part.draw(settings)
