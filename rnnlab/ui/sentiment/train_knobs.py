"""The knobs of a training on reviews, and the buttons that start one."""

from __future__ import annotations

import streamlit as st

from rnnlab.sentiment.files.sources import Upload
from rnnlab.sentiment.review_training import ARTICLE, ReviewTraining
from rnnlab.ui.knobs import Fold, Panel
from rnnlab.ui.sentiment import review_run

OPEN = ("cell", "words", "length", "epochs")
"""The knobs that stand open; the others are folded."""

PANEL = Panel(ReviewTraining, "review_")


def chosen() -> ReviewTraining | None:
    """Draw the knobs; the settings that they make, or a sentence on why they make none."""
    PANEL.standing()
    values = PANEL.draw(OPEN, Fold("More about the training", ":material/fitness_center:"))
    return PANEL.make(values)


def buttons(settings: ReviewTraining | None, upload: Upload | None) -> None:
    """Start these settings, or the article's."""
    with st.container(horizontal=True):
        st.button(
            "Train",
            type="primary",
            icon=":material/play_arrow:",
            on_click=review_run.start,
            args=(settings, upload),
            disabled=settings is None,
            width="stretch",
            key="review_train",
        )
        st.button(
            "Train as the article does",
            icon=":material/article:",
            help="Sets every knob to the article's value, and starts.",
            on_click=start_with,
            args=(ARTICLE, upload),
            key="review_train_article",
        )
    if settings is not None:
        st.caption(cost(settings))


def cost(settings: ReviewTraining) -> str:
    """How large the network is, and about how long it will take."""
    seconds = settings.seconds
    long = (
        f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{max(10, round(seconds, -1)):.0f} s"
    )
    return (
        f"{settings.network.parameters:,} parameters · with all of IMDB's reviews about {long}, "
        "longer while others train · it stops when you leave this page"
    )


def start_with(settings: ReviewTraining, upload: Upload | None) -> None:
    """Turn the knobs to these settings, and start."""
    PANEL.turn(settings.values)
    review_run.start(settings, upload)
