"""The board's own logic: jobs, their places, and who looks at them; on a pretended cluster."""

import pickle
from collections.abc import Iterator

import pytest

from rnnlab.compute import Board
from rnnlab.errors import TrainingError
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
