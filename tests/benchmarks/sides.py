"""A contender in a process of its own, since what it asks of its compiler holds for a process."""

from __future__ import annotations

import importlib
import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from rnnlab.engine.compiler import FLAGS
from rnnlab.training import warm_up
from tests.benchmarks.contenders import Job, LeftOutError, Turn
from tests.benchmarks.jobs import JOBS, data

SECONDS_A_TURN = 0.3

_ready: dict[str, tuple[Turn, int]] = {}
"""In a contender's process: its turn at each job, and how many updates that is."""


class Side:
    """A contender by its name. It is used once before anything is measured."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._process = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self.title = self._process.submit(_title, name).result()
        echo = JOBS["echo"]  # one unit more, so that no job is compiled already
        another = replace(echo, network=replace(echo.network, units=echo.network.units + 1))
        self.prepare("warm-up", another)

    def prepare(self, label: str, job: Job) -> float:
        """The seconds it takes to build and compile; raises LeftOutError."""
        return self._process.submit(_prepare, self.name, label, job).result()

    def pace(self, label: str) -> float:
        """Microseconds an update, over as many rounds through the batches as fill a turn."""
        return self._process.submit(_pace, label).result()


def _contender(name: str) -> Any:
    try:
        return importlib.import_module(f"tests.benchmarks.contenders.{name}")
    except ImportError as problem:
        raise LeftOutError(str(problem)) from None


def _title(name: str) -> str:
    if name == "engine":
        warm_up()
    else:
        # Without the engine's own, which is imported here as well; those that were asked for stay.
        flags = [flag for flag in os.environ.get("XLA_FLAGS", "").split() if flag not in FLAGS]
        os.environ["XLA_FLAGS"] = " ".join(flags)
    return str(_contender(name).TITLE)


def _prepare(name: str, label: str, job: Job) -> float:
    batches = data(job)
    started = time.perf_counter()
    turn = _contender(name).prepare(job, batches)
    seconds = time.perf_counter() - started
    _ready[label] = turn, len(batches.keep)
    return seconds


def _pace(label: str) -> float:
    turn, n_updates = _ready[label]
    started, done = time.perf_counter(), 0
    while (spent := time.perf_counter() - started) < SECONDS_A_TURN:
        turn()
        done += n_updates
    return 1e6 * spent / done
