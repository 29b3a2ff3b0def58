"""The map of an embedding: its words in the two directions in which they differ most."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class WordMap(NamedTuple):
    """Coordinates (words, 2), and the share of all variance that each direction explains."""

    coordinates: Floats
    explained: tuple[float, float]


def word_map(rows: NDArray[np.floating]) -> WordMap:
    """The first two principal components of some rows of an embedding (Pearson 1901).

    Each direction points to where its largest number lies, so that a map does not turn over. Rows
    that do not differ, or differ in one direction only, have zeros in the others.
    """
    centred = rows.astype(float) - rows.mean(axis=0, dtype=float)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    n, coordinates = min(2, len(sizes)), np.zeros((len(rows), 2))
    coordinates[:, :n] = left[:, :n] * sizes[:n]
    sizes = np.append(sizes, 0.0)
    largest = coordinates[np.abs(coordinates).argmax(axis=0), [0, 1]]
    coordinates *= np.where(largest < 0, -1.0, 1.0)
    variances = sizes**2 / max(np.sum(sizes**2), 1e-30)
    return WordMap(coordinates, (float(variances[0]), float(variances[1])))


def cosine_by_chance(n_rows: int, n_numbers: int) -> float:
    """Below what the nearest of `n_rows` rows of random numbers stays, 19 times in 20.

    The cosine of two such rows is about normal, with a standard deviation of √(1 / n).
    """
    return min(1.0, NormalDist().inv_cdf(0.95 ** (1 / n_rows)) / math.sqrt(n_numbers))


def neighbours(rows: NDArray[np.floating], index: int, limit: int = 5) -> list[tuple[int, float]]:
    """The rows most alike to one of them, best first, each with its cosine (-1 to 1)."""
    lengths = np.linalg.norm(rows, axis=1)
    cosines = rows @ rows[index] / np.maximum(lengths * lengths[index], 1e-12)
    order = [int(row) for row in np.argsort(-cosines, kind="stable") if row != index]
    return [(row, float(cosines[row])) for row in order[:limit]]
