"""The board's own logic, with a cluster that does just what the test says."""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from threading import Event as Flag
from time import monotonic, sleep

import pytest

from rnnlab.compute import Board, Job
from rnnlab.compute.line import KilledError, LineLostError
from rnnlab.errors import ComputeError, TrainingError
from rnnlab.progress import Event
from tests.compute.waiting import until
from tests.compute.works import Count


class FakeLine:
    """A cluster whose workers are the test; it remembers what it was asked."""

    def __init__(self, threads: int = 1, own: bool = True) -> None:
        self.name = "the pretended cluster"
        self.own = own
        self.n_threads = threads
        self.lives = True
        self.closed = False
        self.orders: list = []
        self.stops: list[tuple[str, str]] = []
        self.released: list[str] = []

    def alive(self) -> bool:
        return self.lives

    def threads(self) -> int:
        return self.n_threads

    def listen(self, topic, hear) -> None:
        self.topic, self.hear = topic, hear

    def submit(self, order, topic, settle):
        assert topic == self.topic
        self.settle = settle
        self.orders.append(order)
        return lambda: self.released.append(order.job_id)

    def request_stop(self, job_id, worker) -> None:
        self.stops.append((job_id, worker))

    def close(self) -> None:
        self.closed = True

    def order(self, number: int):
        """The order with this number, once it has been given."""
        until(lambda: len(self.orders) > number, 5)
        return self.orders[number]

    def tell(self, number: int, *events: Event, run: str = "run 1") -> None:
        packed = [pickle.dumps(event) for event in events]
        job_id = self.order(number).job_id
        self.hear({"job": job_id, "run": run, "worker": "worker 1", "events": packed})

    def finish(self, number: int, result=None, problem=None) -> None:
        job_id = self.order(number).job_id
        self.settle(job_id, result, problem)


@pytest.fixture
def line() -> FakeLine:
    return FakeLine()


@pytest.fixture
def board(line) -> Iterator[Board]:
    board = Board(lambda: line, patience=60, keep=3)
    yield board
    board.close()


def start(board: Board, argument: object, viewer: str = "anna") -> Job:
    return board.start("package.module:work", argument, viewer)


def test_equal_settings_share_one_job_and_different_ones_do_not(board):
    job = start(board, ("parity", 8), "anna")
    assert start(board, ("parity", 8), "ben") is job
    assert start(board, ("parity", 9), "ben") is not job
    assert board.start("package.module:other", ("parity", 8), "anna") is not job


def test_no_more_jobs_go_out_than_the_cluster_has_threads_and_the_rest_have_places(board, line):
    line.n_threads = 2
    jobs = [start(board, n) for n in range(4)]
    until(lambda: len(line.orders) == 2)
    views = [job.view("anna") for job in jobs]
    assert [view.state for view in views] == ["running", "running", "waiting", "waiting"]
    assert [view.place for view in views] == [None, None, 1, 2]
    line.finish(0, Count(5, 0))
    until(lambda: jobs[2].view("anna").state == "running")
    assert jobs[3].view("anna").place == 1


def test_a_finished_job_is_returned_as_it_is_and_a_stopped_or_failed_one_starts_anew(board, line):
    done = start(board, 1)
    line.tell(0, Count(1, 0))
    line.finish(0, Count(1, 0))
    assert start(board, 1) is done
    assert done.view("anna").result == Count(1, 0)
    failed = start(board, 2)
    line.finish(1, problem=TrainingError("The loss is no number."))
    assert failed.view("anna").message == "The loss is no number."
    assert start(board, 2) is not failed
    line.finish(2)
    stopped = start(board, 3)
    board.stop(stopped, "anna")
    assert start(board, 3) is not stopped


def test_the_store_keeps_those_that_were_looked_at_last(board, line):
    jobs = []
    for n in range(3):
        jobs.append(start(board, n))
        line.finish(n)
    waiting = start(board, "waits")
    line.order(3)
    jobs[0].view("anna")
    fourth = start(board, 3)
    board.stop(fourth, "anna")
    assert start(board, 0) is jobs[0]
    assert start(board, 2) is jobs[2]
    assert start(board, "waits") is waiting
    assert start(board, 1) is not jobs[1]


def test_one_viewer_who_stops_leaves_the_job_to_the_other(board, line):
    job = start(board, 1, "anna")
    start(board, 1, "ben")
    line.tell(0, Count(1, 0))
    board.stop(job, "anna")
    line.tell(0, Count(2, 0))
    assert job.view("anna").state == "stopped"
    assert job.view("anna").events == (Count(1, 0),)
    assert job.view("ben").state == "running"
    assert job.view("ben").events == (Count(1, 0), Count(2, 0))
    assert line.stops == []
    assert start(board, 1, "anna") is job
    assert job.view("anna").state == "running"


def test_a_viewer_who_let_go_does_not_keep_a_job_alive_by_looking(line):
    board = Board(lambda: line, patience=0.3)
    job = start(board, 1, "anna")
    job.view("ben")
    board.stop(job, "anna")
    until(lambda: job.view("anna").ended and job.ended, 3)
    assert job.view("ben").message == "It was stopped because nobody was watching any more."
    board.close()


def test_the_last_viewer_stops_the_job_at_once_and_its_result_comes_later(board, line):
    job = start(board, 1)
    line.tell(0, Count(1, 0))
    board.stop(job, "anna")
    view = job.view("anna")
    assert (view.state, view.result) == ("stopped", None)
    assert line.stops == [(line.order(0).job_id, "worker 1")]
    line.tell(0, Count(2, 0))
    line.finish(0, Count(2, 0, "heavy"))
    view = job.view("anna")
    assert (view.state, view.events) == ("stopped", (Count(1, 0),))
    assert view.result == Count(2, 0, "heavy")


def test_a_job_that_has_not_begun_is_taken_back_when_it_is_stopped(board, line):
    job = start(board, 1)
    order = line.order(0)
    until(lambda: job.view("anna").state == "running")
    board.stop(job, "anna")
    until(lambda: line.released == [order.job_id])
    assert line.stops == []
    start(board, 2)
    assert line.order(1).parcel == pickle.dumps(2)


def test_jobs_that_nobody_looks_at_stop_and_leave_the_queue(line):
    board = Board(lambda: line, patience=0.4)
    running, waiting, watched = (start(board, n) for n in range(3))
    line.tell(0, Count(1, 0))
    until(lambda: watched.view("ben") and running.ended and waiting.ended, 3)
    assert running.view("anna").state == waiting.view("anna").state == "stopped"
    assert line.stops == [(line.order(0).job_id, "worker 1")]
    assert watched.view("ben").place == 1
    board.close()


def test_after_a_death_each_suspect_runs_alone_and_those_in_the_queue_come_after(board, line):
    line.n_threads = 2
    first, second, third = (start(board, n) for n in range(3))
    line.tell(0, Count(1, 0))
    line.tell(1, Count(1, 0))
    line.finish(0, problem=KilledError())
    line.finish(1, problem=KilledError())
    again = line.order(2)
    sleep(0.6)  # two ticks, in which the dispatcher must not send another
    assert len(line.orders) == 3
    assert again.parcel in (first.parcel, second.parcel)
    assert again.job_id not in (line.order(0).job_id, line.order(1).job_id)
    for job in (first, second):
        view = job.view("anna")
        assert (view.attempt, view.events) == (2, ())
        assert view.message == "It was run again from the start, because its process was killed."
    line.finish(2, Count(1, 0))
    line.finish(3, problem=KilledError())
    assert line.order(4).parcel == third.parcel
    suspects = [first.view("anna"), second.view("anna")]
    assert sorted(view.state for view in suspects) == ["done", "failed"]
    assert third.view("anna").attempt == 1


def test_a_cluster_that_runs_a_killed_job_again_itself_may_do_so_once(board, line):
    job = start(board, 1)
    line.tell(0, Count(1, 0), run="run 1")
    line.tell(0, run="run 2")
    assert job.view("anna").events == ()
    assert job.view("anna").attempt == 2
    line.tell(0, Count(7, 0), run="run 2")
    assert job.view("anna").state == "running"
    line.tell(0, run="run 3")
    view = job.view("anna")
    assert view.state == "failed"
    assert "killed twice" in view.message
    assert line.released == [line.order(0).job_id]


def test_a_failure_to_connect_is_told_and_the_next_start_tries_again(line):
    answers = [ComputeError("Nobody is at home."), line]

    def connect() -> FakeLine:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    board = Board(connect)
    job = start(board, 1)
    until(lambda: job.view("anna").ended, 5)
    assert job.view("anna").state == "failed"
    assert job.view("anna").message == board.trouble == "Nobody is at home."
    start(board, 1)
    line.order(0)
    assert board.trouble is None
    board.close()


@pytest.mark.parametrize("own", [True, False])
def test_a_lost_connection_ends_what_ran_or_repeats_it_on_a_cluster_of_our_own(own):
    lines = [FakeLine(own=own), FakeLine(own=own)]
    todo = list(lines)
    board = Board(lambda: todo.pop(0))
    ran, waited = start(board, 1), start(board, 2)
    lines[0].tell(0, Count(1, 0))
    lines[0].lives = False
    assert lines[1].order(0).parcel == (ran if own else waited).parcel
    assert lines[0].closed
    view = ran.view("anna")
    if own:
        assert (view.state, view.attempt) == ("running", 2)
    else:
        expected = "The connection to the pretended cluster was lost on the way."
        assert (view.state, view.message) == ("failed", expected)
    assert waited.view("anna").attempt == 1
    assert board.trouble is None
    board.close()


def test_an_idle_board_says_that_the_connection_was_lost_until_the_next_start():
    lines = [FakeLine(), FakeLine()]
    todo = list(lines)
    board = Board(lambda: todo.pop(0))
    board.open()
    until(lambda: len(todo) == 1)
    lines[0].lives = False
    until(lambda: board.trouble == "The connection to the pretended cluster was lost.", 3)
    assert len(todo) == 1
    start(board, 1)
    lines[1].order(0)
    assert board.trouble is None
    board.close()


def test_a_task_lost_with_its_connection_makes_the_board_connect_again():
    lines = [FakeLine(), FakeLine()]
    todo = list(lines)
    board = Board(lambda: todo.pop(0))
    job = start(board, 1)
    lines[0].finish(0, problem=LineLostError())
    lines[1].finish(0, Count(1, 0))
    until(lambda: job.view("anna").state == "done")
    assert job.view("anna").attempt == 2
    board.close()


def test_a_job_waits_while_the_cluster_has_no_worker_and_says_so(board, line):
    line.n_threads = 0
    job = start(board, 1)
    until(lambda: job.view("anna").message is not None)
    view = job.view("anna")
    assert (view.state, view.place) == ("waiting", 1)
    assert view.message.startswith("The cluster has no worker at the moment")
    line.n_threads = 1
    line.order(0)
    until(lambda: job.view("anna").state == "running")
    assert job.view("anna").message is None


def test_nothing_blocks_while_the_cluster_is_coming_up(line):
    came_up = Flag()
    board = Board(lambda: came_up.wait(10) and line)
    began = monotonic()
    board.open()
    board.open()
    job, other = start(board, 1), start(board, 2)
    assert job.view("anna").state == "starting"
    job.wait(0.05)
    board.stop(other, "anna")
    assert other.view("anna").state == "stopped"
    assert monotonic() - began < 1
    came_up.set()
    line.order(0)
    board.close()
    assert line.closed


def test_waiting_for_a_job_ends_with_its_first_event(board, line):
    job = start(board, 1)
    line.order(0)
    began = monotonic()
    job.wait(0.1)
    assert monotonic() - began >= 0.1
    line.tell(0, Count(1, 0))
    job.wait(60)
    assert monotonic() - began < 10


def test_closing_stops_what_lives_and_nothing_starts_afterwards(board, line):
    running, waiting = start(board, 1), start(board, 2)
    line.order(0)
    board.close()
    assert running.view("anna").state == waiting.view("anna").state == "stopped"
    assert line.closed
    assert start(board, 3).view("anna").state == "failed"


def test_importing_the_package_loads_neither_dask_nor_tensorflow():
    code = "import sys, rnnlab.compute; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert "rnnlab.compute" in run.stdout.split()
    assert not {"distributed", "dask", "tensorflow", "keras", "pandas"} & set(run.stdout.split())
