"""Large workers are replaced and nobody notices; with real processes."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from time import monotonic, sleep

import psutil
import pytest
from distributed import Security

from rnnlab.compute import Job, JobStore
from rnnlab.compute.cluster import connect
from rnnlab.compute.embedded import ClusterProcess, Size
from tests.compute.waiting import the_end, until

pytestmark = pytest.mark.processes
WORKS = "tests.compute.works"
SLOW_START = "tests.compute.slow_start"
MB = 2**20
RENEW_AT = 200 * MB  # a worker without TensorFlow takes 70 to 120
MUCH = 400  # megabytes: more than a worker may grow to that has jobs


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch) -> None:
    monkeypatch.setattr("dask.system.CPU_COUNT", 2)


@pytest.fixture
def store_and_connection() -> Iterator[Callable]:
    """Makes a store whose workers are soon too large, and tells its connection, too."""
    stores = []

    def make(warm: str | None = None) -> tuple:
        connection = connect(warm, renew_at=RENEW_AT)
        stores.append(JobStore(lambda: connection))
        return stores[-1], connection

    yield make
    for store in stores:
        store.close()


def workers_of(process: psutil.Process) -> list[psutil.Process]:
    """The worker processes that it or its children have spawned."""
    workers = []
    for child in process.children(recursive=True):
        try:
            if "spawn_main" in " ".join(child.cmdline()):
                workers.append(child)
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            pass
    return workers


def runs(process: psutil.Process) -> bool:
    """Whether it is still there, and not as a mere entry that nobody has collected."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_job_ends_where_it_began_while_a_fresh_worker_takes_the_next_ones(
    store_and_connection, tmp_path
):
    store, connection = store_and_connection()
    long = store.start(f"{WORKS}:count_until_told", str(tmp_path), "anna")
    old: int = until(lambda: long.view("anna").events)[0].pid
    assert the_end(store.start(f"{WORKS}:hoard", MUCH, "anna")).result.pid == old
    numbers = count(1)

    def next_pid() -> int:
        long.view("anna")
        return the_end(store.start(f"{WORKS}:count", next(numbers), "anna")).result.pid

    fresh = until(lambda: (pid := next_pid()) != old and pid)
    longer_than_dask_waits = monotonic() + 6
    while monotonic() < longer_than_dask_waits:
        assert next_pid() == fresh
    takes_more = [worker.open for worker in connection.workers().values()]
    assert sorted(takes_more) == [False, True], "the retiring worker takes no more jobs"
    assert long.view("anna").state == "running"
    (tmp_path / "go").touch()
    view = the_end(long)
    assert (view.state, view.attempt, view.message) == ("done", 1, None)
    assert [event.number for event in view.events] == list(range(len(view.events)))
    assert {event.pid for event in view.events} == {old}
    assert view.result.weight == "heavy"
    until(lambda: not psutil.pid_exists(old), 10)
    assert next_pid() == fresh


@pytest.mark.parametrize("workers", ["1", "2"])
def test_in_a_long_queue_no_job_fails_or_begins_again_however_often_workers_change(
    workers, store_and_connection, monkeypatch
):
    monkeypatch.setenv("RNNLAB_WORKERS", workers)
    store, connection = store_and_connection()
    jobs: list[Job] = []

    def processes() -> set[int]:
        """Those that have run jobs so far; there are always some jobs that wait."""
        views = [job.view("anna") for job in jobs]
        if sum(not view.ended for view in views) < 6:
            jobs.append(store.start(f"{WORKS}:hoard", MUCH + len(jobs), "anna"))
        return {event.pid for view in views for event in view.events}

    until(lambda: len(processes()) >= 5, 60)
    views = [the_end(job) for job in jobs]
    assert {(view.state, view.attempt, view.message) for view in views} == {("done", 1, None)}
    assert {len(view.events) for view in views} == {2}
    until(lambda: len(connection.workers()) == int(workers), 10)  # the last may be leaving


def test_a_worker_whose_result_was_not_fetched_yet_stays_until_it_is(store_and_connection):
    store, connection = store_and_connection()
    future = connection._client.submit(os.getpid, pure=False)
    old = future.result()
    the_end(store.start(f"{WORKS}:hoard", MUCH, "anna"))
    numbers = count(1)
    until(lambda: the_end(store.start(f"{WORKS}:count", next(numbers), "anna")).result.pid != old)
    sleep(2)  # four times as long as it otherwise takes
    assert psutil.pid_exists(old)
    future.release()
    until(lambda: not psutil.pid_exists(old), 10)


def test_a_fresh_worker_gets_its_first_job_when_it_is_warm(store_and_connection):
    store, _ = store_and_connection(SLOW_START)
    old = the_end(store.start(f"{WORKS}:hoard", MUCH, "anna")).result.pid
    for number in count():
        result = the_end(store.start(f"{SLOW_START}:warmed", number, "anna")).result
        if result.pid != old:
            break
    assert number > 10, "until then the old one went on"
    assert result.warm


def test_a_worker_that_is_large_from_the_beginning_is_not_renewed_for_ever():
    helper = ClusterProcess()
    helper.start(Size(1, 1, 2**32, renew_at=1, renew_busy_at=1), Security.temporary(), None)
    seen: set[int] = set()
    ended = monotonic() + 6
    while monotonic() < ended:
        seen |= {worker.pid for worker in workers_of(psutil.Process(helper._process.pid))}
        sleep(0.05)
    helper.close()
    assert len(seen) == 2


def close(helper: ClusterProcess) -> None:
    helper.close()


def lose_the_server(helper: ClusterProcess) -> None:
    helper._process.stdin.close()


def kill(helper: ClusterProcess) -> None:
    helper._process.kill()


@pytest.mark.parametrize("end", [close, lose_the_server, kill])
def test_an_end_in_the_middle_of_a_renewal_leaves_no_process_behind(end, capfd):
    helper = ClusterProcess()
    helper.start(Size(1, 1, 2**32, renew_at=1, renew_busy_at=1), Security.temporary(), SLOW_START)
    process = psutil.Process(helper._process.pid)
    until(lambda: len(workers_of(process)) == 2)
    family = [process, *process.children(recursive=True)]
    end(helper)
    until(lambda: not any(map(runs, family)), 5)
    helper.close()
    assert "Traceback" not in capfd.readouterr().err
