"""Train it yourself: a network learns from film reviews, live, and then judges the typed text."""

from __future__ import annotations

import streamlit as st

from rnnlab.sentiment.examples import EXAMPLES
from rnnlab.sentiment.files.sources import Upload
from rnnlab.sentiment.model import SentimentModel, shipped, shipped_names
from rnnlab.sentiment.review_training import ARTICLE, ReviewTraining
from rnnlab.sentiment.verdicts import in_percent, in_words, probabilities
from rnnlab.ui.knobs import Fold
from rnnlab.ui.live_run.run import snapshot_of
from rnnlab.ui.sentiment import own_reviews, review_run, text_box, train_live
from rnnlab.ui.sentiment.review_run import PANEL

TITLE = "Train it yourself"
ICON = ":material/model_training:"
WORDS = (
    "accuracy",
    "embedding",
    "epoch",
    "held out",
    "learning rate",
    "learnt by heart",
    "loss",
    "overfitting",
    "parameter",
    "unit",
    "update",
    "validation",
)

MAIN_KNOBS = ("cell", "words", "length", "epochs")
"""The knobs that stand open; the others are folded."""


def draw() -> None:
    """The knobs, the live picture, and what the trained network says."""
    st.markdown(
        "Nobody tells the network what “good” means. It only gets reviews, and whether their "
        "writers liked the film. Turn a knob, press **Train**, and watch how well it judges "
        "reviews that it never learns from."
    )
    knobs, picture = st.columns([1, 2], gap="large")
    with knobs:
        PANEL.standing()
        settings = PANEL.make(
            PANEL.draw(MAIN_KNOBS, Fold("More about the training", ":material/fitness_center:"))
        )
        upload = own_reviews.choose()
    with picture:
        _buttons(settings, upload)
        train_live.show(settings)
        _verdicts()


def _buttons(settings: ReviewTraining | None, upload: Upload | None) -> None:
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
            on_click=review_run.start_with,
            args=(ARTICLE, upload),
            key="review_train_article",
        )
    if settings is not None:
        st.caption(_cost(settings))


def _cost(settings: ReviewTraining) -> str:
    """How large the network is, and about how long it will take."""
    seconds = settings.seconds
    long = (
        f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{max(10, round(seconds, -1)):.0f} s"
    )
    return (
        f"{settings.network.parameters:,} parameters · with all of IMDB's reviews about {long}, "
        "longer while others train · it stops when you leave this page"
    )


def _verdicts() -> None:
    """What the trained network, and others, say of a text; nothing before there is one."""
    own, snapshot = review_run.trained(), snapshot_of(review_run.SLOT.on_show())
    if own is None:
        if snapshot.state == "stopped" and snapshot.progress:
            st.caption(
                "Waiting for what it has learnt so far. If nothing comes, others are going on "
                "with this same training: press Train to join them."
            )
        return
    st.header("Now let it judge")
    text = st.text_area(
        "A review of yours",
        value=EXAMPLES[1].text,
        height=130,
        key=text_box.KEY,
        persist_state="session",
        help="The text that you typed under “Your review”; change it here or there.",
    )
    if not (text or "").strip():
        st.caption("Write a sentence about a film.")
        return
    with st.grid(3, min_column_width=140):
        for model in (own, *_others()):
            _verdict(model, text or "")
    st.caption(f"{own.title}: {own.sentence}")


def _others() -> list[SentimentModel]:
    """The article's network, and the strongest that there is."""
    names = shipped_names()
    return [shipped(name) for name in dict.fromkeys(("article", *names[:1])) if name in names]


def _verdict(model: SentimentModel, text: str) -> None:
    probability = float(probabilities(model, [text])[0])
    st.metric(f"{model.title} says", in_percent(probability), in_words(probability),
              delta_color="off", delta_arrow="off")  # fmt: skip
