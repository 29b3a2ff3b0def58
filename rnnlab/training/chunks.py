"""When a run tells something: after which updates."""

from __future__ import annotations

import numpy as np

from rnnlab.settings import Settings

POINTS = 250
"""About how many chunks, and so points on the curve, a run has."""

POINTS_OF_FIRST_EPOCH = 40

WORK_PER_CHUNK = 1.5e8
"""The most products in one chunk: about 0.1 s, so that a stop is soon heard."""


def ends(settings: Settings, capacity: int) -> list[int]:
    """After how many updates each chunk of a run ends: equal parts of epochs, never too large.

    The first epoch, in which most is learnt, has more of them, and the run begins with tiny ones.
    Where there are more epochs than points, a chunk holds several epochs.
    """
    n, total = settings.updates_per_epoch, settings.updates
    most = min(capacity, max(1, int(WORK_PER_CHUNK / settings.work_per_update)))
    if settings.epochs > POINTS:
        return _tiny_first(total, min(most, max(1, total // POINTS)))
    first = min(most, max(1, total // max(POINTS, POINTS_OF_FIRST_EPOCH * settings.epochs)))
    later = _equal(0, n, min(most, max(1, total // POINTS)))
    epochs = [epoch * n + end for epoch in range(1, settings.epochs) for end in later]
    return _tiny_first(n, first) + epochs


def _tiny_first(total: int, largest: int) -> list[int]:
    """1, 3, 7, … while that is below the largest chunk, then equal ones."""
    found = [0]
    while found[-1] + 1 <= largest and 2 * found[-1] + 1 < total:
        found.append(2 * found[-1] + 1)
    return found[1:] + _equal(found[-1], total, largest)


def _equal(start: int, end: int, largest: int) -> list[int]:
    parts = -(-(end - start) // largest)
    rounded: list[int] = np.linspace(start, end, parts + 1).round().astype(int).tolist()
    return rounded[1:]
