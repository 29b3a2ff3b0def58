"""The training run on show: what a click makes of it, what is seen while a new job catches up."""

from __future__ import annotations

from dataclasses import replace

import pytest
import streamlit as st

from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.ui.training import guess, run
from rnnlab.ui.training.guess import Guess
from tests.ui.fake_jobs import FakeJob, FakeJobStore, fake_store

SETTINGS = Settings(rows=10, length=500, window=5, epochs=2)  # 2 epochs of 100 updates
OTHER = replace(SETTINGS, seed=2)


@pytest.fixture(autouse=True)
def store(monkeypatch) -> FakeJobStore:
    return fake_store(monkeypatch)


@pytest.fixture
def toasts(monkeypatch) -> list[str]:
    messages: list[str] = []
    monkeypatch.setattr(st, "toast", lambda text, **_: messages.append(text))
    return messages


def points(*steps: int) -> list[TrainingProgress]:
    return [
        TrainingProgress(
            step=step, steps=200, seconds=step / 100, epochs=2,
            loss=0.5, max_loss=0.6, accuracy=0.5, learning_rate=0.01,
        )
        for step in steps
    ]  # fmt: skip


def report(*steps: int, state: str = "running") -> FakeJob:
    """The job on show reports more steps."""
    job = run.SLOT.on_show().jobs[0]
    job.report(*points(*steps), state=state)
    return job


def begun(*steps: int, state: str = "running", plan: Plan | None = None) -> FakeJob:
    """A run on show that has reported these steps."""
    run._begin(plan or Plan(SETTINGS))
    return report(*steps, state=state)


def plan() -> Plan:
    return run.SLOT.on_show().task


def steps() -> list[int]:
    return [point.step for point in run.SLOT.on_show().snapshot().progress]


def test_without_a_run_on_show_no_click_does_anything(store):
    for click in (run.SLOT.stop, run.go_on, lambda: run.turn_rate(0.3)):
        click()
    assert run.SLOT.on_show() is None
    assert not store.jobs


def test_train_starts_the_whole_run_and_another_one_lets_go_of_it(store):
    run.start(SETTINGS)
    assert (plan(), steps(), store.works) == (Plan(SETTINGS), [], {"rnnlab.training:train"})
    old = report(1, 3)
    run.start(OTHER)
    assert store.stopped == [old]
    assert steps() == [], "nothing of the old run is shown"


@pytest.mark.parametrize(("state", "told"), [("running", 0), ("stopped", 0), ("done", 1)])
def test_train_again_joins_the_job_and_says_if_it_was_done(toasts, state, told):
    job = begun(1, 200 if state != "stopped" else 100, state=state)
    run.start(SETTINGS)
    assert len(toasts) == told
    assert all("the same curve" in toast for toast in toasts)
    assert (run.SLOT.on_show().jobs[0] is job) == (state != "stopped")


def test_go_on_after_a_stop_shows_the_old_points_until_the_new_job_is_as_far(store):
    old = begun(1, 3, 7)
    run.SLOT.stop()
    assert store.stopped == [old]
    run.go_on()
    assert plan() == Plan(SETTINGS)
    for more, seen in ((1, [1, 3, 7]), (5, [1, 3, 7]), (7, [1, 5, 7]), (15, [1, 5, 7, 15])):
        report(more)
        assert steps() == seen


def test_a_new_job_that_ends_before_it_is_as_far_leaves_the_old_points():
    begun(1, 3, 7)
    run.SLOT.stop()
    run.go_on()
    report(1, state="failed")
    assert steps() == [1, 3, 7]
    assert run.SLOT.on_show().snapshot().state == "failed"


def test_go_on_from_a_step_is_the_whole_run():
    begun(1, state="done", plan=Plan(SETTINGS, until=1))
    run.go_on()
    assert (plan(), steps()) == (Plan(SETTINGS), [1])


def test_a_guess_belongs_to_the_run_that_it_was_made_for(monkeypatch):
    first, second = Guess("Nothing", None), Guess("A part", 0.5)
    monkeypatch.setattr(guess, "current", lambda: first)
    run.start(SETTINGS)
    report(1, 3)
    monkeypatch.setattr(guess, "current", lambda: second)
    run.turn_rate(0.3)
    assert run.guess() == first, "it is the same run, gone on with"
    run.start(OTHER)
    assert run.guess() == replace(second, before=False), "one has seen what comes of it"


def test_each_step_is_one_update_more_and_the_first_of_other_knobs_begins_anew():
    run.step(SETTINGS)
    assert plan() == Plan(SETTINGS, until=1)
    for done in (1, 2, 3):
        report(done, state="done")
        run.step(SETTINGS)
        assert plan() == Plan(SETTINGS, until=done + 1)
        assert steps()[-1] == done, "shown until the next one is there"
    run.step(OTHER)
    assert (plan(), steps()) == (Plan(OTHER, until=1), [])


def test_a_step_of_a_stopped_run_is_the_one_after_its_last_point():
    begun(1, 3, 7)
    run.SLOT.stop()
    run.step(SETTINGS)
    assert (plan(), steps()) == (Plan(SETTINGS, until=8), [1, 3, 7])


def test_a_step_of_a_complete_run_says_that_it_is_done(toasts):
    begun(1, 200, state="done")
    run.step(SETTINGS)
    assert toasts
    assert plan() == Plan(SETTINGS)


def test_a_turned_rate_holds_from_the_last_point_that_was_seen_and_earlier_turns_stay(store):
    old = begun(1, 3, 7)
    on_show = run.SLOT.on_show()
    run.turn_rate(0.3)
    assert (plan(), steps()) == (Plan(SETTINGS, rates=((7, 0.3),)), [1, 3, 7])
    assert on_show.replaced.is_set(), "its stream tells of no point after this one"
    assert store.stopped == [old]
    report(1, 3, 7, 15)
    run.turn_rate(0.001)
    assert plan() == Plan(SETTINGS, rates=((7, 0.3), (15, 0.001)))


def test_a_turned_rate_of_a_paused_run_takes_it_to_its_end():
    begun(1, state="done", plan=Plan(SETTINGS, until=1))
    run.turn_rate(0.3)
    assert plan() == Plan(SETTINGS, rates=((1, 0.3),))


def test_a_step_and_going_on_keep_a_turned_rate():
    begun(1, 3, 7)
    run.turn_rate(0.3)
    report(1, 3, 7, 15)
    run.SLOT.stop()
    run.step(replace(SETTINGS, learning_rate=0.3))
    assert plan() == Plan(SETTINGS, rates=((7, 0.3),), until=16)
    run.go_on()
    assert plan() == Plan(SETTINGS, rates=((7, 0.3),))


def test_a_rate_before_the_first_point_turns_nothing():
    begun()
    run.turn_rate(0.3)
    assert plan() == Plan(SETTINGS)


@pytest.mark.parametrize(
    ("earlier", "reports", "expected"),
    [
        (None, (), True),
        (SETTINGS, (), True),
        (SETTINGS, (1,), False),
        (replace(SETTINGS, seed=9), (1,), False),
        (replace(SETTINGS, units=9), (1,), True),
    ],
    ids=["first", "unseen", "the same", "other luck", "another"],
)
def test_a_guess_is_one_before_the_result_only_if_none_was_seen(earlier, reports, expected):
    if earlier is not None:
        begun(*reports, plan=Plan(earlier))
    st.session_state[guess.AMOUNT] = "A part"
    run.start(SETTINGS)
    assert run.guess() == Guess("A part", None, before=expected)
