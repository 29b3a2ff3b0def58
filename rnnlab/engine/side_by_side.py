"""Several networks on as many cores as are free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from rnnlab.progress import spare_cores

MOST = 3
"""The most at once: each takes memory for a window of its own (`rnnlab.settings.memory`)."""

Given = TypeVar("Given")
Result = TypeVar("Result")


def side_by_side(function: Callable[[Given], Result], given: Sequence[Given]) -> list[Result]:
    """What the function gives for each, in their order, whoever is first.

    A compiled program lets other threads go on while it computes, so threads are enough.
    """
    n = min(MOST, len(given), 1 + spare_cores.get()())
    if n == 1:
        return [function(item) for item in given]

    def every_nth(first: int) -> list[Result]:
        return [function(item) for item in given[first::n]]

    others = [_threads().submit(every_nth, first) for first in range(1, n)]
    own = every_nth(0)
    results: list[Result | None] = [None] * len(given)
    for first, done in enumerate([own, *(other.result() for other in others)]):
        results[first::n] = done
    return results  # type: ignore[return-value]


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(thread_name_prefix="side-by-side")
