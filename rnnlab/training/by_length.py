"""Batches of sequences of like length, so that short ones run short windows.

A compiled program does all steps of its window, and a batch is as long as its longest sequence: of
shuffled reviews nearly every batch has one of 500 words. So each pool of a few shuffled batches is
sorted by length and cut anew, and runs the shortest of a few windows that holds it. What a step
under a mask would change is nothing, so a window that ends sooner changes no update; but which
sequences share one is no longer left to chance alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]

POOL = 8
"""Batches that are sorted together."""


class Batch(NamedTuple):
    """The sequences of an update, by index, and for how many steps its window is compiled."""

    indices: Indices
    window: int


def batches(
    lengths: NDArray[np.integer], rows: int, windows: Sequence[int], rng: np.random.Generator
) -> Iterator[Batch]:
    """The batches of an epoch, in an order in which short and long ones alternate by chance.

    `lengths` are those of all sequences. What is left over for no batch of `rows` is left out. Of
    `windows`, the largest must hold the longest sequence.
    """
    order = rng.permutation(len(lengths))
    whole = order[: len(order) // rows * rows]
    for pool in np.array_split(whole, np.arange(POOL * rows, len(whole), POOL * rows)):
        ordered = pool[np.argsort(lengths[pool], kind="stable")].reshape(-1, rows)
        for indices in rng.permutation(ordered):
            yield Batch(indices, window_of(int(lengths[indices].max()), windows))


def window_of(length: int, windows: Sequence[int]) -> int:
    """The shortest of some windows that holds a sequence of this length.

    Raises a `ValueError` if none does.
    """
    return min(window for window in windows if window >= length)
