"""A cluster that somebody else runs: `dask scheduler` and two `dask worker`s, under TLS."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import dask
import psutil
import pytest

from rnnlab.compute.cluster import connect
from rnnlab.errors import ComputeError
from tests.compute.certificates import write_certificates
from tests.compute.waiting import the_end, until

pytestmark = pytest.mark.processes
WORKS = "tests.compute.works"
ROOT = Path(__file__).parents[2]
LOCAL = ["--host", "tls://127.0.0.1", "--no-dashboard"]


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Iterator[dict[str, str]]:
    """The environment that leads to a running cluster."""
    folder = tmp_path_factory.mktemp("cluster")
    settings = write_certificates(folder) | {"PYTHONPATH": str(ROOT)}
    contact = folder / "scheduler.json"
    where = ["--scheduler-file", str(contact)]
    scheduler = dask_command(settings, "scheduler", *where, *LOCAL, "--port", "0")
    until(contact.exists, 40)
    worker = ["worker", *where, *LOCAL, "--nthreads", "1", "--local-directory", str(folder)]
    workers = [dask_command(settings, *worker) for _ in range(2)]
    settings["RNNLAB_SCHEDULER"] = until(lambda: address_in(contact))
    yield settings
    for process in (*workers, scheduler):
        children = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for child in psutil.wait_procs(children, 3)[1]:
            child.kill()


def dask_command(settings: dict[str, str], *words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def address_in(contact: Path) -> str | None:
    try:
        return json.loads(contact.read_text())["address"]
    except ValueError:  # still being written
        return None


@pytest.fixture
def outside(settings, monkeypatch) -> Iterator[None]:
    """This process knows the cluster."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    yield
    monkeypatch.undo()
    dask.config.refresh()


@pytest.mark.usefixtures("outside")
def test_jobs_run_there_on_both_workers(new_store, tmp_path):
    children = psutil.Process().children()
    connection = connect(warm=None)
    until(lambda: len(connection.workers()) == 2, 40)
    connection.close()
    store = new_store()
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    jobs = [store.start(f"{WORKS}:hold", str(folder), "anna") for folder in folders]
    pids = {until(lambda job=job: job.view("anna").events, 40)[0].pid for job in jobs}
    assert len(pids) == 2
    for folder in folders:
        (folder / "go").touch()
    assert {the_end(job).state for job in jobs} == {"done"}
    assert psutil.Process().children() == children


@pytest.mark.usefixtures("outside")
def test_a_job_that_is_stopped_there_stops(new_store, tmp_path):
    store = new_store()
    job = store.start(f"{WORKS}:count_forever", str(tmp_path), "anna")
    until(lambda: job.view("anna").events)
    store.stop(job, "anna")
    until(lambda: job.view("anna").result)
    assert (tmp_path / "closed").exists()


@pytest.mark.usefixtures("outside")
def test_a_job_killed_there_runs_again_and_says_so(new_store, tmp_path):
    job = new_store().start(f"{WORKS}:die_once", str(tmp_path), "anna")
    view = the_end(job)
    assert (view.state, view.attempt) == ("done", 2)
    assert view.message == "It was run again from the start, because its process was killed."
    assert [event.number for event in view.events] == [0, 1, 2]


@pytest.mark.usefixtures("outside")
def test_a_job_killed_there_twice_is_given_up_and_the_next_one_works(new_store):
    store = new_store()
    view = the_end(store.start(f"{WORKS}:die", "", "anna"))
    assert (view.state, view.attempt) == ("failed", 2)
    assert "killed twice" in view.message
    assert the_end(store.start(f"{WORKS}:count", 3, "anna")).state == "done"


@pytest.mark.usefixtures("outside")
def test_a_stranger_with_certificates_of_his_own_is_told_so(tmp_path, monkeypatch):
    for name, value in write_certificates(tmp_path).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ComputeError, match="has other certificates"):
        connect()


def test_a_server_that_vanishes_leaves_no_computation_behind(settings, tmp_path):
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.compute.server", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | settings,
    )
    try:
        until((tmp_path / "ready").exists, 40)
    finally:
        server.kill()
        server.wait()
    until((tmp_path / "closed").exists, 5)
    last = (tmp_path / "alive").read_text()
    sleep(0.2)  # ten numbers, if it still counted
    assert (tmp_path / "alive").read_text() == last


@pytest.mark.usefixtures("outside")
def test_closing_the_board_ends_its_jobs_there(new_store, tmp_path):
    store = new_store()
    job = store.start(f"{WORKS}:count_forever", str(tmp_path), "anna")
    until(lambda: job.view("anna").events)
    store.close()
    until((tmp_path / "closed").exists, 5)
