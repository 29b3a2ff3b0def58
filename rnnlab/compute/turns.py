"""Threads that compute in turns, as `fair_share` decides: as many at once as there are cores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock
from time import perf_counter

from rnnlab.compute.fair_share import FairShare


class Turns:
    """The turns of one process. A job joins, and then its thread takes a turn before each chunk."""

    def __init__(self, slots: int = 1, clock: Callable[[], float] = perf_counter) -> None:
        self._share = FairShare(slots)
        self._clock = clock
        self._lock = Lock()
        self._turns: dict[object, Turn] = {}

    def open(self, slots: int) -> None:
        """Let so many compute at once."""
        with self._lock:
            self._share.slots = slots
            self._grant()

    def join(self, visitor: str | None) -> Turn:
        """A new job of this visitor; of nobody (None), it computes only when no other wants to."""
        with self._lock:
            turn = Turn(self, visitor)
            self._turns[turn.computation] = turn
            return turn

    def _grant(self) -> None:
        for computation in self._share.grant(self._clock()):
            self._turns[computation].granted.set()


class Turn:
    """What a job's thread asks for its turns; any other thread may cancel it."""

    def __init__(self, turns: Turns, visitor: str | None) -> None:
        self._all = turns
        self.computation = turns._share.join(visitor)
        self.granted = Event()
        self._cancelled = False

    def take(self) -> bool:
        """End this job's turn, if it has one, and wait for its next; False once it is cancelled.

        The turn lasts until the next `take`, `leave` or `away`.
        """
        turns = self._all
        with turns._lock:
            if self._cancelled:
                return False
            if turns._share.may_go_on(self.computation, turns._clock()):
                return True
            self.granted.clear()
            turns._share.ask(self.computation, turns._clock())
            turns._grant()
        self.granted.wait()
        return not self._cancelled

    def cancel(self) -> None:
        """Let `take` return False from now on, at once if it is waiting."""
        with self._all._lock:
            self._cancelled = True
            self.granted.set()

    def leave(self) -> None:
        """Give the turn back and ask for no more."""
        turns = self._all
        with turns._lock:
            turns._share.leave(self.computation, turns._clock())
            turns._turns.pop(self.computation, None)
            turns._grant()

    def spare(self) -> int:
        """How many more could compute now, since nobody wants to."""
        with self._all._lock:
            return self._all._share.spare

    @contextmanager
    def away(self) -> Iterator[None]:
        """Let others compute while this job waits for something else."""
        turns = self._all
        with turns._lock:
            turns._share.release(self.computation, turns._clock())
            turns._grant()
        yield
        self.take()
