"""The map of an embedding: its words in the two directions in which they differ most."""

from __future__ import annotations

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

    Each direction points to where its largest number lies, so that a map does not turn over.
    """
    centred = rows.astype(float) - rows.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    coordinates = left[:, :2] * sizes[:2]
    largest = coordinates[np.abs(coordinates).argmax(axis=0), [0, 1]]
    coordinates *= np.where(largest < 0, -1.0, 1.0)
    variances = sizes**2 / np.sum(sizes**2)
    return WordMap(coordinates, (float(variances[0]), float(variances[1])))


def neighbours(rows: NDArray[np.floating], index: int, limit: int = 5) -> list[tuple[int, float]]:
    """The rows most alike to one of them, best first, each with its cosine (-1 to 1)."""
    lengths = np.linalg.norm(rows, axis=1)
    cosines = rows @ rows[index] / np.maximum(lengths * lengths[index], 1e-12)
    order = [int(row) for row in np.argsort(-cosines, kind="stable") if row != index]
    return [(row, float(cosines[row])) for row in order[:limit]]
