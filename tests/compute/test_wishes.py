"""What is prepared before somebody asks for it: when, where, and for whom."""

import pickle
from collections.abc import Iterator
from threading import Event as Flag

import pytest

from rnnlab.compute import JobStore
from rnnlab.compute.ahead import Ahead
from rnnlab.compute.turns import Turns
from rnnlab.compute.wishes import MAX_WISHES, REST, Wishes
from tests.compute.fake_connection import FakeConnection
from tests.compute.waiting import until

WORK = "package.module:work"


@pytest.fixture
def connection() -> FakeConnection:
    return FakeConnection(workers=2)


@pytest.fixture
def store(connection) -> Iterator[JobStore]:
    store = JobStore(lambda: connection)
    store.open()
    yield store
    store.close()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_only_the_latest_wish_of_a_viewer_that_has_rested_is_taken():
    clock = Clock()
    wishes = Wishes(clock)
    for number in range(5):
        wishes.add(WORK, number, "anna")
        clock.now += REST / 2
        assert wishes.rested() == []
    wishes.add(WORK, 4, "anna")  # the same again does not disturb its rest
    assert wishes.pause() == pytest.approx(REST / 2)
    clock.now += REST / 2
    assert [(wish.argument, wish.viewer) for wish in wishes.rested()] == [(4, "anna")]
    assert wishes.rested() == []
    assert wishes.pause() == float("inf")


def test_only_so_many_wishes_are_noted_the_latest():
    clock = Clock()
    wishes = Wishes(clock)
    for number in range(MAX_WISHES + 3):
        wishes.add(WORK, number, f"viewer {number}")
    clock.now = 2 * REST
    rested = wishes.rested()
    assert [wish.argument for wish in rested] == list(range(3, MAX_WISHES + 3))
    wishes.note(rested, "worker")
    wishes.note([rested[0]._replace(viewer="another")], "worker")
    assert len(wishes.workers) == MAX_WISHES
    assert "another" in wishes.workers


def test_the_store_has_prepared_what_rests_and_sends_the_job_there(store, connection):
    store.prepare(WORK, "a", "anna")
    store.prepare(WORK, "b", "anna")
    until(lambda: connection.prepared, 3)
    store.start(WORK, "other", "ben")
    connection.task(0)
    ((*wish, worker),) = connection.prepared
    assert wish == [WORK, "b", "anna"]
    assert worker == connection.workers_of_tasks[0], "this test needs one that has a job"
    store.start(WORK, "b", "anna")
    connection.task(1)
    assert connection.workers_of_tasks[1] == worker


def test_what_was_started_is_not_prepared_any_more(store, connection):
    store.prepare(WORK, "a", "anna")
    store.start(WORK, "a", "anna")
    connection.task(0)
    store.prepare(WORK, "a", "anna")
    store.prepare(WORK, "b", "ben")
    until(lambda: connection.prepared, 3)
    assert [argument for _, argument, *_ in connection.prepared] == ["b"]


class Prepared(list):
    """What a module was asked to prepare, while `go` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.go = Flag()

    def resolve(self, name: str):
        assert name == "package.module:prepare_work"
        return self.prepare

    def prepare(self, argument: object) -> None:
        self.append(argument)
        self.go.wait(10)
        if argument == "broken":
            raise AttributeError(argument)


def add(ahead: Ahead, argument: object, visitor: str) -> None:
    ahead.add(WORK, pickle.dumps(argument), visitor)


def test_a_worker_prepares_the_latest_wish_of_each_one_after_another_while_nobody_computes():
    turns, prepared = Turns(2), Prepared()
    ahead = Ahead(turns, prepared.resolve)
    busy = [turns.join(name) for name in ("carl", "dora")]
    assert all(turn.take() for turn in busy)
    add(ahead, "broken", "anna")
    for number in range(3):
        add(ahead, number, "ben")
    assert prepared == []
    for turn in busy:
        turn.leave()
    until(lambda: prepared, 3)
    assert prepared == ["broken"]
    runs = turns.join("carl")
    assert runs.take(), "a core is left for whoever comes"
    runs.leave()
    prepared.go.set()
    until(lambda: len(prepared) == 2, 3)
    assert prepared == ["broken", 2]


def test_a_worker_prepares_for_no_more_than_32_visitors_and_not_beyond_its_limit():
    turns, prepared = Turns(1), Prepared()
    ahead = Ahead(turns, prepared.resolve)
    busy = turns.join("carl")
    busy.take()
    for number in range(40):
        add(ahead, number, f"visitor {number}")
    prepared.go.set()
    busy.leave()
    until(lambda: len(prepared) == 32, 3)
    assert prepared == list(range(8, 40))
    ahead.limit = 1
    add(ahead, "too much", "anna")
    until(lambda: ahead._thread is None, 3)
    assert prepared[-1] == 39
