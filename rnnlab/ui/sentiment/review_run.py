"""The training on reviews that a visitor looks at, and the model that it has made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rnnlab.cells import cell
from rnnlab.sentiment.files.sources import Upload
from rnnlab.sentiment.model import Reader, SentimentModel
from rnnlab.sentiment.review_training import ReviewProgress, ReviewTask, ReviewTraining
from rnnlab.ui.knobs import Panel
from rnnlab.ui.live_run import run_before
from rnnlab.ui.live_run.named import NamedRun
from rnnlab.ui.live_run.run import LiveRun, RunSlot, Snapshot

SLOT = RunSlot[ReviewTask, ReviewProgress](
    "review_run", "rnnlab.training.reviews:train_reviews", ReviewProgress
)

TO, END = "to", "end"

PANEL = Panel(ReviewTraining, "review_")

ReviewRun: TypeAlias = LiveRun[ReviewTask, ReviewProgress]
ReviewSnapshot: TypeAlias = Snapshot[ReviewProgress]


def start(settings: ReviewTraining, upload: Upload | None) -> None:
    """Start this training, on the visitor's reviews or on the lab's own."""
    task = ReviewTask(settings, upload)
    run_before.keep(SLOT, task)
    SLOT.start(task)


def start_with(settings: ReviewTraining, upload: Upload | None) -> None:
    """Turn the knobs to these settings, and start."""
    PANEL.turn(settings.values)
    start(settings, upload)


@dataclass(frozen=True)
class _NamedReviewRun(NamedRun[ReviewTask, ReviewProgress]):
    """A run on the lab's reviews is named by its knobs; a stopped one is not begun anew."""

    def tasks(self, words: Mapping[str, str]) -> tuple[ReviewTask, ...] | None:
        if words.get(TO) != END:
            return None
        query = {key: text for key, text in words.items() if key != TO}
        return (ReviewTask(ReviewTraining.of(ReviewTraining.read(query))),)

    def words(self, run: ReviewRun) -> Mapping[str, str]:
        snapshot = run.snapshot()
        fresh = snapshot.live or snapshot.complete
        to = END if fresh and run.task.upload is None else str(snapshot.step)
        return {TO: to} | run.task.settings.to_query()


def follow() -> None:
    """Show the run that the address names, where somebody arrives, and name the one on show."""
    _NamedReviewRun("review_run", SLOT).follow()


def trained() -> SentimentModel | None:
    """The visitor's own network as far as it is trained, or None while there is none at rest."""
    run = SLOT.on_show()
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
