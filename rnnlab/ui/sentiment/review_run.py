"""The training on reviews that a visitor looks at: start it, stop it, and what it has made."""

from __future__ import annotations

from typing import TypeAlias, cast

import streamlit as st

from rnnlab.cells import cell
from rnnlab.sentiment.files.sources import Upload
from rnnlab.sentiment.learning import ReviewProgress, ReviewTask
from rnnlab.sentiment.model import Reader, SentimentModel
from rnnlab.sentiment.review_training import ReviewTraining
from rnnlab.ui.live_run.run import LiveRun, Snapshot

WORK = "rnnlab.training.reviews:train_reviews"
KEY = "review_run"
"""Where the session keeps the training on show."""

ReviewRun: TypeAlias = LiveRun[ReviewTask, ReviewProgress]
ReviewSnapshot: TypeAlias = Snapshot[ReviewProgress]


def on_show() -> ReviewRun | None:
    """The training that this visitor started last."""
    return cast("ReviewRun | None", st.session_state.get(KEY))


def start(settings: ReviewTraining, upload: Upload | None) -> None:
    """Start this training, or join it if it exists, and let go of the one on show."""
    st.session_state[KEY] = LiveRun.begin(
        WORK, ReviewProgress, ReviewTask(settings, upload), instead_of=on_show()
    )


def stop() -> None:
    """Let go of the training on show; it stops unless others are watching it."""
    run = on_show()
    if run is not None:
        run.stop()


def trained() -> SentimentModel | None:
    """The visitor's own network as far as it is trained, or None while there is none at rest."""
    run = on_show()
    last = run.snapshot().last if run is not None else None
    if run is None or last is None or not last.weights:
        return None
    s = run.task.settings
    return SentimentModel(
        "yours",
        "Yours",
        f"{cell(s.cell).title}({s.units}) on {s.words:,} words, {s.length} of each review, as you "
        "trained it.",
        (Reader(s.network, last.weights),),
        most_words=s.length,
        padded_to=s.length,
    )
