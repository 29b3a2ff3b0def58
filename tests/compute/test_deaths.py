"""Who begins anew, who runs alone and who is given up, on a pretended cluster."""

from collections.abc import Iterator

import pytest

from rnnlab.compute import JobStore
from rnnlab.compute.connection import KilledError
from tests.compute.fake_connection import FakeConnection, start
from tests.compute.waiting import until
from tests.compute.works import Count

RUN_AGAIN = "It was run again from the start, because its process was killed."
THREE = (Count(1, 0), Count(2, 0), Count(3, 0))


@pytest.fixture
def connection() -> FakeConnection:
    return FakeConnection()


@pytest.fixture
def store(connection) -> Iterator[JobStore]:
    store = JobStore(lambda: connection, timeout=60)
    yield store
    store.close()


def sent(connection: FakeConnection, number: int) -> list[bytes]:
    """The payloads of all tasks from this one on, once it was sent and nothing more goes out."""
    connection.task(number)
    until(lambda: connection.rests)
    return [task.payload for task in connection.tasks[number:]]


def test_all_that_had_reported_begin_anew_together_and_the_news_of_a_death_counts_once(
    store, connection
):
    jobs = [start(store, n) for n in range(3)]
    for number in range(3):
        connection.tell(number, *THREE, company=2)
    for number in range(3):
        connection.finish(number, problem=KilledError())
    assert sent(connection, 3) == [job.payload for job in jobs]
    for job in jobs:
        view = job.view("anna")
        assert (view.state, view.attempt, view.events) == ("running", 2, ())
        assert view.message == RUN_AGAIN
    assert set(connection.released) == {task.id for task in connection.tasks[:3]}


def test_those_that_had_hardly_begun_run_before_the_others_until_they_have_reported_three_events(
    store, connection
):
    jobs = [start(store, n) for n in range(4)]
    connection.tell(0, *THREE, company=3)
    connection.tell(1, *THREE[:2], company=3)
    connection.tell(3, *THREE, company=3)
    connection.finish(0, problem=KilledError())
    assert sent(connection, 4) == [jobs[1].payload]
    newcomer = start(store, "newcomer")
    connection.tell(4, *THREE[:2])
    assert sent(connection, 4) == [jobs[1].payload]
    assert newcomer.view("anna").state == "waiting"
    connection.finish(4, THREE[2])
    assert sent(connection, 5) == [jobs[2].payload]
    connection.tell(5, *THREE)
    assert sent(connection, 6) == [jobs[0].payload, jobs[3].payload, newcomer.payload]


def test_who_dies_alone_and_has_died_before_is_given_up_and_its_neighbours_are_not(
    store, connection
):
    neighbour, killer = start(store, "neighbour"), start(store, "killer")
    connection.tell(0, *THREE, company=1)
    connection.finish(1, problem=KilledError())
    assert sent(connection, 2) == [killer.payload]
    connection.finish(2, problem=KilledError())
    view = killer.view("anna")
    assert (view.state, view.attempt) == ("failed", 2)
    assert "killed twice" in view.message
    assert sent(connection, 3) == [neighbour.payload]
    assert neighbour.view("anna").attempt == 2


def test_who_dies_alone_for_the_first_time_runs_alone_to_its_end(store, connection):
    job = start(store, 1)
    connection.tell(0, *THREE)
    connection.finish(0, problem=KilledError())
    connection.tell(1, *THREE)
    other = start(store, 2)
    assert sent(connection, 1) == [job.payload]
    connection.finish(1, Count(4, 0))
    assert sent(connection, 2) == [other.payload]
    assert (job.view("anna").state, job.view("anna").attempt) == ("done", 2)


def test_jobs_of_other_servers_in_the_same_process_share_the_blame(store, connection):
    job = start(store, 1)
    for number in range(3):
        connection.tell(number, *THREE, company=1)
        connection.finish(number, problem=KilledError())
    assert job.view("anna").attempt == 4
    connection.tell(3, *THREE, company=1)
    connection.finish(3, problem=KilledError())  # all the same: it was sent to be alone
    assert job.view("anna").state == "failed"


def test_who_died_with_others_three_times_runs_alone(store, connection):
    jobs = [start(store, n) for n in range(2)]
    for number in (0, 2, 4):
        connection.tell(number, *THREE, company=1)
        connection.tell(number + 1, *THREE, company=1)
        connection.finish(number, problem=KilledError())
    for number, job in ((6, jobs[0]), (7, jobs[1])):
        assert sent(connection, number) == [job.payload]
        connection.tell(number, *THREE)
        connection.finish(number, Count(4, 0))
    assert {job.view("anna").state for job in jobs} == {"done"}


def test_a_death_concerns_nobody_on_another_worker(connection):
    connection.addresses = ["worker 1", "worker 2"]
    store = JobStore(lambda: connection)
    jobs = [start(store, n) for n in range(4)]
    sent(connection, 3)
    assert sorted(connection.workers_of_tasks) == ["worker 1", "worker 1", "worker 2", "worker 2"]
    for number in range(4):
        connection.tell(number, *THREE, company=1)
    connection.finish(0, problem=KilledError())
    dead = connection.workers_of_tasks[0]
    for number, job in enumerate(jobs):
        expected = 2 if connection.workers_of_tasks[number] == dead else 1
        assert job.view("anna").attempt == expected
    store.close()


def test_a_cluster_that_runs_a_killed_job_again_itself_is_told_not_to(store, connection):
    job, neighbour = start(store, 1), start(store, 2)
    connection.tell(0, *THREE, run="run 1", company=1)
    connection.tell(1, *THREE, run="run 2", company=1)
    connection.tell(0, Count(7, 0), run="run 3")
    assert {job.view("anna").attempt, neighbour.view("anna").attempt} == {2}
    assert connection.released == [task.id for task in connection.tasks[:2]]
    assert sent(connection, 2) == [job.payload, neighbour.payload]
    assert job.view("anna").events == ()


def test_the_end_of_the_cluster_counts_against_nobody_but_not_for_ever():
    connections = [FakeConnection() for _ in range(6)]
    todo = list(connections)
    store = JobStore(lambda: todo.pop(0))
    job = start(store, 1)
    for attempt, connection in enumerate(connections[:5], start=1):
        connection.tell(0, Count(1, 0))
        assert job.view("anna").attempt == attempt
        connection.lives = False
        until(lambda attempt=attempt: job.view("anna").attempt > attempt or job.ended)
    view = job.view("anna")
    assert view.state == "failed"
    assert "5 times in a row" in view.message
    assert start(store, 1) is not job
    connections[5].task(0)
    store.close()
