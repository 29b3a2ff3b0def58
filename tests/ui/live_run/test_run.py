"""A live run: begun, joined, let go of, and seen at one moment, whatever it computes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from rnnlab.compute import JobView
from rnnlab.progress import Event, Progress
from rnnlab.ui.live_run.run import LiveRun, RunSlot, Snapshot, snapshot_of
from tests.ui.fake_jobs import FakeJobStore, fake_store


@dataclass(frozen=True, kw_only=True)
class Point(Progress):
    """Progress of this test."""


def point(step: int, **more: object) -> Point:
    return Point(step=step, steps=20, seconds=1.0, **more)


@pytest.fixture(autouse=True)
def store(monkeypatch) -> FakeJobStore:
    return fake_store(monkeypatch)


SLOT = RunSlot("run", "a:work", Point)


def begun(*tasks: str) -> LiveRun:
    SLOT.start(*(tasks or ("task",)))
    return SLOT.on_show()


def steps(run: LiveRun) -> list[int]:
    return [report.step for report in run.snapshot().progress]


def test_it_waits_a_moment_for_the_first_report_and_the_same_task_is_joined(store):
    first = begun()
    assert 0 < first.jobs[0].waited < 1
    again = begun()
    assert (again.jobs, store.stopped) == (first.jobs, [])
    begun("other")
    assert store.stopped == list(first.jobs)


def test_a_run_is_replaced_by_another_and_by_the_same_that_goes_on_from_a_point():
    first = begun()
    begun()
    assert not first.replaced.is_set()
    SLOT.start("task", earlier=(point(3),))
    assert first.replaced.is_set()
    second = SLOT.on_show()
    begun("other")
    assert second.replaced.is_set()
    assert not SLOT.on_show().replaced.is_set()


def test_stop_lets_go_of_every_job_and_what_was_reported_stays(store):
    run = begun("a", "b")
    run.jobs[1].report(point(3))
    SLOT.stop()
    assert store.stopped == list(run.jobs)
    assert not run.snapshot().live
    assert run.snapshot().histories == ((), (point(3),))
    SLOT.forget()
    assert SLOT.on_show() is None


def test_only_its_kind_of_report_counts_and_the_result_stands_in_its_brief_s_place():
    run = begun()
    run.jobs[0].report(Event(), point(1), point(20), state="done", result=Event())
    assert steps(run) == [1, 20]
    whole = point(20, weights={})
    run.jobs[0].report(state="done", result=whole)
    assert run.snapshot().progress == (point(1), whole)
    assert len(list(run.snapshot().events)) == 3


@pytest.mark.parametrize(
    ("reported", "state", "live", "complete"),
    [
        ((), "waiting", True, False),
        ((1,), "running", True, False),
        ((1, 20), "running", True, False),  # the result is on its way
        ((1, 20), "done", False, True),
        ((1,), "done", False, False),  # paused
        ((1, 3), "stopped", False, False),
        ((), "failed", False, False),
    ],
)
def test_a_snapshot_tells_whether_more_is_to_come_and_whether_all_is_done(
    reported, state, live, complete
):
    run = begun()
    run.jobs[0].report(*map(point, reported), state=state)
    snapshot = run.snapshot()
    assert (snapshot.live, snapshot.complete, snapshot.state) == (live, complete, state)
    assert snapshot.step == (reported[-1] if reported else 0)


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (("waiting", "running"), "running"),
        (("done", "waiting"), "waiting"),
        (("done", "starting"), "starting"),
        (("done", "stopped"), "stopped"),
        (("done", "failed", "stopped"), "failed"),
        (("done", "done"), "done"),
    ],
)
def test_several_jobs_stand_where_the_furthest_does_and_in_the_end_where_the_worst_does(
    states, state
):
    assert Snapshot(tuple(map(JobView, states))).state == state


def test_several_jobs_wait_for_the_first_and_have_the_first_message():
    views = (JobView("waiting", 7), JobView("waiting", 3, message="No room."), JobView("running"))
    assert Snapshot(views).queue_place == 3
    assert Snapshot(views).message == "No room."


def test_the_result_of_a_stopped_job_is_awaited_but_not_by_who_let_go_of_it():
    run = begun()
    job = run.jobs[0]
    job.report(Event(), state="stopped")
    assert not run.snapshot().awaits_result, "nothing was done"
    job.report(point(3), state="stopped")
    assert run.snapshot().awaits_result
    job.goes_on_for_others = True
    assert not run.snapshot().awaits_result
    job.goes_on_for_others = False
    job.report(state="stopped", result=point(3))
    assert not run.snapshot().awaits_result


def test_who_subscribes_hears_of_every_job_until_the_end_of_it():
    run = begun("a", "b")
    heard = []
    unsubscribe = run.subscribe(lambda: heard.append(run.snapshot().histories))
    run.jobs[0].report(point(1))
    run.jobs[1].report(point(2))
    assert heard == [((point(1),), ()), ((point(1),), (point(2),))]
    unsubscribe()
    run.jobs[0].report(point(3))
    assert len(heard) == 2


def test_no_run_is_an_empty_snapshot():
    nothing = snapshot_of(None)
    assert not nothing.live
    assert not nothing.complete
    assert (nothing.last, nothing.message, nothing.step) == (None, None, 0)
