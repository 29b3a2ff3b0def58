"""The store's own logic: jobs, their places, and who looks at them; on a pretended cluster."""

import pickle
from collections.abc import Iterator

import pytest

from rnnlab.compute import JobStore
from rnnlab.errors import TrainingError
from tests.compute.fake_connection import FakeConnection, start
from tests.compute.waiting import until
from tests.compute.works import Count


@pytest.fixture
def connection() -> FakeConnection:
    return FakeConnection()


@pytest.fixture
def store(connection) -> Iterator[JobStore]:
    store = JobStore(lambda: connection, timeout=60, max_finished=3)
    yield store
    store.close()


def test_equal_settings_share_one_job_and_different_ones_do_not(store):
    job = start(store, ("parity", 8), "anna")
    assert start(store, ("parity", 8), "ben") is job
    assert start(store, ("parity", 9), "ben") is not job
    assert store.start("package.module:other", ("parity", 8), "anna") is not job


def test_no_more_jobs_go_out_than_the_cluster_has_threads_and_the_rest_have_places(
    store, connection
):
    connection.n_threads = 2
    jobs = [start(store, n) for n in range(4)]
    until(lambda: len(connection.tasks) == 2)
    views = [job.view("anna") for job in jobs]
    assert [view.state for view in views] == ["running", "running", "waiting", "waiting"]
    assert [view.place for view in views] == [None, None, 1, 2]
    connection.finish(0, Count(5, 0))
    until(lambda: jobs[2].view("anna").state == "running")
    assert jobs[3].view("anna").place == 1


def test_a_finished_job_is_returned_as_it_is_and_a_stopped_or_failed_one_starts_anew(
    store, connection
):
    done = start(store, 1)
    connection.tell(0, Count(1, 0))
    connection.finish(0, Count(1, 0))
    assert start(store, 1) is done
    assert done.view("anna").result == Count(1, 0)
    failed = start(store, 2)
    connection.finish(1, problem=TrainingError("The loss is no number."))
    assert failed.view("anna").message == "The loss is no number."
    assert start(store, 2) is not failed
    connection.finish(2)
    stopped = start(store, 3)
    store.stop(stopped, "anna")
    assert start(store, 3) is not stopped


def test_the_store_keeps_those_that_were_looked_at_last(store, connection):
    jobs = []
    for n in range(3):
        jobs.append(start(store, n))
        connection.finish(n)
    waiting = start(store, "waits")
    connection.task(3)
    jobs[0].view("anna")
    fourth = start(store, 3)
    store.stop(fourth, "anna")
    assert start(store, 0) is jobs[0]
    assert start(store, 2) is jobs[2]
    assert start(store, "waits") is waiting
    assert start(store, 1) is not jobs[1]


def test_one_viewer_who_stops_leaves_the_job_to_the_other(store, connection):
    job = start(store, 1, "anna")
    start(store, 1, "ben")
    connection.tell(0, Count(1, 0))
    store.stop(job, "anna")
    connection.tell(0, Count(2, 0))
    assert job.view("anna").state == "stopped"
    assert job.view("anna").events == (Count(1, 0),)
    assert job.view("ben").state == "running"
    assert job.view("ben").events == (Count(1, 0), Count(2, 0))
    assert connection.stops == []
    assert start(store, 1, "anna") is job
    assert job.view("anna").state == "running"


def test_a_viewer_who_let_go_does_not_keep_a_job_alive_by_looking(connection):
    store = JobStore(lambda: connection, timeout=0.3)
    job = start(store, 1, "anna")
    job.view("ben")
    store.stop(job, "anna")
    until(lambda: job.view("anna").ended and job.ended, 3)
    assert job.view("ben").message == "It was stopped because nobody was watching any more."
    store.close()


def test_the_last_viewer_stops_the_job_at_once_and_its_result_comes_later(store, connection):
    job = start(store, 1)
    connection.tell(0, Count(1, 0))
    store.stop(job, "anna")
    view = job.view("anna")
    assert (view.state, view.result) == ("stopped", None)
    assert connection.stops == [(connection.task(0).id, "worker 1")]
    connection.tell(0, Count(2, 0))
    connection.finish(0, Count(2, 0, "heavy"))
    view = job.view("anna")
    assert (view.state, view.events) == ("stopped", (Count(1, 0),))
    assert view.result == Count(2, 0, "heavy")


def test_a_job_that_has_not_begun_is_taken_back_when_it_is_stopped(store, connection):
    job = start(store, 1)
    task = connection.task(0)
    until(lambda: job.view("anna").state == "running")
    store.stop(job, "anna")
    until(lambda: connection.released == [task.id])
    assert connection.stops == []
    start(store, 2)
    assert connection.task(1).payload == pickle.dumps(2)


def test_jobs_that_nobody_looks_at_stop_and_leave_the_queue(connection):
    store = JobStore(lambda: connection, timeout=0.4)
    running, waiting, watched = (start(store, n) for n in range(3))
    connection.tell(0, Count(1, 0))
    until(lambda: watched.view("ben") and running.ended and waiting.ended, 3)
    assert running.view("anna").state == waiting.view("anna").state == "stopped"
    assert connection.stops == [(connection.task(0).id, "worker 1")]
    assert watched.view("ben").place == 1
    store.close()
