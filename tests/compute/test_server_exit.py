"""However the server ends, nothing of it is left."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.compute.waiting import until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform == "win32", reason="sessions and signals are POSIX"),
]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path) -> Iterator[subprocess.Popen]:
    """A server on its way; it ends with the test, if not in it."""
    command = [sys.executable, "-m", "tests.compute.server", str(tmp_path)]
    with (tmp_path / "stderr").open("w") as errors:
        server = subprocess.Popen(command, cwd=ROOT, stderr=errors)
    yield server
    server.kill()
    server.wait()


def cluster_process_of(server: subprocess.Popen) -> int:
    """The process id of the server's helper, once it leads its own session."""
    (cluster_process,) = until(lambda: psutil.Process(server.pid).children())
    until(lambda: os.getsid(cluster_process.pid) == cluster_process.pid)
    return cluster_process.pid


def session_of(leader: int) -> list[int]:
    """The processes of one session that still run, whoever their parents are now."""
    pids = []
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                pids.append(process.pid)
        except (psutil.NoSuchProcess, ProcessLookupError):
            pass
    return pids


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("SIGKILL", "starting"),
        ("SIGKILL", "running"),
        ("SIGTERM", "starting"),
        ("SIGTERM", "running"),
        ("SIGINT", "starting"),
    ],
)
def test_no_process_is_left_five_seconds_after(name, moment, server, tmp_path):
    cluster_process = cluster_process_of(server)
    if moment == "running":
        until((tmp_path / "ready").exists, 40)
        assert len(session_of(cluster_process)) >= 2
    server.send_signal(getattr(signal, name))
    server.wait(5)
    until(lambda: not session_of(cluster_process), 5)


@pytest.mark.usefixtures("server")
def test_the_server_loads_no_tensorflow_and_none_of_what_computes(tmp_path):
    until((tmp_path / "ready").exists, 40)
    modules = set((tmp_path / "modules").read_text().split())
    assert {"distributed", "rnnlab.compute.dask_connection"} <= modules
    assert not {"tensorflow", "keras", "rnnlab.training"} & modules


def test_ctrl_c_in_the_terminal_leaves_no_process_and_no_traceback_of_the_cluster(server, tmp_path):
    until((tmp_path / "ready").exists, 40)
    cluster_process = cluster_process_of(server)
    assert len(session_of(cluster_process)) >= 2
    assert os.getpgid(cluster_process) != os.getpgid(server.pid)
    server.send_signal(signal.SIGINT)
    server.wait(5)
    until(lambda: not session_of(cluster_process), 5)
    errors = (tmp_path / "stderr").read_text()
    assert errors.count("Traceback") == errors.count("KeyboardInterrupt\n") == 1
