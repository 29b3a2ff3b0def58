"""Which job goes next and to which worker; no threads, no cluster."""

from dataclasses import dataclass
from threading import RLock

import pytest

from rnnlab.compute.admission import MAX_JOBS, MAX_OVERTAKEN, Queue
from rnnlab.compute.attempt import Attempt
from rnnlab.compute.connection import Worker
from rnnlab.compute.job import ASSUMED_BYTES, Job

GB = 2**30
ONE = {"worker 1": Worker(GB)}
TWO = ONE | {"worker 2": Worker(GB)}


@dataclass(frozen=True)
class Sized:
    peak_bytes: int


@dataclass(frozen=True)
class SizedTwice(Sized):
    held_bytes: int


def job(visitor: str, peak_bytes: int | None = None, held_bytes: int | None = None) -> Job:
    argument = visitor if peak_bytes is None else Sized(peak_bytes)
    if peak_bytes is not None and held_bytes is not None:
        argument = SizedTwice(peak_bytes, held_bytes)
    new = Job("package.module:work", argument, RLock(), None, lambda _: True, 60)
    new.visitor = visitor
    return new


def queue_of(*jobs: Job) -> Queue:
    queue = Queue()
    for waiting in jobs:
        queue.add(waiting)
    return queue


def sent(queue: Queue, workers: dict, out: list[Attempt]) -> list[Attempt]:
    """All that go out now, added to `out`."""
    new = []
    while (attempt := queue.next(workers, out)) is not None:
        new.append(attempt)
        out.append(attempt)
    return new


def test_the_memory_of_an_argument_is_what_it_says_and_of_several_the_most():
    assert job("anna").peak_bytes == ASSUMED_BYTES
    assert job("anna", 5).peak_bytes == 5
    several = Job("m:w", (Sized(3), SizedTwice(7, 2)), RLock(), None, lambda _: True, 60)
    assert several.peak_bytes == 7
    assert several.held_bytes == 3
    assert job("anna", 5).held_bytes == 5


def test_visitors_get_their_first_before_one_gets_a_second():
    anna, ben, carl = ([job(name) for _ in range(3)] for name in ("anna", "ben", "carl"))
    queue = queue_of(*anna, *ben, *carl)
    assert queue.place(carl[0], []) == 3
    assert queue.place(carl[0], [Attempt(job("anna"), "worker 1")]) == 2
    order = [attempt.job for attempt in sent(queue, ONE, [])]
    assert order == [jobs[n] for n in range(3) for jobs in (anna, ben, carl)]


def test_the_worker_with_the_least_to_do_is_next_whoever_gave_it_that():
    queue = queue_of(*(job(f"visitor {n}") for n in range(6)))
    workers = {"worker 1": Worker(GB, jobs=2), "worker 2": Worker(GB)}
    order = [attempt.worker for attempt in sent(queue, workers, [])]
    assert order[:2] == ["worker 2"] * 2
    assert sorted(order) == ["worker 1"] * 3 + ["worker 2"] * 3


def test_a_worker_that_has_prepared_is_next_if_it_has_not_much_more_to_do():
    prepared = {"anna": "worker 2"}
    for load, expected in ((1, "worker 2"), (2, "worker 1")):
        out = [Attempt(job(f"visitor {n}"), "worker 2") for n in range(load)]
        attempt = queue_of(job("anna")).next(TWO, out, prepared)
        assert attempt.worker == expected


def test_no_more_memory_is_given_out_than_there_is_but_a_job_alone_always_fits():
    out: list[Attempt] = []
    queue = queue_of(*(job(f"visitor {n}", GB // 3) for n in range(5)), job("huge", 2 * GB))
    assert len(sent(queue, ONE, out)) == 3
    del out[0]
    assert len(sent(queue, ONE, out)) == 1
    out.clear()
    assert len(sent(queue, ONE, out)) == 1
    out.clear()
    assert [attempt.job.visitor for attempt in sent(queue, ONE, out)] == ["huge"]


@pytest.mark.parametrize(("threads", "expected"), [(1, 7), (2, 4), (3, 2)])
def test_what_a_job_holds_counts_always_and_the_rest_only_for_those_that_compute(threads, expected):
    # n jobs hold n / 10 of a gigabyte, and those that compute take 3/10 more each.
    queue = queue_of(*(job(f"visitor {n}", 4 * GB // 10, GB // 10) for n in range(12)))
    assert len(sent(queue, {"worker 1": Worker(GB, threads=threads)}, [])) == expected


def test_one_that_takes_much_while_it_computes_goes_where_others_hold_little():
    out = [Attempt(job(f"visitor {n}", GB // 4, GB // 100), "worker 1") for n in range(20)]
    assert queue_of(job("anna", 3 * GB // 4, GB // 100)).next(ONE, out) is not None
    assert queue_of(job("anna", 9 * GB // 10, GB // 100)).next(ONE, out) is None


def test_a_worker_has_no_more_jobs_than_it_may():
    queue = queue_of(*(job(f"visitor {n}", 1) for n in range(MAX_JOBS + 2)))
    assert len(sent(queue, ONE, [])) == MAX_JOBS


def test_small_jobs_pass_a_large_one_that_does_not_fit_but_not_for_ever():
    out = [Attempt(job("first", GB // 2), "worker 1")]
    queue = queue_of(job("large", 3 * GB // 4))
    n_passed = 0
    while True:
        queue.add(job(f"visitor {n_passed}", 1))
        new = sent(queue, ONE, out)
        if not new:
            break
        n_passed += 1
        out.remove(new[0])
    assert n_passed == MAX_OVERTAKEN
    out.clear()
    assert sent(queue, ONE, out)[0].job.visitor == "large"


def test_without_a_worker_nothing_goes():
    assert queue_of(job("anna")).next({}, []) is None
