"""How often live pictures change: often while the server has time, more slowly while it has not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

NEWS = 0.1
"""Seconds between two messages with new points to one browser, where the server has time."""

SLOWEST_NEWS = 0.4

LOOK = 0.8
"""Seconds between two times that a page draws the rest of a live picture anew, likewise."""

MEASURED = 0.5
"""Seconds between two measurements of the load."""

BUSY, IDLE = 0.55, 0.35
"""Shares of one core above which pictures become rarer, and below which they come more often.

Scripts, streams and the connection to the cluster share one interpreter, so one core is all there
is; what is left of it answers clicks.
"""

FULL = 0.75
"""A share of the whole machine from which on what pictures take is taken from computations; then
they may take but `SMALL` of what they may take otherwise."""
SMALL = 0.2

CROWD = 3
"""So many pages being drawn at the same moment are visitors who wait for an answer to a click;
what a picture could show anew waits for them."""

CROWDED_OUT = 6.0
"""Seconds for which it waits at the most."""

SLOWER, FASTER = 1.5, 0.8
SLOWEST = 24.0
"""The most that an interval is stretched."""


class Pace:
    """The pace of all live pictures of this server: both intervals times `factor`, at least 1."""

    def __init__(self) -> None:
        self.factor = 1.0
        self._pages: set[object] = set()

    @contextmanager
    def page(self) -> Iterator[None]:
        """While a page is drawn for somebody who has clicked."""
        page = object()
        self._pages.add(page)
        try:
            yield
        finally:
            self._pages.discard(page)

    def may_look(self, seconds: float) -> bool:
        """Whether a picture may be drawn anew so many seconds after the last time."""
        crowded = len(self._pages) >= CROWD
        return seconds > (max(self.look, CROWDED_OUT) if crowded else self.look)

    @property
    def news(self) -> float:
        """Seconds between two messages to one browser: they cost little, so never many."""
        return min(NEWS * self.factor, SLOWEST_NEWS)

    @property
    def look(self) -> float:
        """Seconds between two drawings of what a script draws."""
        return LOOK * self.factor

    def note(self, load: float, machine: float = 0.0) -> None:
        """Follow a load: what this process took of a core, and everybody of the whole machine."""
        allowed = SMALL if machine > FULL else 1.0
        if load > allowed * BUSY:
            self.factor = min(self.factor * SLOWER, SLOWEST)
        elif load < allowed * IDLE:
            self.factor = max(self.factor * FASTER, 1.0)

    async def keep(self) -> None:
        """Measure the load for as long as the server runs; cancel it to end it."""
        while True:
            wall, processor = time.perf_counter(), time.process_time()
            await asyncio.sleep(MEASURED)
            load = (time.process_time() - processor) / (time.perf_counter() - wall)
            self.note(load, psutil.cpu_percent() / 100)


PACE = Pace()
"""The one of this server."""
