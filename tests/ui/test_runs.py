"""The run on show: what a click makes of it, and what is seen while a new job catches up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnnlab.progress import Event
from rnnlab.settings import Plan
from rnnlab.ui import runs
from rnnlab.ui.training.guess import Guess
from tests.ui.boards import (
    SETTINGS,
    FakeJobStore,
    begun,
    empty_store,
    job_on_show,
    point,
    steps_seen,
)


@pytest.fixture(autouse=True)
def store(monkeypatch) -> FakeJobStore:
    return empty_store(monkeypatch)


@pytest.fixture
def toasts(monkeypatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(runs.st, "toast", lambda text, **_: said.append(text))
    return said


def test_nothing_is_on_show_at_the_beginning(store):
    assert runs.on_show() is None
    for click in (runs.stop, runs.go_on, lambda: runs.turn_rate(0.3)):
        click()
    assert runs.on_show() is None
    assert not store.jobs


def test_train_starts_the_whole_run_and_waits_a_moment_for_its_first_point(store):
    runs.start(SETTINGS)
    run = runs.on_show()
    assert run.plan == Plan(SETTINGS)
    assert run.settings is SETTINGS
    assert run.before == ()
    assert run.job is store.jobs[Plan(SETTINGS)]
    assert 0 < run.job.waited < 1
    assert not store.stopped


def test_another_run_lets_go_of_the_one_before(store):
    old = begun(1, 3)
    runs.start(replace(SETTINGS, seed=2))
    assert store.stopped == [old]
    assert steps_seen() == [], "nothing of the old run is shown"


def test_train_again_joins_the_job_that_there_is(store):
    job = begun(1, 3)
    runs.start(SETTINGS)
    assert job_on_show() is job
    assert not store.stopped
    assert steps_seen() == [1, 3]


def test_train_again_on_a_run_that_is_done_says_so(toasts):
    begun(1, 200, state="done")
    runs.start(SETTINGS)
    assert "the same curve" in toasts[0]
    runs.start(replace(SETTINGS, seed=2))
    assert len(toasts) == 1


@pytest.mark.parametrize("state", ["running", "stopped"])
def test_train_again_on_a_run_that_is_not_done_says_nothing(toasts, state):
    begun(1, 200 if state == "running" else 100, state=state)
    runs.start(SETTINGS)
    assert toasts == []


def test_stop_lets_go_of_the_job_and_keeps_its_points(store):
    job = begun(1, 3, 7)
    runs.stop()
    assert store.stopped == [job]
    look = runs.on_show().look()
    assert not look.live
    assert not look.complete
    assert (look.step, steps_seen()) == (7, [1, 3, 7])


def test_go_on_after_a_stop_shows_the_old_points_until_the_new_job_is_as_far():
    old = begun(1, 3, 7)
    runs.stop()
    runs.go_on()
    new = job_on_show()
    assert new is not old
    assert runs.on_show().plan == Plan(SETTINGS)
    assert runs.on_show().look().live
    assert steps_seen() == [1, 3, 7]
    new.tell(1, 3)
    assert steps_seen() == [1, 3, 7]
    new.tell(5)
    assert steps_seen() == [1, 3, 7], "still behind"
    new.tell(7)
    assert steps_seen() == [1, 3, 5, 7], "from here on what the new job tells"
    new.tell(15)
    assert steps_seen()[-1] == 15


def test_a_new_job_that_ends_before_it_is_as_far_leaves_the_old_points():
    begun(1, 3, 7)
    runs.stop()
    runs.go_on()
    job_on_show().tell(1, state="failed")
    look = runs.on_show().look()
    assert [one.step for one in look.progress] == [1, 3, 7]
    assert not look.live
    assert look.view.state == "failed"


def test_go_on_from_a_step_is_the_whole_run():
    begun(1, state="done", plan=Plan(SETTINGS, until=1))
    runs.go_on()
    assert runs.on_show().plan == Plan(SETTINGS)
    assert steps_seen() == [1]


def test_a_guess_belongs_to_the_run_that_it_was_made_for(monkeypatch):
    first, second = Guess("Nothing", None), Guess("A part", 0.5)
    monkeypatch.setattr(runs.guesses, "current", lambda: first)
    runs.start(SETTINGS)
    assert runs.on_show().guess == first
    job_on_show().tell(1, 3)
    monkeypatch.setattr(runs.guesses, "current", lambda: second)
    runs.turn_rate(0.3)
    assert runs.on_show().guess == first, "it is the same run, gone on with"
    runs.start(replace(SETTINGS, seed=2))
    assert runs.on_show().guess == second


@pytest.mark.parametrize(
    ("steps", "state", "live", "complete"),
    [
        ((), "waiting", True, False),
        ((1,), "running", True, False),
        ((1, 200), "running", True, False),  # the result is on its way
        ((1, 200), "done", False, True),
        ((1,), "done", False, False),  # paused
        ((1, 3), "stopped", False, False),
        ((), "failed", False, False),
    ],
)
def test_a_look_tells_whether_more_is_to_come_and_whether_all_is_done(steps, state, live, complete):
    begun(*steps, state="running")
    job_on_show().state = state
    look = runs.on_show().look()
    assert (look.live, look.complete) == (live, complete)
    assert look.step == (steps[-1] if steps else 0)


def test_only_progress_is_shown_and_only_progress_is_a_result():
    job = begun(1)
    job.events.append(Event())
    job.result = Event()
    look = runs.on_show().look()
    assert [one.step for one in look.progress] == [1]
    assert look.result is None
    job.result = point(200)
    assert runs.on_show().look().result == point(200)
