"""Which job computes next: one of the visitor who has had least, and of those the least served.

In the manner of start-time fair queueing (Goyal, Vin & Cheng 1996): visitors are flows, and chunks
of work packets, whose length is known only afterwards. The virtual time is what the latest visitor
to be served had had by then, and nobody is ever far behind it, so that nobody saves up: not who is
away, nor who has a single job and so cannot use more than a core. Who comes back with more than the
others have comes back with it. There are no threads and no clock in here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

MAX_LAG = 1.0
"""Seconds that a visitor may be behind: more than most chunks, since while a visitor's only job
runs, those who are ahead have turns."""


QUANTUM = 0.05
"""Seconds that a turn lasts at least, in chunks: changing over at each tiny one would cost more."""

FIRST_TURN = 0.2
"""The most seconds that are charged for a first turn: what is compiled in it serves everybody."""


@dataclass(eq=False)
class Computation:
    """One job: `served` seconds in so many `turns`; running `since`, or `waiting`."""

    visitor: Visitor | None
    served: float = 0.0
    turns: int = 0
    since: float | None = None
    waiting: int | None = None


@dataclass(eq=False)
class Visitor:
    """One visitor's jobs, and the virtual time: how many seconds they have been `served`."""

    name: str
    served: float
    jobs: set[Computation] = field(default_factory=set)

    def expected(self, now: float) -> float:
        """What it will have been served when the turns that it has now are over, at the least."""
        running = (now - job.since for job in self.jobs if job.since is not None)
        return self.served + sum(running)


class FairShare:
    """At most `slots` jobs compute at once; jobs of nobody only when no other wants to.

    Those that belong to nobody leave a slot free, if there is more than one. `now` is in seconds.
    """

    def __init__(self, slots: int = 1) -> None:
        self.slots = slots
        self._visitors: dict[str, Visitor] = {}
        self._gone: dict[str, float] = {}  # how much those had had who are ahead of their time
        self._virtual_time = 0.0
        self._numbers = count()
        self._running: set[Computation] = set()
        self._waiting: dict[Computation, None] = {}

    @property
    def spare(self) -> int:
        """How many slots nobody wants to have."""
        return 0 if self._waiting else max(0, self.slots - len(self._running))

    def join(self, visitor: str | None) -> Computation:
        """A new job of this visitor, or of nobody."""
        if visitor is None:
            return Computation(None)
        owner = self._visitors.get(visitor)
        if owner is None:
            others = (other.served for other in self._visitors.values())
            least = min(others, default=self._virtual_time)
            self._gone = {name: served for name, served in self._gone.items() if served > least}
            served = self._gone.pop(visitor, least)
            owner = self._visitors[visitor] = Visitor(visitor, served)
        job = Computation(owner, served=min((job.served for job in owner.jobs), default=0.0))
        owner.jobs.add(job)
        return job

    def may_go_on(self, job: Computation, now: float) -> bool:
        """Whether this job has a turn that lasts on."""
        return job.since is not None and now - job.since < QUANTUM

    def ask(self, job: Computation, now: float) -> None:
        """End the turn of this job, if it has one, and let it wait for the next."""
        self.release(job, now)
        if job.visitor is not None:
            job.visitor.served = max(job.visitor.served, self._virtual_time - MAX_LAG)
        job.waiting = next(self._numbers)
        self._waiting[job] = None

    def release(self, job: Computation, now: float) -> None:
        """End the turn of this job, or its waiting for one."""
        if job.since is not None:
            seconds, job.since = now - job.since, None
            self._running.discard(job)
            charged = min(seconds, FIRST_TURN) if job.turns == 1 else seconds
            job.served += charged
            if job.visitor is not None:
                job.visitor.served += charged
        job.waiting = None
        self._waiting.pop(job, None)

    def leave(self, job: Computation, now: float) -> None:
        """Take this job out."""
        self.release(job, now)
        owner = job.visitor
        if owner is not None:
            owner.jobs.discard(job)
            if not owner.jobs and self._visitors.pop(owner.name, None) is not None:
                self._gone[owner.name] = owner.served
        if not self._visitors:
            self._gone.clear()

    def grant(self, now: float) -> Iterator[Computation]:
        """The jobs whose turn begins now."""
        while self._waiting and len(self._running) < self.slots:
            job = self._next(now)
            if job is None:
                return
            job.waiting, job.since = None, now
            job.turns += 1
            del self._waiting[job]
            self._running.add(job)
            if job.visitor is not None:
                self._virtual_time = max(self._virtual_time, job.visitor.served)
            yield job

    def _next(self, now: float) -> Computation | None:
        if len(self._waiting) == 1 and not self._running:
            return next(iter(self._waiting))
        of_visitors: dict[Visitor, list[Computation]] = {}
        for job in self._waiting:
            if job.visitor is not None:
                of_visitors.setdefault(job.visitor, []).append(job)
        if of_visitors:
            # Who has waited longest stands first in the dictionary, and is the first of equals.
            least = min(of_visitors, key=lambda owner: owner.expected(now))
            return min(of_visitors[least], key=lambda job: (job.served, job.turns, job.waiting))
        return next(iter(self._waiting)) if len(self._running) < max(1, self.slots - 1) else None
