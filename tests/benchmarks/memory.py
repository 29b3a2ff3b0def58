"""What a long lesson does to the memory: `python -m tests.benchmarks.memory [settings]`.

Trains 300 different settings (or as many as are asked for) one after another, as one server does
for its class; nearly every one is an architecture of its own, which compiles anew. A line every 50
settings tells, in MB (resident, 2^20 bytes): the largest worker now, the most that any worker took
so far, all processes of the lab together at their most, the server alone, and the helper,
which holds the scheduler. "Renewals" counts the workers that were replaced so far. The seconds are
from a job's start to its first event, over these 50, median and longest: of the jobs that had the
computer to themselves, and of those during which a fresh worker was starting or an old one ending.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from math import nan
from statistics import median
from threading import Event, Thread
from time import monotonic, sleep

import psutil

from rnnlab.compute import Job, JobStore
from rnnlab.settings import Plan, Settings

A_LINE = 50
LOOK = 0.1  # seconds
MB = 2**20
WORK = "rnnlab.training:train"
COLUMNS = ("settings", "worker", "at most", "together", "server", "helper", "renewals")
TIMES = ("alone: s", "longest", "meanwhile", "longest")


def different_settings() -> Iterator[Settings]:
    """Small settings, each with another shape than those before it."""
    cells, optimizers = ("simple_rnn", "lstm", "gru"), ("sgd", "adagrad", "rmsprop", "adam")
    number = 0
    while True:
        yield Settings(
            rule="echo",
            cell=cells[number % 3],
            optimizer=optimizers[number // 3 % 4],
            units=1 + number % 17,
            window=3 + number % 13,
            rows=2 + number % 11,
            length=100,
            epochs=1,
        )
        number += 1


@dataclass
class Sizes:
    """What the processes of this server take, looked at again and again by a thread."""

    server: float = 0.0
    helper: float = 0.0
    together: float = 0.0
    most: float = 0.0
    workers: dict[int, float] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    @property
    def renewals(self) -> int:
        """How many workers came after the first."""
        return len(self.seen) - 1

    @property
    def worker(self) -> float:
        """The size of the largest one now."""
        return max(self.workers.values(), default=0.0)

    def watch(self) -> None:
        """Look until `ended`."""
        while not self.ended.wait(LOOK):
            try:
                self._look()
            except psutil.NoSuchProcess:  # it has just gone
                continue

    def _look(self) -> None:
        server = psutil.Process()
        (helper,) = server.children()
        self.server, self.helper = (one.memory_info().rss / MB for one in (server, helper))
        self.workers = {
            child.pid: child.memory_info().rss / MB
            for child in helper.children()
            if "spawn_main" in " ".join(child.cmdline())
        }
        self.seen += [pid for pid in self.workers if pid not in self.seen]
        sizes = self.workers.values()
        self.most = max(self.most, *sizes)
        self.together = max(self.together, self.server + self.helper + sum(sizes))


@dataclass(frozen=True)
class Wait:
    """How long a job's first event took, and whether a second worker lived meanwhile."""

    seconds: float
    handing_over: bool


def train(store: JobStore, settings: Settings, sizes: Sizes) -> Wait:
    """Train to the end. Anything that a user would notice ends the benchmark."""
    started, handing_over = monotonic(), len(sizes.workers) > 1
    job = store.start(WORK, Plan(settings), "benchmark")
    _look_until_first_event(job)
    seconds = monotonic() - started
    while not job.view("benchmark").ended:
        sleep(0.005)
    view = job.view("benchmark")
    if (view.state, view.attempt) != ("done", 1):
        sys.exit(f"{settings}: {view.state} at attempt {view.attempt}: {view.message}")
    return Wait(seconds, handing_over or len(sizes.workers) > 1)


def _look_until_first_event(job: Job) -> None:
    while not (view := job.view("benchmark")).events and not view.ended:
        job.wait(1.0)


def print_line(n_done: int, sizes: Sizes, waits: list[Wait]) -> None:
    """One line of the table, about the last settings."""
    parts = (sizes.worker, sizes.most, sizes.together, sizes.server, sizes.helper)
    line = f"{n_done:>9}" + "".join(f"{part:>9.0f}" for part in parts) + f"{sizes.renewals:>9}"
    for handing_over in (False, True):
        seconds = [wait.seconds for wait in waits if wait.handing_over is handing_over] or [nan]
        line += f"{median(seconds):>10.2f}{max(seconds):>10.2f}"
    print(line, flush=True)


def main(n_settings: int) -> None:
    """Train and tell."""
    store = JobStore()
    sizes = Sizes()
    print("".join(f"{name:>9}" for name in COLUMNS) + "".join(f"{name:>10}" for name in TIMES))
    try:
        train(store, Settings(rule="echo", rows=1, length=100, epochs=1), sizes)
        Thread(target=sizes.watch, daemon=True).start()
        waits: list[Wait] = []
        for number, settings in enumerate(islice(different_settings(), n_settings), start=1):
            waits.append(train(store, settings, sizes))
            if number % A_LINE == 0 or number == n_settings:
                print_line(number, sizes, waits)
                waits.clear()
    finally:
        sizes.ended.set()
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
