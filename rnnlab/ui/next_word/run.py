"""The runs on a language that a visitor started, one for each text; and whose words are on show."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeAlias, cast

import streamlit as st

from rnnlab.language.corpus import Corpus
from rnnlab.language.model import LanguageModel, shipped
from rnnlab.language.progress import LanguageProgress
from rnnlab.language.settings import WordSettings
from rnnlab.language.tokenizer import WORDS
from rnnlab.ui.live_run.run import LiveRun, Snapshot, snapshot_of
from rnnlab.ui.live_run.watching import watch_run

WORK = "rnnlab.training.language:train"
RUNS = "next_runs"
MAX_RUNS = 4
"""Texts whose last run a session keeps."""

TICK_BESIDE = 2.0
"""Seconds between two looks from another part: a run that nobody looks at is stopped."""

LanguageRun: TypeAlias = LiveRun[WordSettings, LanguageProgress]
LanguageSnapshot: TypeAlias = Snapshot[LanguageProgress]


@dataclass(frozen=True)
class NextWordView:
    """All that the parts of the page draw from: a text, and who says what comes next in it."""

    settings: WordSettings
    corpus: Corpus
    model: LanguageModel | None
    whose: str

    @property
    def unit(self) -> str:
        """Whether words or characters are read."""
        return WORDS if self.settings.text is None else self.settings.text.unit


def on_show(settings: WordSettings) -> LanguageRun | None:
    """The run on this text that was started last."""
    return _runs().get(_text(settings))


def start(settings: WordSettings) -> None:
    """Start this run, or join it if it exists; the one before it on this text is let go."""
    runs, text = _runs(), _text(settings)
    runs[text] = LiveRun.begin(WORK, LanguageProgress, settings, instead_of=runs.pop(text, None))
    while len(runs) > MAX_RUNS:
        del runs[next(iter(runs))]


def stop(settings: WordSettings) -> None:
    """Let go of the run on this text."""
    run = on_show(settings)
    if run is not None:
        run.stop()


def view_of(settings: WordSettings) -> NextWordView:
    """The network that was trained here on this text, else the one that travels with the lab."""
    run = on_show(settings)
    snapshot = snapshot_of(run)
    model = None if run is None else _model(run.task, snapshot)
    if run is not None and model is not None and snapshot.last is not None:
        whose = f"your {_named(run.task)}, after {snapshot.last.epochs_done:.3g} passes"
        return NextWordView(settings, settings.data, model, whose)
    if settings.text is None:
        made_by, model = shipped(settings.corpus)
        return NextWordView(settings, settings.data, model, f"the lab's own {_named(made_by)}")
    return NextWordView(settings, settings.data, None, "")


def keep_going(view: NextWordView) -> None:
    """A line about whose words are on show; looking keeps a run going from every part."""

    def draw(run: LanguageRun | None, snapshot: LanguageSnapshot) -> None:
        sentences = [f"You are reading with {view.whose}."] if view.whose else []
        if run is not None and snapshot.live:
            last = snapshot.last
            where = f" (pass {max(1, last.epoch)} of {run.task.epochs})" if last else ""
            sentences.append(f"Your network is being trained{where}, whichever part you look at.")
        if sentences:
            st.caption(" ".join(sentences))

    watch_run(lambda: on_show(view.settings), draw, tick=TICK_BESIDE)


def _model(settings: WordSettings, snapshot: LanguageSnapshot) -> LanguageModel | None:
    """The network at its best so far, as far as its weights have come here."""
    weights = [report.weights for report in snapshot.progress if report.weights is not None]
    if not weights:
        return None
    return LanguageModel(settings.network(len(weights[-1]["dense_bias"])), weights[-1])


def _named(settings: WordSettings) -> str:
    title = settings.network(2).cell_type.title
    return f"{title} of {settings.units} units"


def _text(settings: WordSettings) -> Hashable:
    """One run for each text: a grammar has the same dictionary whatever it has said."""
    return settings.corpus, settings.text


def _runs() -> dict[Hashable, LanguageRun]:
    return cast("dict[Hashable, LanguageRun]", st.session_state.setdefault(RUNS, {}))
