"""Threads that take turns."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from time import sleep

import pytest

from rnnlab.compute.turns import Turns
from tests.compute.waiting import until


@pytest.mark.parametrize("slots", [1, 3])
def test_as_many_compute_at_once_as_there_are_cores_and_all_come_to_their_end(slots):
    turns, lock = Turns(slots), Lock()
    at_once, most = set(), []

    def compute(number: int) -> int:
        turn = turns.join(f"visitor {number % 4}")
        n_chunks = 0
        while n_chunks < 20 and turn.take():
            with lock:
                at_once.add(number)
                most.append(len(at_once))
            sleep(0.0005)
            with lock:
                at_once.discard(number)
            n_chunks += 1
        turn.leave()
        return n_chunks

    with ThreadPoolExecutor(12) as threads:
        assert list(threads.map(compute, range(12))) == 12 * [20]
    assert max(most) == slots


def test_who_is_cancelled_while_it_waits_goes_at_once_and_holds_up_nobody():
    turns = Turns(1)
    busy, waiting, next_in_line = (turns.join(name) for name in ("anna", "ben", "carl"))
    assert busy.take()
    with ThreadPoolExecutor(2) as threads:
        answer = threads.submit(waiting.take)
        until(lambda: waiting.computation.waiting is not None)
        waiting.cancel()
        assert answer.result(5) is False
        assert waiting.take() is False
        other = threads.submit(next_in_line.take)
        waiting.leave()
        busy.leave()
        assert other.result(5) is True


def test_a_turn_is_lent_to_others_while_its_owner_waits_for_something():
    turns, happened = Turns(1), Event()
    owner, other = turns.join("anna"), turns.join("ben")
    assert owner.take()

    def compute() -> None:
        other.take()
        happened.set()
        other.leave()

    with ThreadPoolExecutor(1) as threads:
        with owner.away():
            threads.submit(compute)
            assert happened.wait(5)
        assert owner.computation.since is not None, "it has a turn again"


def test_more_cores_begin_more_turns():
    turns = Turns(1)
    first, second = turns.join("anna"), turns.join("ben")
    assert first.take()
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(second.take)
        until(lambda: second.computation.waiting is not None)
        turns.open(2)
        assert answer.result(5) is True


def test_cores_are_spare_while_nobody_else_wants_them():
    turns = Turns(3)
    one, other, late = (turns.join(name) for name in ("anna", "ben", "carl"))
    assert one.take()
    assert one.spare() == 2
    assert other.take()
    assert one.spare() == 1
    turns.open(2)
    assert one.spare() == 0
    with ThreadPoolExecutor(1) as threads:
        threads.submit(late.take)
        until(lambda: late.computation.waiting is not None)
        turns.open(1)
        other.leave()
        assert one.spare() == 0
        one.leave()
        until(lambda: late.computation.since is not None)
    assert late.spare() == 0
