"""A map that is trained anew: what comes of its jobs, and what a click does."""

from __future__ import annotations

import pytest

from rnnlab.kinds.maps import CARRIED, MEMORY, MapCell
from rnnlab.kinds.measured import measurement
from rnnlab.progress import RunFinished
from rnnlab.ui.kinds import map_run
from tests.ui.fake_jobs import FakeJob, FakeJobStore, fake_store


@pytest.fixture(autouse=True)
def store(monkeypatch) -> FakeJobStore:
    return fake_store(monkeypatch)


def finish(job: FakeJob, index: int, loss: float) -> None:
    """The job reports that a run of its own is done."""
    step, steps = index + 1, len(job.argument)
    weights = job.argument[index].first_weights()
    job.report(
        RunFinished(
            step=step, steps=steps, seconds=2.0, weights=weights, losses=(loss,), accuracy=0.5
        )
    )


def job_of(cell: str) -> FakeJob:
    return next(job for job in map_run.slot(MEMORY).on_show().jobs if job.argument[0].cell == cell)


def cells() -> dict[MapCell, float]:
    run = map_run.slot(MEMORY).on_show()
    return map_run.losses(MEMORY, run, run.snapshot())


def live(run_map=MEMORY) -> bool:
    return map_run.slot(run_map).on_show().snapshot().live


def test_at_first_there_is_only_what_was_recorded(store):
    assert map_run.slot(MEMORY).on_show() is None
    recorded = map_run.recorded(MEMORY)
    assert recorded.keys() == set(MEMORY.cells)
    assert recorded[MapCell("gru", 3)] == measurement(MEMORY.settings(MapCell("gru", 3))).loss
    assert not store.jobs


def test_run_again_starts_every_cell_once_with_the_seed(store):
    map_run.start(MEMORY, 5)
    started = [settings for runs in store.jobs for settings in runs]
    assert sorted(map(repr, started)) == sorted(
        repr(MEMORY.settings(cell, 5)) for cell in MEMORY.cells
    )
    assert store.works == {"rnnlab.training:train_each"}
    assert map_run.seed_of(MEMORY, map_run.slot(MEMORY).on_show()) == 5
    assert live()


def test_a_cell_is_there_when_its_run_is_done_wherever_it_stands_in_its_job():
    map_run.start(MEMORY, 1)
    finish(job_of("lstm"), 0, 0.1)
    finish(job_of("lstm"), 6, 0.2)
    assert cells() == {MapCell("lstm", 1): 0.1, MapCell("lstm", 7): 0.2}


def test_it_is_over_when_every_job_is():
    map_run.start(MEMORY, 1)
    first, *others = map_run.slot(MEMORY).on_show().jobs
    for job in others:
        job.report(state="done")
    assert live()
    first.report(state="failed")
    assert not live()


def test_stop_keeps_what_is_there_and_forget_goes_back_to_the_record(store):
    map_run.start(MEMORY, 1)
    finish(job_of("gru"), 2, 0.3)
    map_run.slot(MEMORY).stop()
    assert {job.seen.state for job in store.jobs.values()} == {"stopped"}
    assert len(cells()) == 1
    map_run.slot(MEMORY).forget()
    assert map_run.slot(MEMORY).on_show() is None


def test_another_seed_lets_go_of_the_one_before_and_each_map_is_trained_by_itself(store):
    map_run.start(MEMORY, 1)
    old = list(store.jobs.values())
    map_run.start(MEMORY, 2)
    assert {job.seen.state for job in old} == {"stopped"}
    map_run.start(CARRIED, 1)
    assert live()
    map_run.slot(CARRIED).stop()
    assert live()


def test_the_gradient_of_a_cell_is_known_when_its_weights_are():
    map_run.start(MEMORY, 1)
    cell = MapCell("simple_rnn", 2)
    assert map_run.gradient(MEMORY, cell) is None
    finish(job_of("simple_rnn"), 1, 0.4)
    gradient = map_run.gradient(MEMORY, cell)
    assert gradient.first == gradient.trained  # the job gave back the first weights
