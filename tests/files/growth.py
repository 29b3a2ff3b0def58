"""How much longer a reader takes for twice as much."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

ROUNDS = 5
LIMIT = 3.0
"""What doubling the size may cost; what grows with its square has 4."""


def stays_linear(read: Callable[[int], object], size: int) -> bool:
    """Whether the processor's time for `read(2 * size)` is below LIMIT times that for `read(size)`.

    One round must show it, since a machine with other work to do may slow some of them down.
    """
    return any(_ratio(read, size) < LIMIT for _ in range(ROUNDS))


def _ratio(read: Callable[[int], object], size: int) -> float:
    times = []
    for n in (size, 2 * size):
        before = process_time()
        read(n)
        times.append(process_time() - before)
    return times[1] / max(times[0], 1e-4)
