"""Who counts as there, and what is kept of whom; on a pretended cluster."""

import gc
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import sleep

import pytest

from rnnlab.compute import JobStore
from tests.compute.fake_connection import FakeConnection, start
from tests.compute.waiting import until
from tests.compute.works import Count

TIMEOUT = 0.3


@dataclass(frozen=True)
class Text:
    """What somebody typed."""

    text: str
    private: bool = True


@pytest.fixture
def connection() -> FakeConnection:
    return FakeConnection()


@pytest.fixture
def alive() -> set[str]:
    """The viewers that are connected."""
    return {"anna", "ben"}


@pytest.fixture
def new_store(connection, alive) -> Iterator[Callable[..., JobStore]]:
    stores = []

    def make(**options: object) -> JobStore:
        options = {"timeout": TIMEOUT, "keep": 0.0} | options
        stores.append(JobStore(lambda: connection, is_alive=alive.__contains__, **options))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


def test_a_job_goes_on_while_its_viewer_is_connected_and_stops_a_while_after(
    new_store, connection, alive
):
    store = new_store()
    job = start(store, 1, "anna")
    connection.tell(0, Count(1, 0))
    sleep(4 * TIMEOUT)
    assert job.state == "running"
    alive.remove("anna")
    until(lambda: job.ended, 3)
    assert job.message == "It was stopped because nobody was watching any more."
    assert connection.stops == [(connection.task(0).id, "worker 1")]


def test_a_viewer_who_comes_back_soon_has_not_left(new_store, connection, alive):
    store = new_store(timeout=1.0)
    job = start(store, 1, "anna")
    alive.remove("anna")
    connection.task(0)
    job.view("anna")
    sleep(0.7)
    alive.add("anna")
    sleep(0.7)
    assert job.state == "running"


def test_finished_jobs_of_those_who_are_there_are_kept_and_of_others_the_latest_of_each_work(
    new_store, connection
):
    store = new_store(max_finished=1)
    jobs = []
    for number, viewer in enumerate(("anna", "carl", "dora", "ben", "emil")):
        jobs.append(start(store, number, viewer))
        connection.finish(number, Count(1, 0))
    until(lambda: len(store._jobs) == 3, 3)
    assert {job.argument for job in store._jobs.values()} == {0, 3, 4}
    assert start(store, 0, "anna") is jobs[0]


def test_finished_jobs_are_kept_for_a_while_after_their_last_viewer_left(new_store, connection):
    store = new_store(keep=1.5, max_finished=0)
    start(store, 1, "carl")
    connection.finish(0, Count(1, 0))
    sleep(1.0)
    assert store._jobs
    until(lambda: not store._jobs, 3)


def test_finished_jobs_take_no_more_bytes_than_they_may(new_store, connection):
    store = new_store(max_bytes=250_000)
    for number in range(5):
        job = start(store, number, "anna")
        connection.tell(number, Count(1, 0))
        connection.finish(number, Count(2, 0, "x" * 100_000))
        assert 100_000 < job.n_bytes < 101_000
    until(lambda: len(store._jobs) == 2, 3)
    assert {job.argument for job in store._jobs.values()} == {3, 4}


@pytest.mark.parametrize("begun", [True, False])
def test_what_a_visitor_typed_is_gone_from_the_process_when_nobody_is_there(
    begun, new_store, connection, alive
):
    store = new_store(keep=60.0)
    text = Text("a secret")
    job = start(store, (text, 7), "anna")
    seen = weakref.ref(job)
    if begun:
        connection.tell(0, Count(1, 0))
        connection.finish(0, Count(1, 0))
        sleep(3 * TIMEOUT)
        assert start(store, (text, 7), "anna") is job
    typed = weakref.ref(text)
    connection.task(0)
    connection.tasks.clear()
    del job, text
    assert seen() is not None
    alive.remove("anna")
    until(lambda: gc.collect() >= 0 and typed() is None, 3)
    assert seen() is None


def test_viewers_that_are_gone_leave_nothing_in_a_job(new_store):
    store = new_store()
    job = start(store, 1, "anna")
    for number in range(100):
        start(store, 1, f"passer-by {number}")
    until(lambda: job.viewers._looked_at.keys() == {"anna"}, 3)


def test_turns_are_shared_out_by_the_first_viewer_who_is_there(new_store, connection, alive):
    connection.addresses = []
    store = new_store()
    job = start(store, 1, "carl")
    start(store, 1, "ben")
    start(store, 1, "anna")
    assert job.visitor == "carl"
    until(lambda: job.visitor == "ben", 3)
    connection.addresses = ["worker 1"]
    assert connection.task(0).visitor == "ben"
    alive.remove("ben")
    sleep(2 * TIMEOUT)
    assert job.visitor == "ben", "its turns have begun"


def test_all_tabs_of_one_browser_are_one_visitor(new_store, connection):
    connection.addresses = []  # so that all four wait before the first goes out
    store = new_store(visitor_of=lambda viewer: viewer.partition(" ")[0])
    jobs = [start(store, n, f"anna {n}") for n in range(3)]
    jobs.append(start(store, 3, "ben 1"))
    connection.addresses = ["worker 1"]
    connection.task(3)
    assert [task.visitor for task in connection.tasks] == ["anna", "ben", "anna", "anna"]
    assert jobs[0].view("anna 0").sharing == 2


def test_a_view_tells_how_many_visitors_share(new_store, connection):
    store = new_store()
    jobs = [start(store, n, "anna") for n in range(2)]
    connection.task(1)
    start(store, 2, "ben")
    assert jobs[0].view("anna").sharing == 2
    connection.finish(2, Count(1, 0))
    until(lambda: jobs[0].view("anna").sharing == 1, 3)


def test_a_subscriber_hears_of_every_change_until_it_has_enough(new_store, connection):
    connection.addresses = []
    store = new_store()
    job = start(store, 1)
    states: list[str] = []
    unsubscribe = job.subscribe(lambda: states.append(job.view("anna").state))
    connection.addresses = ["worker 1"]
    connection.tell(0, Count(1, 0))
    connection.finish(0, Count(1, 0))
    assert states == ["running", "running", "done"]
    unsubscribe()
    unsubscribe()
    job.notify()
    assert len(states) == 3


def test_events_are_copied_once_for_all_who_look(new_store, connection):
    store = new_store()
    job = start(store, 1)
    connection.tell(0, Count(1, 0))
    events = job.view("anna").events
    assert job.view("ben").events is events
    connection.tell(0, Count(2, 0))
    assert events == (Count(1, 0),)
    assert job.view("ben").events == (Count(1, 0), Count(2, 0))
