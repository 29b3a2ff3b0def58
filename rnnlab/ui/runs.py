"""The run that a visitor looks at: start it, stop it, go on, step by step, at another rate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from rnnlab.compute import Job, JobView
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.ui.server import job_store, viewer
from rnnlab.ui.training import guess as guesses
from rnnlab.ui.training.guess import Guess

WORK = "rnnlab.training:train"
FIRST_LOOK = 0.2
"""Seconds that a click waits for a first point, so that often the next picture has it."""


@dataclass(frozen=True)
class Run:
    """What was asked for, and the job that does it.

    `before` is what an earlier job told of the same run: on show until this one is as far.
    `guess` is what the visitor expected.
    """

    plan: Plan
    job: Job
    before: tuple[TrainingProgress, ...] = ()
    guess: Guess | None = None

    @property
    def settings(self) -> Settings:
        """The settings of the run; its learning rate may have been turned since."""
        return self.plan.settings

    def look(self) -> Look:
        """The run as it stands now."""
        view = self.job.view(viewer())
        told = tuple(event for event in view.events if isinstance(event, TrainingProgress))
        behind = self.before and (not told or told[-1].step < self.before[-1].step)
        result = view.result if isinstance(view.result, TrainingProgress) else None
        return Look(view, self.before if behind else told, result)


@dataclass(frozen=True)
class Look:
    """A run at one moment: its job, its points so far, and its result once there is one."""

    view: JobView
    progress: tuple[TrainingProgress, ...]
    result: TrainingProgress | None

    @property
    def live(self) -> bool:
        """Whether more is to come."""
        return not self.view.ended

    @property
    def step(self) -> int:
        """Updates done."""
        return self.progress[-1].step if self.progress else 0

    @property
    def complete(self) -> bool:
        """Whether every update of the settings is done."""
        return bool(self.progress) and self.step >= self.progress[-1].steps and not self.live


def on_show() -> Run | None:
    """The run that this visitor started last."""
    return cast(Run | None, st.session_state.get("run"))


def start(settings: Settings) -> None:
    """Start this run, or join it if it exists, and let go of the one on show."""
    run = on_show()
    if run is not None and run.plan == Plan(settings) and run.look().complete:
        st.toast(
            "This run is done, and the same settings give the same curve to the last digit. "
            "Turn a knob, or take another seed.",
            icon=":material/fingerprint:",
        )
    _show(Plan(settings))


def stop() -> None:
    """Let go of the run on show; it stops unless others are watching it."""
    run = on_show()
    if run is not None:
        job_store().stop(run.job, viewer())


def go_on() -> None:
    """Take up the run on show where it stopped, to its end."""
    run = on_show()
    if run is not None:
        _show(replace(run.plan, until=None), run.look().progress)


def step(settings: Settings) -> None:
    """Do one update: of the run on show, if it is of these settings, else the first."""
    run = on_show()
    if run is not None and same_run(run, settings) and run.look().complete:
        start(settings)
    elif run is not None and same_run(run, settings):
        look = run.look()
        _show(replace(run.plan, until=look.step + 1), look.progress)
    else:
        _show(Plan(settings, until=1))


def turn_rate(rate: float) -> None:
    """Go on with another learning rate from here, whether the run is going on or not."""
    run = on_show()
    if run is not None:
        progress = run.look().progress
        plan = run.plan.turned(progress[-1].step, rate) if progress else run.plan
        _show(plan, progress)


def same_run(run: Run, settings: Settings) -> bool:
    """Whether the knobs say what this run does now, its turned learning rate included."""
    rate = run.plan.rate(run.settings.updates)
    return replace(run.settings, learning_rate=rate) == settings


def _show(plan: Plan, before: tuple[TrainingProgress, ...] = ()) -> None:
    old = on_show()
    job = job_store().start(WORK, plan, viewer())
    if old is not None and old.job is not job:
        job_store().stop(old.job, viewer())
    guess = old.guess if old is not None and before else guesses.current()
    st.session_state["run"] = Run(plan, job, before, guess)
    job.wait(FIRST_LOOK)
