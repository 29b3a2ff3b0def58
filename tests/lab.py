"""A real server of the lab for the browser to visit."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0


class Lab:
    """A running server: where it is, and its processes."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process = process
        self.url = f"http://localhost:{port}"
        self.log = log

    def workers(self) -> list[psutil.Process]:
        """The processes that compute."""
        return [
            process
            for process in psutil.Process(self.process.pid).children(recursive=True)
            if _computes(process)
        ]


def _computes(process: psutil.Process) -> bool:
    try:
        return any("spawn_main" in word for word in process.cmdline())
    except psutil.NoSuchProcess:  # or a zombie, which is one of these
        return False


@contextmanager
def running_lab(
    folder: Path, *options: str, entry: str = "app.py", **environment: str
) -> Iterator[Lab]:
    """The lab as `streamlit run app.py` opens it, with these options and variables more."""
    port = _free_port()
    log = folder / f"server-{port}.log"
    command = [sys.executable, "-m", "streamlit", "run", entry]
    command += [f"--server.port={port}", "--server.headless=true", *options]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=output, stderr=output
        )
    try:
        _wait_until_healthy(process, port, log)
        yield Lab(process, port, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"The lab did not start:\n{log.read_text(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
