"""What a visitor asked the compute side for, the jobs that do it, and how far they are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

import streamlit as st

from rnnlab.compute import Job, JobView
from rnnlab.compute.job import State
from rnnlab.progress import Event, Progress
from rnnlab.ui.server import job_store, viewer

FIRST_LOOK = 0.2
"""Seconds that a click waits for a first report, so that often the next picture has it."""

FURTHEST_FIRST: tuple[State, ...] = (
    "running", "waiting", "starting", "failed", "stopped", "done"
)  # fmt: skip

Task = TypeVar("Task", bound=Hashable)
Report = TypeVar("Report", bound=Progress)


@dataclass(frozen=True)
class Snapshot(Generic[Report]):
    """A run at one moment: what this viewer sees of each job, and what each has reported.

    The result of a job stands in its history in the place of the report that travelled before.
    `awaits_result`: a job that was stopped ends with a report of its latest weights, which comes a
    moment later; it never comes to a viewer who let go of a job that others still watch.
    """

    views: tuple[JobView, ...] = ()
    histories: tuple[tuple[Report, ...], ...] = ()
    awaits_result: bool = False

    @property
    def version(self) -> object:
        """Another value as soon as there is something new to draw."""
        return tuple(
            (view.state, view.attempt, len(view.events), view.result is None, view.message)
            for view in self.views
        )

    @property
    def state(self) -> State:
        """How far the furthest of the jobs is that go on; once all have ended, the worst end."""
        states = {view.state for view in self.views}
        return next((state for state in FURTHEST_FIRST if state in states), "waiting")

    @property
    def live(self) -> bool:
        """Whether more is to come."""
        return any(not view.ended for view in self.views)

    @property
    def queue_place(self) -> int:
        """The place in the queue of the first job that waits, 1 for the next one."""
        return min((view.place or 1 for view in self.views if view.state == "waiting"), default=1)

    @property
    def sharing(self) -> int:
        """How many visitors share the machine, this one included."""
        return max((view.sharing for view in self.views), default=0)

    @property
    def message(self) -> str | None:
        """What went wrong, in one sentence."""
        return next((view.message for view in self.views if view.message), None)

    @property
    def events(self) -> Iterator[Event]:
        """Everything that was reported, progress or not."""
        return (event for view in self.views for event in view.events)

    @property
    def progress(self) -> tuple[Report, ...]:
        """The history of a run of a single job."""
        return self.histories[0] if self.histories else ()

    @property
    def last(self) -> Report | None:
        """The latest report."""
        return self.progress[-1] if self.progress else None

    @property
    def step(self) -> int:
        """Steps done."""
        return self.last.step if self.last else 0

    @property
    def complete(self) -> bool:
        """Whether everything that was asked for is done."""
        done = [bool(history) and history[-1].complete for history in self.histories]
        return bool(done) and all(done) and not self.live


@dataclass(frozen=True, eq=False)
class LiveRun(Generic[Task, Report]):
    """What was asked for (`tasks`) and the jobs that do it, one for each; they report a `kind`.

    `viewer` is who looks. `earlier` is what another job reported of the same run before it was
    stopped, or its learning rate turned: on show until this one is as far. Once it is `replaced`
    by another run its streams say nothing more, so that no picture steps back to where that begins.
    """

    tasks: tuple[Task, ...]
    jobs: tuple[Job, ...]
    kind: type[Report]
    viewer: str
    earlier: tuple[Report, ...] = ()
    replaced: threading.Event = field(default_factory=threading.Event)

    @property
    def task(self) -> Task:
        """What a run of a single job was asked for."""
        return self.tasks[0]

    def same_as(self, other: LiveRun[Any, Any]) -> bool:
        """Whether a picture of this run is one of the other, too."""
        ours, theirs = (list(map(id, run.earlier)) for run in (self, other))
        return self.jobs == other.jobs and ours == theirs

    def snapshot(self) -> Snapshot[Report]:
        """The run as it stands now; any thread may ask."""
        views = tuple(job.view(self.viewer) for job in self.jobs)
        awaits_result = any(
            view.state == "stopped"
            and view.result is None
            and job.ended
            and any(isinstance(event, self.kind) for event in view.events)
            for job, view in zip(self.jobs, views, strict=True)
        )
        return Snapshot(views, tuple(map(self._history, views)), awaits_result)

    def subscribe(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` in some thread whenever there is something new; the result ends that."""
        ends = [job.subscribe(changed) for job in self.jobs]

        def unsubscribe() -> None:
            for end in ends:
                end()

        return unsubscribe

    def _history(self, view: JobView) -> tuple[Report, ...]:
        result = view.result
        history = tuple(event for event in view.events if isinstance(event, self.kind))
        if isinstance(result, self.kind):
            history = (*(report for report in history if report.step < result.step), result)
        behind = not history or (self.earlier and history[-1].step < self.earlier[-1].step)
        return self.earlier if behind else history


def snapshot_of(run: LiveRun[Any, Report] | None) -> Snapshot[Report]:
    """The run as it stands now; an empty snapshot of none."""
    return Snapshot() if run is None else run.snapshot()


@dataclass(frozen=True)
class RunSlot(Generic[Task, Report]):
    """Where a session keeps the run on show of one kind, and how such a run is started.

    `work` is what the compute side is to call with each task; `state` holds the run under `key`.
    """

    key: Hashable
    work: str
    kind: type[Report]
    state: Callable[[], MutableMapping[Any, Any]] = lambda: st.session_state

    def on_show(self) -> LiveRun[Task, Report] | None:
        """The run that this visitor started last."""
        return cast("LiveRun[Task, Report] | None", self.state().get(self.key))

    def start(self, *tasks: Task, earlier: tuple[Report, ...] = ()) -> None:
        """Start the jobs, or join those that there are, and let go of those of the run on show."""
        old = self.on_show()
        jobs = tuple(job_store().start(self.work, task, viewer()) for task in tasks)
        run = LiveRun(tasks, jobs, self.kind, viewer(), earlier)
        if old is None or not old.same_as(run):
            self.state()[self.key] = run
        if old is not None and self.on_show() is run:
            old.replaced.set()
            for job in old.jobs:
                if job not in jobs:
                    job_store().stop(job, viewer())
        jobs[0].wait(FIRST_LOOK)

    def show(self, run: LiveRun[Task, Report]) -> None:
        """Show a run again that was on show before."""
        self.state()[self.key] = run

    def stop(self) -> None:
        """Let go of the jobs; each stops unless others are watching it. What is there stays."""
        run = self.on_show()
        for job in run.jobs if run is not None else ():
            job_store().stop(job, viewer())

    def forget(self) -> None:
        """Let go of the jobs, and show none."""
        self.stop()
        self.state().pop(self.key, None)
