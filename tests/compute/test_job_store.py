"""The store on a pretended cluster: jobs, places, viewers; deaths, lost connections, the end."""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event as Flag
from time import monotonic

import pytest

from rnnlab.compute import JobStore
from rnnlab.compute.connection import ConnectionLostError
from rnnlab.errors import ComputeError, TrainingError
from tests.compute.fake_connection import FakeConnection, start
from tests.compute.waiting import until
from tests.compute.works import Count

RUN_AGAIN = "It was run again from the start, because its process was killed."


@dataclass(frozen=True)
class Sized:
    """An argument whose job takes a share of a worker's memory."""

    name: object
    share: float = 1.0

    @property
    def peak_bytes(self) -> int:
        return int(self.share * 2**30)


@pytest.fixture
def connection() -> FakeConnection:
    return FakeConnection()


@pytest.fixture
def store(connection) -> Iterator[JobStore]:
    store = JobStore(lambda: connection, timeout=60)
    yield store
    store.close()


def test_equal_settings_share_one_job_and_different_ones_do_not(store):
    job = start(store, ("parity", 8), "anna")
    assert start(store, ("parity", 8), "ben") is job
    assert start(store, ("parity", 9), "ben") is not job
    assert store.start("package.module:other", ("parity", 8), "anna") is not job


def test_jobs_go_out_at_once_as_long_as_their_memory_suffices_and_the_rest_have_places(
    store, connection
):
    jobs = [start(store, Sized(n, share=0.4)) for n in range(4)]
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
    running, waiting, watched = (start(store, Sized(n)) for n in range(3))
    connection.tell(0, Count(1, 0))
    until(lambda: watched.view("ben") and running.ended and waiting.ended, 3)
    assert running.view("anna").state == waiting.view("anna").state == "stopped"
    assert connection.stops == [(connection.task(0).id, "worker 1")]
    assert watched.view("ben").place == 1
    store.close()


def test_a_failure_to_connect_is_told_and_the_next_start_tries_again(connection):
    answers = [ComputeError("Nobody is at home."), connection]

    def connect() -> FakeConnection:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    store = JobStore(connect)
    job = start(store, 1)
    until(lambda: job.view("anna").ended, 5)
    assert job.view("anna").state == "failed"
    assert job.view("anna").message == store.trouble == "Nobody is at home."
    start(store, 1)
    connection.task(0)
    assert store.trouble is None
    store.close()


@pytest.mark.parametrize("own", [True, False])
def test_a_lost_connection_ends_what_ran_or_repeats_it_on_a_cluster_of_our_own(own):
    connections = [FakeConnection(own=own), FakeConnection(own=own)]
    todo = list(connections)
    store = JobStore(lambda: todo.pop(0))
    ran, waited = start(store, Sized(1)), start(store, Sized(2))
    connections[0].tell(0, Count(1, 0))
    connections[0].lives = False
    assert connections[1].task(0).payload == (ran if own else waited).payload
    assert connections[0].closed
    view = ran.view("anna")
    if own:
        assert (view.state, view.attempt, view.message) == ("running", 2, RUN_AGAIN)
    else:
        expected = "The connection to the pretended cluster was lost on the way."
        assert (view.state, view.message) == ("failed", expected)
    assert waited.view("anna").attempt == 1
    assert store.trouble is None
    store.close()


def test_an_idle_board_says_that_the_connection_was_lost_until_the_next_start():
    connections = [FakeConnection(), FakeConnection()]
    todo = list(connections)
    store = JobStore(lambda: todo.pop(0))
    store.open()
    until(lambda: len(todo) == 1)
    connections[0].lives = False
    until(lambda: store.trouble == "The connection to the pretended cluster was lost.", 3)
    assert len(todo) == 1
    start(store, 1)
    connections[1].task(0)
    assert store.trouble is None
    store.close()


def test_a_task_lost_with_its_connection_makes_the_board_connect_again():
    connections = [FakeConnection(), FakeConnection()]
    todo = list(connections)
    store = JobStore(lambda: todo.pop(0))
    job = start(store, 1)
    connections[0].finish(0, problem=ConnectionLostError())
    connections[1].finish(0, Count(1, 0))
    until(lambda: job.view("anna").state == "done")
    assert job.view("anna").attempt == 2
    store.close()


def test_a_job_waits_while_the_cluster_has_no_worker_and_says_so(store, connection):
    connection.addresses = []
    job = start(store, 1)
    until(lambda: job.view("anna").message is not None)
    view = job.view("anna")
    assert (view.state, view.place) == ("waiting", 1)
    assert view.message.startswith("The cluster has no worker at the moment")
    connection.addresses = ["worker 1"]
    connection.task(0)
    until(lambda: job.view("anna").state == "running")
    assert job.view("anna").message is None


def test_a_job_whose_worker_was_gone_before_it_began_goes_to_another_and_nobody_is_blamed(
    store, connection
):
    job = start(store, 1)
    first = connection.task(0)
    connection.addresses = ["worker 2"]
    assert connection.task(1).payload == first.payload
    assert connection.workers_of_tasks == ["worker 1", "worker 2"]
    until(lambda: connection.released == [first.id])
    assert (job.view("anna").attempt, job.view("anna").message) == (1, None)


def test_nothing_blocks_while_the_cluster_is_coming_up(connection):
    came_up = Flag()
    store = JobStore(lambda: came_up.wait(10) and connection)
    began = monotonic()
    store.open()
    store.open()
    job, other = start(store, 1), start(store, 2)
    assert job.view("anna").state == "starting"
    job.wait(0.05)
    store.stop(other, "anna")
    assert other.view("anna").state == "stopped"
    assert monotonic() - began < 1
    came_up.set()
    connection.task(0)
    store.close()
    assert connection.closed


def test_waiting_for_a_job_ends_with_its_first_event(store, connection):
    job = start(store, 1)
    connection.task(0)
    began = monotonic()
    job.wait(0.1)
    assert monotonic() - began >= 0.1
    connection.tell(0, Count(1, 0))
    job.wait(60)
    assert monotonic() - began < 10


def test_closing_stops_what_lives_and_nothing_starts_afterwards(store, connection):
    running, waiting = start(store, 1), start(store, 2)
    connection.task(0)
    store.close()
    assert running.view("anna").state == waiting.view("anna").state == "stopped"
    assert connection.closed
    assert start(store, 3).view("anna").state == "failed"


def test_importing_the_package_loads_neither_dask_nor_tensorflow():
    code = "import sys, rnnlab.compute; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert "rnnlab.compute" in run.stdout.split()
    assert not {"distributed", "dask", "tensorflow", "keras", "pandas"} & set(run.stdout.split())
