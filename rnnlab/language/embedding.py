"""The map of an embedding: its words in the two directions in which they differ most."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class WordMap(NamedTuple):
    """Places (words, 2), and the share of all differences that each direction shows."""

    places: Floats
    share: tuple[float, float]


def word_map(rows: NDArray[np.floating]) -> WordMap:
    """The first two principal components of some rows of an embedding (Pearson 1901).

    Each direction points to where its largest number lies, so that a map does not turn over.
    """
    centred = rows.astype(float) - rows.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    places = left[:, :2] * sizes[:2]
    places *= np.where(places[np.abs(places).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    squares = sizes**2 / np.sum(sizes**2)
    return WordMap(places, (float(squares[0]), float(squares[1])))


def neighbours(rows: NDArray[np.floating], number: int, most: int = 5) -> list[tuple[int, float]]:
    """The rows most alike to one of them, best first, each with its cosine (-1 to 1)."""
    lengths = np.linalg.norm(rows, axis=1)
    cosines = rows @ rows[number] / np.maximum(lengths * lengths[number], 1e-12)
    order = [int(one) for one in np.argsort(-cosines, kind="stable") if one != number]
    return [(one, float(cosines[one])) for one in order[:most]]
