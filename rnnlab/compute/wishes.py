"""What visitors will probably ask for: the latest of each, once it has rested for a moment."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic
from typing import NamedTuple

REST = 0.5  # seconds
MAX_WISHES = 128  # visitors, the latest


class Wish(NamedTuple):
    """A job that a viewer may start soon, and since when."""

    work: str
    argument: Hashable
    viewer: str
    since: float


class Wishes:
    """What viewers may ask for soon, and which worker has prepared for whom."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.workers: dict[str, str] = {}
        """Where was prepared what a viewer wished last."""
        self._clock = clock
        self._wishes: dict[str, Wish] = {}

    def add(self, work: str, argument: Hashable, viewer: str) -> None:
        """Note the wish of this viewer instead of the one before, unless it is the same."""
        wish = Wish(work, argument, viewer, self._clock())
        before = self._wishes.get(viewer)
        if before is None or (before.work, before.argument) != (work, argument):
            self.remove(viewer)
            self._wishes[viewer] = wish
            while len(self._wishes) > MAX_WISHES:
                del self._wishes[next(iter(self._wishes))]

    def remove(self, viewer: str) -> None:
        """Forget what this viewer wishes."""
        self._wishes.pop(viewer, None)

    def rested(self) -> list[Wish]:
        """Take out the wishes that have rested."""
        until = self._clock() - REST
        rested = [wish for wish in self._wishes.values() if wish.since <= until]
        for wish in rested:
            self.remove(wish.viewer)
        return rested

    def note(self, wishes: list[Wish], worker: str) -> None:
        """Note where these are being prepared."""
        for wish in wishes:
            self.workers.pop(wish.viewer, None)
            self.workers[wish.viewer] = worker
        while len(self.workers) > MAX_WISHES:
            del self.workers[next(iter(self.workers))]

    def pause(self) -> float:
        """Seconds until the next wish has rested."""
        since = min((wish.since for wish in self._wishes.values()), default=float("inf"))
        return max(0.0, since + REST - self._clock())
