"""A store of jobs that tell what a test wants them to tell, and the run on show made of them."""

from __future__ import annotations

import pytest

from rnnlab.compute import JobView
from rnnlab.progress import Event, TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.ui import runs

SETTINGS = Settings(rows=10, length=500, window=5, epochs=2)  # 2 epochs of 100 updates
ME = "me"


def point(step: int) -> TrainingProgress:
    return TrainingProgress(
        step=step,
        steps=200,
        seconds=step / 100,
        epochs=2,
        loss=0.5,
        max_loss=0.6,
        accuracy=0.5,
        learning_rate=0.01,
    )


class Job:
    """A job that tells what the test wants it to tell."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.state = "running"
        self.events: list[Event] = []
        self.result: Event | None = None
        self.waited = 0.0

    def view(self, viewer: str) -> JobView:
        assert viewer == ME
        return JobView(self.state, None, tuple(self.events), self.result)

    def wait(self, seconds: float) -> None:
        self.waited += seconds

    def tell(self, *steps: int, state: str = "running") -> None:
        """TrainingProgress after so many updates; in the end the last one is the result."""
        self.events += map(point, steps)
        self.state = state
        self.result = self.events[-1] if state == "done" else None


class FakeJobStore:
    """A job for each plan, as on the real one; who was stopped, in that order."""

    def __init__(self) -> None:
        self.jobs: dict[Plan, Job] = {}
        self.stopped: list[Job] = []

    def start(self, work: str, plan: Plan, viewer: str) -> Job:
        assert (work, viewer) == ("rnnlab.training:train", ME)
        if plan not in self.jobs or self.jobs[plan].state == "stopped":
            self.jobs[plan] = Job(plan)
        return self.jobs[plan]

    def stop(self, job: Job, viewer: str) -> None:
        assert viewer == ME
        self.stopped.append(job)
        if job.state == "running":
            job.state = "stopped"


def empty_store(monkeypatch: pytest.MonkeyPatch) -> FakeJobStore:
    """The store that `runs` asks from now on, in a session in which nothing is on show."""
    one = FakeJobStore()
    monkeypatch.setattr(runs, "job_store", lambda: one)
    monkeypatch.setattr(runs, "viewer", lambda: ME)
    monkeypatch.setattr(runs.st, "session_state", {})
    return one


def job_on_show() -> Job:
    return runs.on_show().job


def steps_seen() -> list[int]:
    return [one.step for one in runs.on_show().look().progress]


def begun(*steps: int, state: str = "running", plan: Plan | None = None) -> Job:
    """A run on show that has told of these steps."""
    runs._show(plan or Plan(SETTINGS))
    job_on_show().tell(*steps, state=state)
    return job_on_show()
