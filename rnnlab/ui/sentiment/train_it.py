"""Train it yourself: a network learns from film reviews, live, and then judges the typed text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.sentiment.examples import EXAMPLES
from rnnlab.sentiment.files.reviews import MOST_BYTES_UPLOADED, MOST_REVIEWS
from rnnlab.sentiment.files.sources import VARIABLE, Upload
from rnnlab.sentiment.model import SentimentModel, shipped, shipped_names
from rnnlab.sentiment.review_training import ARTICLE, ReviewTraining
from rnnlab.sentiment.verdicts import in_words, probabilities
from rnnlab.ui.departures import PROMISE
from rnnlab.ui.knobs import Fold
from rnnlab.ui.live_run.run import snapshot_of
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment import review_run, text_box, train_live
from rnnlab.ui.sentiment.review_run import PANEL

TITLE = "Train it yourself"
ICON = ":material/model_training:"

MAIN_KNOBS = ("cell", "words", "length", "epochs")
"""The knobs that stand open; the others are folded."""

FILE, UPLOAD, SUMMARY, TROUBLE = (
    "review_file",
    "review_upload",
    "review_upload_summary",
    "review_upload_trouble",
)
"""Where the session keeps the chosen file, what came of it, and what is to be said about it."""


def draw() -> None:
    """The knobs, the live picture, and what the trained network says."""
    st.markdown(
        "Nobody tells the network what “good” means: it gets reviews and whether their writers "
        "liked the film, no more. Turn a knob, press **Train**, and watch how well it judges "
        "reviews that it never learns from."
    )
    knobs, picture = st.columns([1, 2], gap="large")
    with knobs:
        PANEL.standing()
        settings = PANEL.make(
            PANEL.draw(MAIN_KNOBS, Fold("More about the training", ":material/fitness_center:"))
        )
        upload = choose_reviews()
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
                "Waiting for what it has learnt so far. If it does not come, others go on with "
                "this very training: press Train to join them."
            )
        return
    st.subheader("Now let it judge")
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
    st.metric(f"{model.title} says", f"{probability:.0%} positive", in_words(probability),
              delta_color="off", delta_arrow="off")  # fmt: skip


def choose_reviews() -> Upload | None:
    """Say where the reviews come from, and offer to take others; the visitor's, if there are."""
    upload = cast(Upload | None, st.session_state.get(UPLOAD))
    st.caption(str(st.session_state[SUMMARY]) if upload else f"Learns from {_the_labs_own()}.")
    with st.expander("Reviews of your own", icon=":material/upload_file:"):
        st.file_uploader(
            f"A CSV or TSV file, at most {MOST_BYTES_UPLOADED / 1e6:.0f} MB unpacked",
            type=["csv", "tsv", "txt", "gz"],
            key=FILE,
            on_change=_read,
            help=f"At most {MOST_REVIEWS:,} reviews. {PROMISE}",
        )
        st.caption(
            "The first line names the columns text and label; labels are 1 or 0, positive or "
            "negative. One review a line."
        )
        if st.session_state.get(TROUBLE):
            st.warning(
                escape_markdown(str(st.session_state[TROUBLE])), icon=":material/upload_file:"
            )
        if upload:
            st.button("Use the film reviews again", icon=":material/undo:", on_click=_forget)
    return upload


def _the_labs_own() -> str:
    path = os.environ.get(VARIABLE, "").strip()
    if path:
        return f"the reviews of “{escape_markdown(Path(path).name)}”, which this server has"
    return (
        "IMDB's 25,000 film reviews of Maas et al. (2011), which Keras downloads once (17 MB) and "
        "keeps"
    )


def _read() -> None:
    """Take in a file that was just chosen; one that cannot be used leaves what was there."""
    st.session_state[TROUBLE] = None
    file = st.session_state.get(FILE)
    if file is None:
        return
    try:
        upload = Upload.of(file.getvalue(), file.name)
        reviews = upload.reviews
    except LabError as error:
        st.session_state[TROUBLE] = str(error)
        return
    notices = "".join(f" {notice}" for notice in reviews.notices)
    st.session_state[UPLOAD] = upload
    st.session_state[SUMMARY] = escape_markdown(
        f"Learns from your “{upload.name}”: {len(reviews):,} reviews, {sum(reviews.labels):,} of "
        f"them positive.{notices}"
    )


def _forget() -> None:
    st.session_state[UPLOAD] = st.session_state[TROUBLE] = None
