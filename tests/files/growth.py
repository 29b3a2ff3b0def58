"""How much longer a reader takes for twice as much."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import process_time

TRIES = 3
ROUNDS = 3
LIMIT = 3.0
"""What doubling the size may cost; what grows with its square has 4."""


def stays_linear(read: Callable[[int], object], size: int) -> bool:
    """Whether the processor's time for `read(2 * size)` is below LIMIT times that for `read(size)`.

    Medians over tries in turn; one round of three must show it, since a machine with other work to
    do may slow some of them down.
    """
    return any(_ratio(read, size) < LIMIT for _ in range(ROUNDS))


def _ratio(read: Callable[[int], object], size: int) -> float:
    times: dict[int, list[float]] = {size: [], 2 * size: []}
    for _ in range(TRIES):
        for n, taken in times.items():
            before = process_time()
            read(n)
            taken.append(process_time() - before)
    return median(times[2 * size]) / max(median(times[size]), 1e-4)
