"""The runs on words that a visitor started, one for each text; and whose words are on show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from rnnlab.compute import Job, JobView
from rnnlab.language import stored
from rnnlab.language.corpus import Corpus
from rnnlab.language.model import LanguageModel
from rnnlab.language.progress import LanguageProgress
from rnnlab.language.settings import WordSettings
from rnnlab.language.tokenizer import WORDS
from rnnlab.ui.server import job_store, viewer

WORK = "rnnlab.training.language:train"
FIRST_LOOK = 0.2
RUNS = "next_runs"
MOST_RUNS = 4
"""Texts whose last run a session keeps."""


@dataclass(frozen=True)
class Look:
    """A run at one moment."""

    settings: WordSettings
    view: JobView
    progress: tuple[LanguageProgress, ...]

    @property
    def live(self) -> bool:
        """Whether more is to come."""
        return not self.view.ended

    @property
    def model(self) -> LanguageModel | None:
        """The network at its best so far, as far as its weights have come here."""
        for one in reversed(self.progress):
            if one.weights is not None:
                return LanguageModel(
                    self.settings.network(len(one.weights["dense_bias"])), one.weights
                )
        return None


@dataclass(frozen=True)
class Shown:
    """All that the parts of the page draw from: a text, and who says what comes next in it."""

    settings: WordSettings
    corpus: Corpus
    model: LanguageModel | None
    whose: str

    @property
    def unit(self) -> str:
        """Whether words or characters are read."""
        return WORDS if self.settings.text is None else self.settings.text.unit


def look(settings: WordSettings) -> Look | None:
    """The run on this text that was started last, as it stands now."""
    found = _runs().get(_key(settings))
    if found is None:
        return None
    run, job = found
    view = job.view(viewer())
    told = [one for one in view.events if isinstance(one, LanguageProgress)]
    if isinstance(view.result, LanguageProgress):
        told = [one for one in told if one.step < view.result.step] + [view.result]
    return Look(run, view, tuple(told))


def shown(settings: WordSettings) -> Shown:
    """The network that was trained here on this text, else the one that travels with the lab."""
    seen = look(settings)
    model = None if seen is None else seen.model
    if seen is not None and model is not None:
        last = seen.progress[-1]
        whose = f"your {_named(seen.settings)}, after {last.epochs_done:.3g} passes"
        return Shown(settings, settings.data, model, whose)
    if settings.text is None:
        made, model = stored.shipped(settings.corpus)
        return Shown(settings, settings.data, model, f"the lab's own {_named(made)}")
    return Shown(settings, settings.data, None, "")


def start(settings: WordSettings) -> None:
    """Start this run, or join it if it exists; the one before it on this text is let go."""
    runs, key = _runs(), _key(settings)
    job = job_store().start(WORK, settings, viewer())
    before = runs.pop(key, None)
    if before is not None and before[1] is not job:
        job_store().stop(before[1], viewer())
    runs[key] = settings, job
    while len(runs) > MOST_RUNS:
        del runs[next(iter(runs))]
    job.wait(FIRST_LOOK)


def stop(settings: WordSettings) -> None:
    """Let go of the run on this text."""
    found = _runs().get(_key(settings))
    if found is not None:
        job_store().stop(found[1], viewer())


def _named(settings: WordSettings) -> str:
    title = settings.network(2).kind.title
    return f"{title} of {settings.units} units"


def _key(settings: WordSettings) -> object:
    """One run for each text: a grammar has the same dictionary whatever it has said."""
    return settings.corpus, settings.text


def _runs() -> dict[object, tuple[WordSettings, Job]]:
    return cast("dict[object, tuple[WordSettings, Job]]", st.session_state.setdefault(RUNS, {}))
