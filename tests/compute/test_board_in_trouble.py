"""What the board does when processes die, the cluster is slow or lost, or the end comes."""

import subprocess
import sys
from collections.abc import Iterator
from threading import Event as Flag
from time import monotonic, sleep

import pytest

from rnnlab.compute import Board
from rnnlab.compute.line import KilledError, LineLostError
from rnnlab.errors import ComputeError
from tests.compute.pretended import PretendedLine, start
from tests.compute.waiting import until
from tests.compute.works import Count


@pytest.fixture
def line() -> PretendedLine:
    return PretendedLine()


@pytest.fixture
def board(line) -> Iterator[Board]:
    board = Board(lambda: line, patience=60, keep=3)
    yield board
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

    def connect() -> PretendedLine:
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
    lines = [PretendedLine(own=own), PretendedLine(own=own)]
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
    lines = [PretendedLine(), PretendedLine()]
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
    lines = [PretendedLine(), PretendedLine()]
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
