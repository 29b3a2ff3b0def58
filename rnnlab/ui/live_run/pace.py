"""How often live pictures change: often while the server has time, more slowly while it has not."""

from __future__ import annotations

import asyncio
import time

NEWS = 0.1
"""Seconds between two messages with new points to one browser, where the server has time."""

LOOK = 0.8
"""Seconds between two times that a page draws the rest of a live picture anew, likewise."""

MEASURED = 0.5
"""Seconds between two measurements of the load."""

BUSY, IDLE = 0.55, 0.35
"""Shares of one core above which pictures become rarer, and below which they come more often.

Scripts, streams and the connection to the cluster share one interpreter, so one core is all there
is; what is left of it answers clicks.
"""

SLOWER, FASTER = 1.5, 0.8
SLOWEST = 24.0
"""The most that an interval is stretched."""


class Pace:
    """The pace of all live pictures of this server: both intervals times `factor`, at least 1."""

    def __init__(self) -> None:
        self.factor = 1.0

    @property
    def news(self) -> float:
        """Seconds between two messages to one browser; points never wait longer than a second."""
        return min(NEWS * self.factor, 0.8)

    @property
    def look(self) -> float:
        """Seconds between two drawings of what a script draws."""
        return LOOK * self.factor

    def note(self, load: float) -> None:
        """Follow a measured load: the share of one core that this process took lately."""
        if load > BUSY:
            self.factor = min(self.factor * SLOWER, SLOWEST)
        elif load < IDLE:
            self.factor = max(self.factor * FASTER, 1.0)

    async def keep(self) -> None:
        """Measure the load for as long as the server runs; cancel it to end it."""
        while True:
            wall, processor = time.perf_counter(), time.process_time()
            await asyncio.sleep(MEASURED)
            self.note((time.process_time() - processor) / (time.perf_counter() - wall))


PACE = Pace()
"""The one of this server."""
