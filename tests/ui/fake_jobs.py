"""A job store whose jobs report what a test wants them to report."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

import pytest
import streamlit as st

from rnnlab.compute import JobView
from rnnlab.progress import Event
from rnnlab.ui import answers
from rnnlab.ui.live_run import run as live_runs

ME = "me"


@dataclass(eq=False)
class FakeJob:
    """A job as this viewer sees it."""

    argument: Hashable = None
    work: str = "a:work"
    seen: JobView = field(default_factory=lambda: JobView("running"))
    goes_on_for_others: bool = False
    waited: float = 0.0
    listeners: list[Callable[[], None]] = field(default_factory=list)

    def view(self, viewer: str) -> JobView:
        assert viewer
        return self.seen

    def wait(self, seconds: float) -> None:
        self.waited += seconds

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        self.listeners.append(callback)
        return lambda: self.listeners.remove(callback)

    @property
    def ended(self) -> bool:
        return self.seen.ended and not self.goes_on_for_others

    def report(self, *events: Event, state: str = "running", result: Event | None = None) -> None:
        """Report more events; the last one is the result of a job that is done."""
        last = events[-1] if state == "done" and result is None and events else result
        self.see(JobView(state, events=(*self.seen.events, *events), result=last))

    def see(self, view: JobView) -> None:
        """Be as this view says, and tell who listens."""
        self.seen = view
        for call in self.listeners:
            call()


class FakeJobStore:
    """A job for each task, as in the real one; which were stopped, in that order."""

    def __init__(self) -> None:
        self.jobs: dict[Hashable, FakeJob] = {}
        self.works: set[str] = set()
        self.stopped: list[FakeJob] = []

    def start(self, work: str, task: Hashable, viewer: str) -> FakeJob:
        assert viewer == ME
        self.works.add(work)
        if task not in self.jobs or self.jobs[task].seen.state in ("stopped", "failed"):
            self.jobs[task] = FakeJob(task, work)
        return self.jobs[task]

    def stop(self, job: FakeJob, viewer: str) -> None:
        assert viewer == ME
        self.stopped.append(job)
        if not job.seen.ended:
            job.see(JobView("stopped", events=job.seen.events))


def fake_store(monkeypatch: pytest.MonkeyPatch) -> FakeJobStore:
    """The store that every live run asks from now on, in a session in which nothing is on show."""
    store = FakeJobStore()
    for module in (live_runs, answers):
        monkeypatch.setattr(module, "job_store", lambda: store)
        monkeypatch.setattr(module, "viewer", lambda: ME)
    monkeypatch.setattr(st, "session_state", {})
    return store
