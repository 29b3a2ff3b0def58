"""The queue of one server: which job goes next, and to which worker.

Every job goes out at once, since jobs share a worker in turns, unless its memory would not suffice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from types import MappingProxyType

from rnnlab.compute.attempt import Attempt
from rnnlab.compute.connection import Worker
from rnnlab.compute.job import Job

MAX_JOBS = 128
"""In one worker: each has a thread of its own."""

MAX_OVERTAKEN = 64
"""So many smaller jobs may pass one that must wait for memory; then all wait for it."""


class Queue:
    """The jobs that wait, in the order in which they came, or had come before they had to again."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []
        self._overtaken: Counter[Job] = Counter()

    def __bool__(self) -> bool:
        return bool(self._jobs)

    def __iter__(self) -> Iterator[Job]:
        return iter(self._jobs)

    def add(self, job: Job) -> None:
        """Put a new job at the end."""
        self._jobs.append(job)

    def put_back(self, jobs: list[Job]) -> None:
        """Put jobs that must begin anew before all others."""
        self._jobs[:0] = jobs

    def remove(self, job: Job) -> None:
        """Take a job out, if it waits."""
        if job in self._jobs:
            self._jobs.remove(job)
        self._overtaken.pop(job, None)

    def clear(self) -> None:
        """Take all jobs out."""
        self._jobs.clear()
        self._overtaken.clear()

    def place(self, job: Job, out: Iterable[Attempt]) -> int:
        """A waiting job's place, 1 for the next one; `out` are those that have gone."""
        return self._order(out).index(job) + 1

    def next(
        self,
        workers: Mapping[str, Worker],
        out: Iterable[Attempt],
        prepared: Mapping[str, str] = MappingProxyType({}),
    ) -> Attempt | None:
        """The next job to go out, taken from the queue, and its worker; None if none can go.

        `prepared` says which worker has prepared for a visitor.
        """
        out = list(out)
        chosen = self._choose(workers, out, prepared) if workers else None
        if chosen is not None:
            self.remove(chosen.job)
        return chosen

    def _choose(
        self, workers: Mapping[str, Worker], out: list[Attempt], prepared: Mapping[str, str]
    ) -> Attempt | None:
        if any(attempt.job.runs_alone and not attempt.job.ended for attempt in out):
            return None
        order = self._order(out)
        suspect = next((job for job in order if job.runs_alone), None)
        if suspect is not None:
            idle = sorted(workers.keys() - {attempt.worker for attempt in out})
            return Attempt(suspect, idle[0]) if idle else None
        loads = {address: _Load(worker) for address, worker in workers.items()}
        for attempt in out:
            if attempt.worker in loads:
                loads[attempt.worker].add(attempt.job)
        for index, job in enumerate(order):
            fitting = [address for address, load in loads.items() if load.fits(job)]
            if fitting:
                self._overtaken.update(order[:index])
                return Attempt(job, _least(fitting, loads, prepared.get(job.visitor)))
            if self._overtaken[job] >= MAX_OVERTAKEN:
                break
        return None

    def _order(self, out: Iterable[Attempt]) -> list[Job]:
        """By how many jobs of the same visitor are out or stand before it, then as they came."""
        visitors = Counter(attempt.job.visitor for attempt in out)
        ranks = []
        for job in self._jobs:
            ranks.append(visitors[job.visitor])
            visitors[job.visitor] += 1
        order = sorted(range(len(ranks)), key=ranks.__getitem__)
        return [self._jobs[index] for index in order]


def _least(fitting: list[str], loads: dict[str, _Load], prepared: str | None) -> str:
    """The worker with the least to do, or the one that has prepared, if it has not much more."""
    return min(fitting, key=lambda worker: loads[worker].jobs - 1.5 * (worker == prepared))


class _Load:
    """What a worker has to do, and the memory that it takes.

    Every job holds something, but only so many as there are threads compute at the same time: at
    the worst those that want the most for it.
    """

    def __init__(self, worker: Worker) -> None:
        self._memory, self._threads = worker.memory, worker.threads
        self._held = 0
        self._most: list[int] = []
        self._own = 0
        self._reported = worker.jobs

    @property
    def jobs(self) -> int:
        """How many it has: as many as we have sent, or more, if there are other servers."""
        return max(self._own, self._reported)

    def add(self, job: Job) -> None:
        self._own += 1
        self._held += job.held_bytes
        self._most = self._with(job)

    def fits(self, job: Job) -> bool:
        """Whether there is room; for a job alone there always is."""
        needed = self._held + job.held_bytes + sum(self._with(job))
        return self._own == 0 or (self._own < MAX_JOBS and needed <= self._memory)

    def _with(self, job: Job) -> list[int]:
        """What those that compute take beside what they hold, with this job among all."""
        extra = job.peak_bytes - job.held_bytes
        return nlargest(self._threads, [*self._most, extra])
