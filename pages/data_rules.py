"""Data rules: see what there is to learn, and what can be known of it, before any network does."""

import streamlit as st

from rnnlab.ui import frame, links
from rnnlab.ui.choices import choose_part
from rnnlab.ui.data import controls, cut, game, known, series, take_away

links.follow()
frame.head(
    "What can be known?",
    "Look at the data before any network does, and find out how good anything could be.",
)
settings = controls.chosen()
if settings is not None:
    st.markdown(settings.data.description)
    controls.own_rule_summary(settings)
    choose_part([series, cut, known, game, take_away], "look").draw(settings)
