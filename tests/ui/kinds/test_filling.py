"""A map that is filled anew: what comes of its jobs, and what a click does."""

from __future__ import annotations

import pytest

from rnnlab.compute import JobView
from rnnlab.kinds.maps import CARRIED, MEMORY, MapCell
from rnnlab.kinds.measured import measurement
from rnnlab.progress import RunFinished
from rnnlab.ui.kinds import filling

ME = "me"
NAME = MEMORY.name


class FakeJob:
    """A job that has finished as many of its runs as the test says."""

    def __init__(self, runs) -> None:
        self.runs = runs
        self.state = "running"
        self.events: list[RunFinished] = []

    def view(self, viewer: str) -> JobView:
        assert viewer == ME
        return JobView(self.state, None, tuple(self.events))

    def wait(self, seconds: float) -> None:
        assert seconds < 1

    def finish(self, number: int, loss: float) -> None:
        weights = self.runs[number].first_weights()
        done = {"step": number + 1, "steps": len(self.runs), "seconds": 2.0, "weights": weights}
        self.events.append(RunFinished(losses=(loss,), accuracy=0.5, **done))


class FakeJobStore:
    """A job for equal runs; what was stopped."""

    def __init__(self) -> None:
        self.jobs: dict[object, FakeJob] = {}

    def start(self, work: str, runs, viewer: str) -> FakeJob:
        assert (work, viewer) == ("rnnlab.training.each:each", ME)
        return self.jobs.setdefault(runs, FakeJob(runs))

    def stop(self, job: FakeJob, viewer: str) -> None:
        assert viewer == ME
        if job.state == "running":
            job.state = "stopped"


@pytest.fixture(autouse=True)
def store(monkeypatch) -> FakeJobStore:
    one = FakeJobStore()
    monkeypatch.setattr(filling, "job_store", lambda: one)
    monkeypatch.setattr(filling, "viewer", lambda: ME)
    monkeypatch.setattr(filling.st, "session_state", {})
    return one


def test_at_first_there_is_only_what_was_recorded(store):
    assert filling.on_show(NAME) is None
    recorded = filling.recorded(MEMORY)
    assert recorded.keys() == set(MEMORY.cells)
    assert recorded[MapCell("gru", 3)] == measurement(MEMORY.settings(MapCell("gru", 3))).loss
    assert not store.jobs


def test_run_again_starts_every_cell_once_with_the_seed(store):
    filling.start(NAME, 5)
    started = [settings for runs in store.jobs for settings in runs]
    assert sorted(map(repr, started)) == sorted(
        repr(MEMORY.settings(place, 5)) for place in MEMORY.cells
    )
    assert filling.on_show(NAME).live


def test_a_cell_is_there_when_its_run_is_told_wherever_it_stands_in_its_job(store):
    filling.start(NAME, 1)
    lstm = next(job for job in store.jobs.values() if job.runs[0].cell == "lstm")
    lstm.finish(0, 0.1)
    lstm.finish(6, 0.2)
    found = filling.on_show(NAME).finished()
    assert {place: one.loss for place, one in found.items()} == {
        MapCell("lstm", 1): 0.1,
        MapCell("lstm", 7): 0.2,
    }


def test_it_is_over_when_every_job_is(store):
    filling.start(NAME, 1)
    first, *others = store.jobs.values()
    for job in others:
        job.state = "done"
    assert filling.on_show(NAME).live
    first.state = "failed"
    assert not filling.on_show(NAME).live


def test_stop_keeps_what_is_there_and_forget_goes_back_to_the_record(store):
    filling.start(NAME, 1)
    next(iter(store.jobs.values())).finish(2, 0.3)
    filling.stop(NAME)
    assert {job.state for job in store.jobs.values()} == {"stopped"}
    assert len(filling.on_show(NAME).finished()) == 1
    filling.forget(NAME)
    assert filling.on_show(NAME) is None


def test_another_seed_lets_go_of_the_one_before(store):
    filling.start(NAME, 1)
    old = list(store.jobs.values())
    filling.start(NAME, 2)
    assert {job.state for job in old} == {"stopped"}
    assert filling.on_show(NAME).live


def test_each_map_is_filled_by_itself():
    filling.start(NAME, 1)
    filling.start(CARRIED.name, 1)
    assert filling.on_show(NAME).live
    assert filling.on_show(CARRIED.name).live
    filling.stop(CARRIED.name)
    assert filling.on_show(NAME).live


def test_the_gradient_of_a_cell_is_known_when_its_weights_are(store):
    filling.start(NAME, 1)
    simple = next(job for job in store.jobs.values() if job.runs[0].cell == "simple_rnn")
    here = filling.on_show(NAME)
    place = MapCell("simple_rnn", 2)
    assert here.gradient(place) is None
    simple.finish(1, 0.4)
    found = here.gradient(place)
    assert found.first == found.trained  # the job gave back the first weights
    assert here.gradient(place) is found
