"""What the processes of a running lab take: memory and processor, looked at again and again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

import psutil

from tests.lab import Lab

LOOK = 0.25  # seconds
MB = 2**20
PARTS = ("server", "workers", "helper", "clients")
"""`clients` is this process, without browsers."""


@dataclass(frozen=True)
class Moment:
    """At `at` (of `perf_counter`): MB resident, and seconds of the processor so far, by part."""

    at: float
    memory: dict[str, float]
    seconds: dict[str, float]


@dataclass
class Consumption:
    """All moments at which a lab was looked at."""

    lab: Lab
    moments: list[Moment] = field(default_factory=list)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Look four times a second."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()

    def look(self) -> Moment:
        """Look now."""
        memory, seconds = dict.fromkeys(PARTS, 0.0), dict.fromkeys(PARTS, 0.0)
        for part, process in self._processes():
            try:
                times = process.cpu_times()
                memory[part] += process.memory_info().rss / MB
                seconds[part] += times.user + times.system
            except psutil.NoSuchProcess:  # it has just gone
                continue
        self.moments.append(Moment(perf_counter(), memory, seconds))
        return self.moments[-1]

    def share(self, part: str, begin: float, end: float) -> float:
        """The share of a core that a part took from `begin` to `end`."""
        first, last = self._nearest(begin), self._nearest(end)
        seconds = last.seconds[part] - first.seconds[part]
        return seconds / (last.at - first.at) if last.at > first.at else 0.0

    def most(self, part: str) -> float:
        """The most memory that a part took."""
        return max(moment.memory[part] for moment in self.moments)

    async def _watch(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(LOOK)

    def _nearest(self, at: float) -> Moment:
        return min(self.moments, key=lambda moment: abs(moment.at - at))

    def _processes(self) -> list[tuple[str, psutil.Process]]:
        server = psutil.Process(self.lab.process.pid)
        workers = self.lab.workers()
        others = [child for child in server.children(recursive=True) if child not in workers]
        return [
            ("server", server),
            *(("workers", worker) for worker in workers),
            *(("helper", helper) for helper in others),
            ("clients", psutil.Process()),
        ]
