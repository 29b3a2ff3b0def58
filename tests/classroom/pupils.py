"""A class of students over the protocol, for tests: they come, they train, they watch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from rnnlab.settings import Settings
from tests.student import Student

TIMEOUT = 240.0  # seconds; how fast a class is the benchmark says, not the tests
RUN = Settings.of({"rule": "pair", "rows": 250, "length": 2000, "window": 5, "epochs": 60})
"""A second of one core: long enough for twelve of them to be in the middle of it at once."""
ENDLESS = replace(RUN, epochs=1200, units=24)
"""Minutes of one core."""


@asynccontextmanager
async def visitors(*students: Student) -> AsyncIterator[Sequence[Student]]:
    """All of them on the page, until the block ends."""
    try:
        await asyncio.gather(*(student.arrive() for student in students))
        yield students
    finally:
        await asyncio.gather(*(student.close() for student in students))


def class_of(
    url: str, n: int, settings: Settings = RUN, first_seed: int = 1, cookie: str = ""
) -> list[Student]:
    """So many students, or tabs of one browser; each has a seed of its own."""
    seeds = range(first_seed, first_seed + n)
    return [Student(url, replace(settings, seed=seed), cookie) for seed in seeds]


async def train(students: Sequence[Student]) -> None:
    """Have all press Train, and wait until each has seen a point of the curve."""
    await asyncio.gather(*(student.train() for student in students))
    for student in students:
        await student.until(lambda student=student: student.points, TIMEOUT)  # type: ignore[misc]


async def ends(students: Sequence[Student]) -> list[str]:
    """Watch all runs to their ends; the last line of each."""
    return list(await asyncio.gather(*(student.end(TIMEOUT) for student in students)))
