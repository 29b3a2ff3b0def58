"""The runs on a language that a visitor started, one for each text; and whose words are on show."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

import streamlit as st

from rnnlab.language.corpus import Corpus
from rnnlab.language.model import LanguageModel, shipped
from rnnlab.language.settings import LanguageProgress, LanguageSettings
from rnnlab.language.tokenizer import WORDS
from rnnlab.ui import lessons
from rnnlab.ui.live_run import run_before
from rnnlab.ui.live_run.named import NamedRun
from rnnlab.ui.live_run.run import LiveRun, RunSlot, Snapshot, snapshot_of
from rnnlab.ui.live_run.stream import Feed
from rnnlab.ui.live_run.watching import stage, ticker, watch_run

RUNS = "next_runs"
TO, END = "to", "end"
MAX_RUNS = 4
"""Texts whose last run a session keeps."""

LanguageRun: TypeAlias = LiveRun[LanguageSettings, LanguageProgress]
LanguageSnapshot: TypeAlias = Snapshot[LanguageProgress]


@dataclass(frozen=True)
class NextWordView:
    """All that the parts of the page draw from: a text, and who says what comes next in it."""

    settings: LanguageSettings
    corpus: Corpus
    model: LanguageModel | None
    whose: str

    @property
    def unit(self) -> str:
        """Whether words or characters are read."""
        return WORDS if self.settings.text is None else self.settings.text.unit


def slot(settings: LanguageSettings) -> RunSlot[LanguageSettings, LanguageProgress]:
    """The run on this text: a grammar has the same dictionary whatever it has said."""
    text = settings.corpus, settings.text
    return RunSlot(text, "rnnlab.training.language:train", LanguageProgress, _runs)


def start(settings: LanguageSettings) -> None:
    """Start this run; of the texts whose last run is kept, those that were read longest ago go."""
    run_before.keep(slot(settings), settings)
    slot(settings).start(settings)
    lessons.note_result()
    runs = _runs()
    while len(runs) > MAX_RUNS:
        del runs[next(iter(runs))]


@dataclass(frozen=True)
class _NamedLanguageRun(NamedRun[LanguageSettings, LanguageProgress]):
    """The address names what the run's knobs were; one that was stopped is not begun anew."""

    settings: LanguageSettings

    def tasks(self, words: Mapping[str, str]) -> tuple[LanguageSettings, ...] | None:
        if words.get(TO) != END:
            return None
        others = {key: text for key, text in words.items() if key != TO}
        values = LanguageSettings.read({"corpus": self.settings.corpus, **others})
        return (LanguageSettings.of(values, text=self.settings.text),)

    def words(self, run: LanguageRun) -> Mapping[str, str]:
        snapshot = run.snapshot()
        to = END if snapshot.live or snapshot.complete else str(snapshot.step)
        return {TO: to} | run.task.to_query()


def follow(settings: LanguageSettings) -> None:
    """Show the run on this text that the address names, and name the one on show."""
    _NamedLanguageRun("word_run", slot(settings), settings).follow()


def view_of(settings: LanguageSettings) -> NextWordView:
    """The network that was trained here on this text, else the one that travels with the lab."""
    run = slot(settings).on_show()
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
    """A line about whose words are on show, and how far the run is, whichever part is open."""

    def draw(
        run: LanguageRun | None, snapshot: LanguageSnapshot, feed: Feed[LanguageProgress] | None
    ) -> None:
        sentences = [f"You are reading with {view.whose}."] if view.whose else []
        if run is not None and snapshot.live:
            last = snapshot.last
            where = f" (pass {max(1, last.epoch)} of {run.task.epochs})" if last else ""
            sentences.append(f"Your network is being trained{where}, whichever part you look at.")
        if sentences:
            st.caption(" ".join(sentences))
        if stage(snapshot):
            ticker(feed)

    watch_run(slot(view.settings), draw)


def _model(settings: LanguageSettings, snapshot: LanguageSnapshot) -> LanguageModel | None:
    """The network at its best so far, as far as its weights have come here."""
    weights = [report.weights for report in snapshot.progress if report.weights is not None]
    if not weights:
        return None
    return LanguageModel(settings.network(len(weights[-1]["dense_bias"])), weights[-1])


def _named(settings: LanguageSettings) -> str:
    title = settings.network(2).cell_type.title
    return f"{title} of {settings.units} units"


def _runs() -> dict[Hashable, LanguageRun]:
    return cast("dict[Hashable, LanguageRun]", st.session_state.setdefault(RUNS, {}))
