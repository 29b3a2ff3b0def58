"""A student on the training page, over the protocol: turns knobs, presses Train, watches."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa

from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from tests.protocol import TIMEOUT, Placed, Visitor

QUESTIONS = ("echo", "pair", "parity", "lags")
WIDTHS = (4, 6, 8, 12)
ENDS = ("Done:", "Stopped at", "Paused at", "It did not begin.")
"""How the line beside the bar begins once a run has ended."""


def settings_of(number: int) -> Settings:
    """What the student of this number trains: four rules, four widths, a seed of their own."""
    preset = PRESETS[QUESTIONS[number % len(QUESTIONS)]]
    width = WIDTHS[number // len(QUESTIONS) % len(WIDTHS)]
    return replace(preset.settings, units=width, seed=1000 + number)


def address(url: str, settings: Settings) -> str:
    """The link to these settings, as the page itself would show it."""
    return f"{url}/training?{urlencode(settings.to_query())}"


class Watched:
    """A run that somebody watches: the moments (of `perf_counter`) of the click and of the end.

    `points` are the moments at which the curve grew, `status` is the line beside the bar.
    """

    def __init__(self, settings: Settings):
        self.settings = settings
        self.clicked_at = 0.0
        self.ended_at = 0.0
        self.points: list[float] = []
        self.status = ""

    @property
    def done(self) -> bool:
        """Whether the run has come to its end."""
        return bool(self.ended_at) and self.status.startswith("Done:")

    @property
    def to_first_point(self) -> float:
        """The seconds from the click to the first point of the curve."""
        return self.points[0] - self.clicked_at

    @property
    def pictures_a_second(self) -> float:
        """How often the curve grew, from its first point to its last."""
        seconds = self.points[-1] - self.points[0] if self.points else 0.0
        return (len(self.points) - 1) / seconds if seconds else 0.0

    @property
    def longest_stall(self) -> float:
        """The longest time for which the curve stood still between two points."""
        return max((later - earlier for earlier, later in pairwise(self.points)), default=0.0)


class Student(Visitor, Watched):
    """One who has come to train `settings`, by a link that differs in the width alone."""

    def __init__(self, url: str, settings: Settings):
        Visitor.__init__(self, address(url, replace(settings, units=settings.units + 1)))
        Watched.__init__(self, settings)
        self.bytes_at_click = self.bytes_at_end = 0
        self._n_rows = 0

    async def arrive(self) -> float:
        """Open the page; the seconds until all of it is there."""
        started = perf_counter()
        await self.open()
        return await self.settled(0) - started

    async def turn_units(self, units: int) -> float:
        """Turn the knob of the width; the seconds until the page has answered."""
        started, finished = perf_counter(), self.finished
        await self.turn("Units", units)
        return await self.settled(finished) - started

    async def train(self) -> None:
        """Press Train."""
        self.points, self.ended_at = [], 0.0
        self.bytes_at_click, self.clicked_at = self.n_bytes, perf_counter()
        await self.press("Train")

    async def end(self, timeout: float = TIMEOUT) -> str:
        """Watch to the end; the line beside the bar."""
        await self.until(lambda: self.ended_at, timeout)
        return self.status

    def placed_anew(self, placed: Placed) -> None:
        """Look at the curve and at the line beside the bar."""
        if self.ended_at:
            return
        if placed.kind == "vega_lite_chart" and placed.body.alt.startswith("Loss"):
            self._count(sum(map(_rows, placed.body.datasets)))
        elif placed.kind == "progress" and self.clicked_at:
            self._read(placed.body.text)

    def _count(self, n_rows: int) -> None:
        if self.clicked_at and n_rows > self._n_rows:
            self.points.append(self.last_message_at)
        self._n_rows = n_rows

    def _read(self, status: str) -> None:
        self.status = status
        if status.startswith(ENDS):
            self.ended_at = self.last_message_at
            self.bytes_at_end = self.n_bytes


def _rows(dataset: Any) -> int:
    data = dataset.data.data
    return pa.ipc.open_stream(data).read_all().num_rows if data else 0
