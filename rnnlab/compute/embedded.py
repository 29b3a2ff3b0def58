"""The embedded cluster: a process that owns it, and the pipe between it and the server.

`python -m rnnlab.compute.embedded` reads one line of JSON (certificates and sizes), answers one
(the scheduler's address, or an error), and lives until its input ends: that is when the server is
gone, in whatever way.

It is a process of its own because spawned workers import their parent's main module again, which
in a server would be Streamlit; because the scheduler then does not share an interpreter lock with
page scripts; and because the server then meets its own cluster just as any other.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread, Timer
from time import sleep
from typing import IO, TYPE_CHECKING, Any

from rnnlab import compilation_cache
from rnnlab.compute.full_disk import full_disk
from rnnlab.errors import ComputeError

if TYPE_CHECKING:
    from distributed import Security

ROOT = Path(__file__).parents[2]
START_TIMEOUT = 60.0  # seconds, on a slow machine with a cold disk
CLOSE_TIMEOUT = 1.5  # seconds that the server waits for the process to end
MAX_CLOSE_SECONDS = 3.0  # seconds that it takes to close its cluster, at the very most

DASK = {
    "distributed.scheduler.allowed-failures": 0,  # the dispatcher decides what runs again
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # Else scheduler and workers keep the last messages, and so what visitors have typed.
    "distributed.admin.low-level-log-length": 0,
    # It would look at every thread a hundred times a second, and each job has a thread.
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.95,
}


# A small network gains nothing from a second core (measured: one thread is as fast, or faster), and
# the other cores have other students' runs to do.
TENSORFLOW = {
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    # At level 2 it says of each program from the compilation cache that it may not fit this
    # machine: it takes XLA's own preferences for features of the processor.
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


@dataclass(frozen=True)
class Size:
    """How large the cluster is: worker processes, threads in each, bytes of memory for each.

    A worker that takes more than `renew_at` bytes is replaced when it has nothing to do, and one
    that takes more than `renew_busy_at` in any case.
    """

    workers: int
    threads: int
    memory: int
    renew_at: int
    renew_busy_at: int


class ClusterProcess:
    """The process that owns the embedded cluster, from the server's side."""

    def __init__(self) -> None:
        # A terminal's Ctrl-C goes to its whole group; only the server shall hear it.
        own_group: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            own_group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rnnlab.compute.embedded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={
                **TENSORFLOW,
                **os.environ,
                **compilation_cache.environment(),
                "PYTHONPATH": path,
            },
            **own_group,
        )

    def start(self, size: Size, security: Security, warm: str | None) -> str:
        """Start the cluster; its scheduler's address. Raises ComputeError.

        Workers that come to replace others import the module `warm` first.
        """
        request = asdict(size) | {
            "cert": security.tls_client_cert,
            "key": security.tls_client_key,
            "warm": warm,
        }
        deadline = Timer(START_TIMEOUT, self._kill)
        deadline.daemon = True
        deadline.start()
        try:
            stdin, stdout = self._pipes()
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
            answer = json.loads(stdout.readline() or '{"error": "it ended without a word"}')
        except OSError as problem:
            answer = {"error": str(problem)}
        finally:
            deadline.cancel()
        if "error" in answer:
            raise ComputeError(f"The lab's own cluster did not start ({answer['error']}).")
        return str(answer["address"])

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process: ask first, then kill it."""
        stdin, stdout = self._pipes()
        try:
            stdin.close()
            self._process.wait(CLOSE_TIMEOUT)
        except (OSError, subprocess.TimeoutExpired):
            self._kill()
            self._process.wait()
        stdout.close()

    def _kill(self) -> None:
        """Kill the process and its workers, which would report that it has gone, and then leave."""
        if sys.platform == "win32":
            self._process.kill()
        elif self.alive():
            os.killpg(self._process.pid, signal.SIGKILL)

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise ComputeError("The lab's own cluster has no pipes to talk through.")
        return stdin, stdout


def main() -> None:
    """Own a cluster for as long as the input lasts."""
    # What anyone prints belongs on the error stream; the server reads no more than one line.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    request = json.loads(sys.stdin.readline() or "null")
    if request is None:
        return
    server_gone = Event()
    Thread(target=_watch_input, args=(server_gone,), name="watch", daemon=True).start()
    try:
        cluster = _cluster(request)
    except Exception as problem:
        _answer(answers, error=full_disk(problem) or f"{type(problem).__name__}: {problem}")
        return
    from rnnlab.compute.renewal import WorkerRenewal

    with cluster:
        limits = request["renew_at"], request["renew_busy_at"]
        renewal = WorkerRenewal(cluster, *limits, request["warm"]).start()
        _answer(answers, address=cluster.scheduler_address)
        server_gone.wait()
        renewal.cancel()


def _answer(answers: IO[str], **answer: str) -> None:
    with suppress(OSError):  # the server has gone already
        print(json.dumps(answer), file=answers, flush=True)


def _cluster(request: dict[str, Any]) -> Any:
    import logging

    import dask
    from distributed import LocalCluster, Security

    dask.config.set(DASK)
    cert, key = request["cert"], request["key"]
    roles = ("scheduler", "worker", "client")
    parts = {f"tls_{role}_cert": cert for role in roles} | {
        f"tls_{role}_key": key for role in roles
    }
    cluster = LocalCluster(
        n_workers=request["workers"],
        threads_per_worker=request["threads"],
        memory_limit=request["memory"],
        processes=True,
        host="127.0.0.1",
        security=Security(require_encryption=True, tls_ca_file=cert, **parts),
        dashboard_address=None,
        silence_logs=logging.ERROR,
    )
    # Without a dashboard Dask still listens for plain HTTP.
    cluster.loop.add_callback(cluster.scheduler.http_server.stop)
    return cluster


def _watch_input(server_gone: Event) -> None:
    sys.stdin.read()
    server_gone.set()
    # A worker in the middle of a computation can hold up the end; it goes when this process goes.
    sleep(MAX_CLOSE_SECONDS)
    os._exit(0)


if __name__ == "__main__":
    main()
