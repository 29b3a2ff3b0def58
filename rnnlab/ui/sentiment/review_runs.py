"""The training on reviews that a visitor looks at: start it, stop it, see how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from rnnlab.cells import cell
from rnnlab.compute import Job, JobView
from rnnlab.sentiment.files.sources import Loading, Upload
from rnnlab.sentiment.learning import Curves, ReviewProgress, ReviewsRead, ReviewTask
from rnnlab.sentiment.model import Reader, SentimentModel
from rnnlab.sentiment.review_training import ReviewTraining
from rnnlab.ui.server import job_store, viewer

WORK = "rnnlab.training.reviews:train_reviews"
KEY = "review_run"
"""Where the session keeps the training on show."""


@dataclass(frozen=True)
class ReviewLook:
    """A training at one moment: its job, what it told, and the weights once there are any."""

    view: JobView
    told: tuple[ReviewProgress, ...]
    gathered: ReviewsRead | None
    doing: str
    result: ReviewProgress | None

    @property
    def live(self) -> bool:
        """Whether more is to come."""
        return not self.view.ended

    @property
    def awaited(self) -> bool:
        """Whether it was stopped and its weights may still be on their way."""
        return self.view.state == "stopped" and bool(self.told) and self.result is None

    @property
    def complete(self) -> bool:
        """Whether every update is done."""
        return bool(self.told) and self.told[-1].step == self.told[-1].steps and not self.live

    @property
    def curves(self) -> Curves:
        """The epochs that are done."""
        return Curves.of(self.told)


@dataclass(frozen=True)
class ReviewRun:
    """What was asked for, and the job that does it."""

    task: ReviewTask
    job: Job

    @property
    def settings(self) -> ReviewTraining:
        """How it learns."""
        return self.task.settings

    def look(self) -> ReviewLook:
        """The training as it stands now."""
        view = self.job.view(viewer())
        told = tuple(one for one in view.events if isinstance(one, ReviewProgress))
        gathered = next((one for one in view.events if isinstance(one, ReviewsRead)), None)
        doing = [one.doing for one in view.events if isinstance(one, Loading)]
        result = view.result if isinstance(view.result, ReviewProgress) else None
        return ReviewLook(view, told, gathered, doing[-1] if doing else "", result)


def on_show() -> ReviewRun | None:
    """The training that this visitor started last."""
    return cast(ReviewRun | None, st.session_state.get(KEY))


def start(settings: ReviewTraining, upload: Upload | None) -> None:
    """Start this training, or join it if it exists, and let go of the one on show."""
    task, old = ReviewTask(settings, upload), on_show()
    job = job_store().start(WORK, task, viewer())
    if old is not None and old.job is not job:
        job_store().stop(old.job, viewer())
    st.session_state[KEY] = ReviewRun(task, job)


def stop() -> None:
    """Let go of the training on show; it stops unless others are watching it."""
    run = on_show()
    if run is not None:
        job_store().stop(run.job, viewer())


def trained() -> SentimentModel | None:
    """The visitor's own network as far as it is trained, or None while there is none at rest."""
    run = on_show()
    look = run.look() if run is not None else None
    if run is None or look is None or look.result is None or not look.result.weights:
        return None
    s = run.settings
    return SentimentModel(
        "yours",
        "Yours",
        f"{cell(s.cell).title}({s.units}) on {s.words:,} words, {s.length} of each review, as you "
        "trained it.",
        (Reader(s.network, look.result.weights),),
        most_words=s.length,
        padded_to=s.length,
    )
