"""The run that a visitor looks at: start it, go on, step by step, at another rate; its moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, cast

import streamlit as st

from rnnlab.cells.cell import Weights
from rnnlab.presets import preset_for
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.ui import address, cover, lessons
from rnnlab.ui.live_run.run import LiveRun, RunSlot, Snapshot
from rnnlab.ui.server import job_store, viewer
from rnnlab.ui.training import guess as guesses
from rnnlab.ui.training import kept_runs
from rnnlab.ui.training.guess import Guess

SLOT = RunSlot[Plan, TrainingProgress]("run", "rnnlab.training:train", TrainingProgress)
GUESS = "guess_of_run"
"""Where the session keeps what the visitor expected of the run on show."""

TrainingRun: TypeAlias = LiveRun[Plan, TrainingProgress]
TrainingSnapshot: TypeAlias = Snapshot[TrainingProgress]


@dataclass(frozen=True, eq=False)
class Moment:
    """A network at one moment of its training: what every view is given.

    It is the first network of a run: its `weights` after `step` updates, and `first` before any.
    `progress` are all points of the run; the last one has the whole history as soon as it is there.
    `path` are the weights of every moment that can be looked at, by the number of updates done.
    """

    plan: Plan
    first: Weights
    weights: Weights
    step: int
    progress: tuple[TrainingProgress, ...]
    path: Mapping[int, Weights]

    @property
    def settings(self) -> Settings:
        """The settings of the run."""
        return self.plan.settings


def guess() -> Guess | None:
    """What the visitor expected of the run on show."""
    return cast("Guess | None", st.session_state.get(GUESS))


def start(settings: Settings) -> None:
    """Start this run, or join it if it exists, and let go of the one on show."""
    run = SLOT.on_show()
    if run is not None and run.task == Plan(settings) and run.snapshot().complete:
        luck = ", or press “With other luck”" if address.can_turn("seed") else ""
        st.toast(
            "This run is done. The same settings would give the same curve to the last digit: "
            f"turn a knob{luck}.",
            icon=":material/fingerprint:",
        )
    _begin(Plan(settings))


def prepare(settings: Settings) -> None:
    """Have the network compiled that the knobs ask for, while the visitor still looks at them."""
    run = SLOT.on_show()
    if run is None or run.task.settings != settings:
        job_store().prepare(SLOT.work, Plan(settings), viewer())


def go_on() -> None:
    """Take up the run on show where it stopped, to its end."""
    run = SLOT.on_show()
    if run is not None:
        _begin(replace(run.task, until=None), run.snapshot().progress)


def step(settings: Settings) -> None:
    """Do one update: of the run on show, if it is of these settings, else the first."""
    run = SLOT.on_show()
    snapshot = run.snapshot() if run is not None and settings_now(run) == settings else None
    if run is None or snapshot is None:
        _begin(Plan(settings, until=1))
    elif snapshot.complete:
        start(settings)
    else:
        _begin(replace(run.task, until=snapshot.step + 1), snapshot.progress)


def turn_rate(rate: float) -> None:
    """Go on with another learning rate from here, whether the run is going on or not."""
    run = SLOT.on_show()
    if run is not None and run.snapshot().progress:
        run.replaced.set()  # its stream tells of nothing after the point that is read now
        progress = run.snapshot().progress
        _begin(run.task.turned(progress[-1].step, rate), progress)


def settings_now(run: TrainingRun) -> Settings:
    """What the knobs say when they say what this run does: with the learning rate of its end."""
    settings = run.task.settings
    return replace(settings, learning_rate=run.task.rate(settings.updates))


def is_of_the_knobs(run: TrainingRun) -> bool:
    """Whether the knobs on the page say what this run does."""
    settings = settings_now(run)
    standing = {n: st.session_state.get(k.url_name or n) for n, k in settings.open_knobs.items()}
    return all(standing[name] in (None, value) for name, value in settings.values.items())


def _differ_by_luck(run: TrainingRun, plan: Plan) -> bool:
    """Whether another run would differ from this one in its seed at most."""
    return replace(run.task.settings, seed=plan.settings.seed) == plan.settings


def _begin(plan: Plan, earlier: tuple[TrainingProgress, ...] = ()) -> None:
    """Put a run on show; one that is gone on with keeps the guess that was made for it.

    Whoever trains has committed: what should be seen is covered no longer.
    """
    run, guess = SLOT.on_show(), guesses.current()
    if not earlier:
        kept_runs.keep(run)
    if not earlier and (guess is not None or run is None or run.task != plan):
        seen = run is not None and bool(run.snapshot().progress) and _differ_by_luck(run, plan)
        st.session_state[GUESS] = guess and replace(guess, before=not seen)
        guesses.forget()
    preset = preset_for(plan.settings)
    if preset is not None:
        cover.lift(preset.name)
    lessons.note_result()
    SLOT.start(plan, earlier=earlier)
