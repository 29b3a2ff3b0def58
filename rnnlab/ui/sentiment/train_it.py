"""Train it yourself: a network learns from film reviews, live, and then judges the typed text."""

from __future__ import annotations

import streamlit as st

from rnnlab.ui.sentiment import review_source, train_knobs, train_live, use_it

TITLE = "Train it yourself"
ICON = ":material/model_training:"


def draw() -> None:
    """The knobs, the live picture, and what the trained network says."""
    st.markdown(
        "Nobody tells the network what “good” means: it gets reviews and whether their writers "
        "liked the film, no more. Turn a knob, press **Train**, and watch how well it judges "
        "reviews that it never learns from."
    )
    knobs, picture = st.columns([1, 2], gap="large")
    with knobs:
        settings = train_knobs.chosen()
        upload = review_source.choose()
    with picture:
        train_knobs.buttons(settings, upload)
        train_live.show(settings)
        use_it.show()
