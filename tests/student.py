"""A student on the training page, over the protocol: turns knobs, presses Train, watches."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from tests.protocol import TIMEOUT, Placed, Visitor

QUESTIONS = ("echo", "pair", "parity", "lags")
WIDTHS = (4, 6, 8, 12)
ENDS = ("Done:", "Stopped at", "Paused at", "It did not begin.")
"""How the line over the bar begins once a run has ended."""

HANDED_IN = "Handed in."

AFTERWARDS = 5.0
"""Seconds within which the page is drawn anew once a run has ended, on a busy machine."""


def settings_of(number: int) -> Settings:
    """What the student of this number trains: four rules, four widths, a seed of their own."""
    preset = PRESETS[QUESTIONS[number % len(QUESTIONS)]]
    width = WIDTHS[number // len(QUESTIONS) % len(WIDTHS)]
    return replace(preset.settings, units=width, seed=1000 + number)


def address(url: str, settings: Settings, board: str = "") -> str:
    """The link to these settings, as the page itself would show it; with the code of a board."""
    joined = {"board": board} if board else {}
    return f"{url}/training?{urlencode(settings.to_query() | joined)}"


class Watched:
    """A run that somebody watches: the moments (of `perf_counter`) of the click and of the end.

    `points` are the moments at which the curve grew, `status` is the line over the bar.
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

    def __init__(self, url: str, settings: Settings, cookie: str = "", board: str = ""):
        link = address(url, replace(settings, units=settings.units + 1), board)
        Visitor.__init__(self, link, cookie)
        Watched.__init__(self, settings)
        self.bytes_at_click = self.bytes_at_end = 0
        self.curve: list[tuple[float | None, ...]] = []
        """The rows that the picture has, as they travelled."""
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
        self.points, self.curve, self.ended_at, self._n_rows = [], [], 0.0, 0
        self.bytes_at_click, self.clicked_at = self.n_bytes, perf_counter()
        await self.press("Train")

    async def end(self, timeout: float = TIMEOUT) -> str:
        """Watch to the end, until the page shows what can be seen afterwards; the last line."""
        await self.until(lambda: self.ended_at, timeout)
        finished = self.finished
        with suppress(TimeoutError):  # it may have been there already
            await self.settled(finished, AFTERWARDS)
        self.bytes_at_end = self.n_bytes
        return self.status

    async def hand_in(self) -> float:
        """Hand guess and result in to the board; the seconds until the page says that it has."""
        await self.until(lambda: self.offers("Hand in"))  # drawn once the run has ended
        started = perf_counter()
        await self.press("Hand in")
        await self.until(lambda: HANDED_IN in self.text())
        return perf_counter() - started

    def placed_anew(self, placed: Placed) -> None:
        """Read the line over the bar, where the script has drawn it."""
        if placed.kind == "bidi_component" and placed.body.component_name.endswith("bar"):
            self._read(placed.data.get("text") or "")

    def heard(self, news: dict[str, Any]) -> None:
        """Look at the curve, and read the line over the bar."""
        if "rows" in news:
            self.curve[news["first"] :] = map(tuple, news["rows"])
            if len(self.curve) > self._n_rows:
                self.points.append(self.last_message_at)
                self._n_rows = len(self.curve)
        self._read(news.get("text", ""))

    def _read(self, status: str) -> None:
        if not self.clicked_at or self.ended_at or not status:
            return
        self.status = status
        if status.startswith(ENDS):
            self.ended_at = self.last_message_at
