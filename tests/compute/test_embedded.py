"""The embedded cluster, with real processes."""

import http.client
import sys
from time import monotonic, sleep, time

import psutil
import pytest

from rnnlab.compute import JobStore
from rnnlab.compute.cluster import connect
from tests.compute.waiting import the_end, until
from tests.compute.works import Count

pytestmark = pytest.mark.processes
WORKS = "tests.compute.works"


def cluster_processes() -> set[psutil.Process]:
    """The processes that own an embedded cluster of this process."""
    children = psutil.Process().children()
    living = (child for child in children if child.status() != psutil.STATUS_ZOMBIE)
    return {child for child in living if "rnnlab.compute.embedded" in child.cmdline()}


def family() -> set[psutil.Process]:
    """Those processes, and all they started."""
    owners = cluster_processes()
    return owners.union(*(process.children(recursive=True) for process in owners))


def test_every_event_arrives_in_order_and_the_last_one_complete(store):
    view = the_end(store.start(f"{WORKS}:count", 300, "anna"))
    assert view.state == "done"
    assert [event.number for event in view.events] == list(range(300))
    assert {event.weight for event in view.events} == {None}
    assert (view.result.number, view.result.weight) == (299, "heavy")


def test_an_event_does_not_wait_for_the_next_one(store):
    the_end(store.start(f"{WORKS}:count", 1, "anna"))
    began = monotonic()
    job = store.start(f"{WORKS}:say_one_pause_say_two", 1.5, "anna")
    until(lambda: len(job.view("anna").events) == 2)
    assert monotonic() - began < 1
    assert job.view("anna").state == "running"
    assert the_end(job).state == "done"


def test_a_stop_reaches_the_worker_within_half_a_second(store, tmp_path):
    job = store.start(f"{WORKS}:count_forever", str(tmp_path), "anna")
    until(lambda: len(job.view("anna").events) > 5)
    stopped_at = time()
    store.stop(job, "anna")
    assert job.view("anna").state == "stopped"
    until((tmp_path / "closed").exists)
    assert float(until((tmp_path / "closed").read_text)) - stopped_at < 0.5
    result = until(lambda: job.view("anna").result)
    assert result.weight == "heavy"
    assert result.number >= job.view("anna").events[-1].number


def test_thirty_visitors_take_turns_on_one_core_and_none_waits_for_the_end_of_another(
    new_store, tmp_path, monkeypatch
):
    monkeypatch.setattr("dask.system.CPU_COUNT", 1)
    store = new_store()
    folders = [tmp_path / str(n) for n in range(30)]
    jobs = []
    for folder in folders:
        folder.mkdir()
        jobs.append(store.start(f"{WORKS}:count_forever", str(folder), folder.name))
    until(lambda: all(len(job.view("0").events) >= 3 for job in jobs))
    views = [job.view("0") for job in jobs]
    counts = [len(view.events) for view in views]
    assert max(counts) - min(counts) <= 6, "each takes 20 ms for a number, and goes on for ever"
    assert {(view.state, view.sharing) for view in views} == {("running", 30)}
    for folder, job in zip(folders, jobs, strict=True):
        store.stop(job, "0")
        store.stop(job, folder.name)
    for folder in folders:
        until((folder / "closed").exists)


def test_a_job_that_waits_for_its_turn_is_stopped_without_one(new_store, tmp_path, monkeypatch):
    monkeypatch.setattr("dask.system.CPU_COUNT", 1)
    store = new_store()
    waiting = store.start(f"{WORKS}:count_forever", str(tmp_path), "ben")
    until(lambda: waiting.view("ben").events)
    long = store.start(f"{WORKS}:say_one_pause_say_two", 3.0, "anna")
    until(lambda: len(long.view("anna").events) == 2)
    began = time()
    sleep(0.3)  # the turn of the other lasts three seconds
    store.stop(waiting, "ben")
    closed = until((tmp_path / "closed").exists) and until((tmp_path / "closed").read_text)
    assert float(closed) - began < 1.5


def test_the_message_of_a_lab_error_arrives_intact_and_fills_no_log(store, capfd):
    text = "The loss is no longer a number after update 12 – “naïve” choices of η."
    view = the_end(store.start(f"{WORKS}:raise_lab_error", text, "anna"))
    assert (view.state, view.message) == ("failed", text)
    assert len(view.events) == 1
    assert "TrainingError" not in capfd.readouterr().err


def test_any_other_error_becomes_a_sentence_and_its_module_stays_away(store):
    view = the_end(store.start(f"{WORKS}:raise_odd_error", "", "anna"))
    expected = "Something went wrong in the computation (OddError: nine is odd)."
    assert (view.state, view.message) == ("failed", expected)
    assert "tests.compute.only_in_workers" not in sys.modules


def test_a_work_that_does_not_exist_fails_with_a_sentence(store):
    view = the_end(store.start("tests.compute.works:no_such_work", "", "anna"))
    assert view.state == "failed"
    assert "no_such_work" in view.message


def test_no_port_of_the_cluster_answers_plain_http(store):
    the_end(store.start(f"{WORKS}:count", 1, "anna"))
    ports = []
    for process in family():
        ports += [c.laddr for c in process.net_connections("tcp") if c.status == "LISTEN"]
    assert len(ports) >= 3, "a scheduler, a nanny and a worker listen"
    for address in ports:
        assert address.ip == "127.0.0.1"
        for page in ("/", "/health", "/metrics"):
            connection = http.client.HTTPConnection(address.ip, address.port, timeout=3)
            connection.request("GET", page)
            with pytest.raises((http.client.HTTPException, OSError)):
                connection.getresponse()
            connection.close()


def test_workers_load_no_pandas_even_with_keras(store):
    names = ("keras", "tensorflow", "pandas", "pyarrow", "streamlit", "altair")
    view = the_end(store.start(f"{WORKS}:loaded_after_keras", names, "anna"), seconds=60)
    assert set(view.result.names) == {"keras", "tensorflow"}


def test_workers_warm_up_in_the_background_and_survive_that_it_fails(capfd):
    store = JobStore(lambda: connect(warm=WORKS))
    job = store.start(f"{WORKS}:warmed", "1", "anna")
    n = 1
    while "warm" not in the_end(job).result.names:
        n += 1
        job = store.start(f"{WORKS}:warmed", str(n), "anna")
        assert n < 100
    store.close()
    assert "ValueError: too hot" in capfd.readouterr().err


def test_a_killed_process_means_one_new_start_and_the_viewer_is_told(new_store, tmp_path):
    store = new_store()
    job = store.start(f"{WORKS}:die_once", str(tmp_path), "anna")
    view = the_end(job)
    assert (view.state, view.attempt) == ("done", 2)
    assert view.message == "It was run again from the start, because its process was killed."
    assert [event.number for event in view.events] == [0, 1, 2]


def test_killed_twice_is_given_up_and_neither_neighbours_nor_next_in_line_suffer(
    new_store, tmp_path
):
    store = new_store()
    neighbours = []
    for n in range(11):
        (folder := tmp_path / str(n)).mkdir()
        neighbours.append(store.start(f"{WORKS}:hold", str(folder), f"neighbour {n}"))
    until(lambda: all(len(job.view("anna").events) >= 3 for job in neighbours))
    job = store.start(f"{WORKS}:die", "", "anna")
    until(lambda: job.view("anna").attempt == 2)
    later = store.start(f"{WORKS}:count", 3, "anna")
    view = the_end(job)
    assert (view.state, view.attempt) == ("failed", 2)
    assert "killed twice" in view.message
    for n in range(11):
        (tmp_path / str(n) / "go").touch()
    assert {(the_end(other).state, other.attempt) for other in neighbours} == {("done", 2)}
    assert (the_end(later).state, later.view("anna").attempt) == ("done", 1)


def test_a_killed_worker_is_noticed_soon(new_store, tmp_path):
    store = new_store()
    job = store.start(f"{WORKS}:hold", str(tmp_path), "anna")
    event: Count = until(lambda: job.view("anna").events)[0]
    psutil.Process(event.pid).kill()
    killed = monotonic()
    until(lambda: job.view("anna").attempt == 2)
    assert monotonic() - killed < 2
    (tmp_path / "go").touch()
    view = the_end(job)
    assert view.state == "done"
    assert view.result.pid != event.pid


def test_a_killed_cluster_process_means_a_new_cluster_and_a_second_attempt(new_store, tmp_path):
    before = cluster_processes()
    store = new_store()
    job = store.start(f"{WORKS}:hold", str(tmp_path), "anna")
    until(lambda: job.view("anna").events)
    (process,) = cluster_processes() - before
    workers = process.children(recursive=True)
    process.kill()
    until(lambda: job.view("anna").attempt == 2)
    (tmp_path / "go").touch()
    assert the_end(job).state == "done"
    assert store.trouble is None
    _, alive = psutil.wait_procs(workers, 5)
    assert alive == []


def test_closing_ends_all_processes_within_three_seconds(new_store, tmp_path):
    before = family()
    store = new_store()
    job = store.start(f"{WORKS}:count_forever", str(tmp_path), "anna")
    until(lambda: job.view("anna").events)
    processes = family() - before
    assert len(processes) >= 2
    began = monotonic()
    store.close()
    assert monotonic() - began < 3
    _, alive = psutil.wait_procs(processes, 2)
    assert alive == []


def test_an_unwatched_job_stops_on_its_worker(new_store, tmp_path):
    store = new_store(timeout=0.5)
    job = store.start(f"{WORKS}:count_forever", str(tmp_path), "anna")
    until(lambda: job.view("anna").events)
    until((tmp_path / "closed").exists, 5)
    assert job.view("anna").state == "stopped"


def test_one_of_two_viewers_stops_and_the_worker_goes_on(store, tmp_path):
    job = store.start(f"{WORKS}:count_forever", str(tmp_path), "anna")
    store.start(f"{WORKS}:count_forever", str(tmp_path), "ben")
    until(lambda: job.view("anna").events)
    store.stop(job, "anna")
    seen = len(job.view("ben").events)
    until(lambda: len(job.view("ben").events) > seen + 20)
    assert not (tmp_path / "closed").exists()
    assert job.view("anna").state == "stopped"
    store.stop(job, "ben")
    until((tmp_path / "closed").exists)


def test_several_worker_processes_share_the_work(new_store, tmp_path, monkeypatch):
    monkeypatch.setenv("RNNLAB_WORKERS", "2")
    store = new_store()
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    jobs = [store.start(f"{WORKS}:hold", str(folder), "anna") for folder in folders]
    first: set[int] = {until(lambda job=job: job.view("anna").events)[0].pid for job in jobs}
    assert len(first) == 2
    for folder in folders:
        (folder / "go").touch()
    assert {the_end(job).state for job in jobs} == {"done"}


def test_cores_and_memory_are_shared_out_among_the_workers(monkeypatch):
    monkeypatch.setenv("RNNLAB_WORKERS", "2")
    monkeypatch.setattr("dask.system.CPU_COUNT", 5)
    monkeypatch.setattr("distributed.system.MEMORY_LIMIT", 2 * 10**9)
    connection = connect(warm=None)
    workers = connection._client.scheduler_info(n_workers=-1)["workers"].values()
    connection.close()
    assert [(w["nthreads"], w["memory_limit"]) for w in workers] == [(2, 9 * 10**8)] * 2
