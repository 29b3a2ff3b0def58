"""Short texts with labels, cut to few lengths, to be learnt from beside pieces of reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import TrainingError
from rnnlab.sentiment.vocabulary import UNKNOWN, Ids

LENGTHS = (1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 25, 32, 40)
"""A text between two of them is filled up in front with words that nobody knows."""

POWER = 0.5
"""A length is drawn by its number of texts times its own size to this power."""


class OfALength(NamedTuple):
    """Texts of one length, (texts, length), and how likely each is positive, (texts,)."""

    ids: Ids
    targets: NDArray[np.float32]


class ShortTexts:
    """Texts by length; those of more than 40 words are left out."""

    def __init__(self, ids: Sequence[Ids], targets: NDArray[Any]) -> None:
        rows: dict[int, list[int]] = {}
        for index, text in enumerate(ids):
            if 0 < len(text) <= LENGTHS[-1]:
                rows.setdefault(next(n for n in LENGTHS if n >= len(text)), []).append(index)
        if not rows:
            raise TrainingError(f"No phrase has from 1 to {LENGTHS[-1]} words; add some.")
        self.lengths = tuple(sorted(rows))
        self._texts = {
            length: OfALength(
                np.stack([_filled(ids[index], length) for index in rows[length]]),
                np.asarray(targets, np.float32)[rows[length]],
            )
            for length in self.lengths
        }
        shares = np.array([len(rows[length]) * length**POWER for length in self.lengths])
        self._probabilities = shares / shares.sum()

    def any_length(self, rng: np.random.Generator) -> int:
        """One of the lengths, by how much there is of it."""
        return int(rng.choice(self.lengths, p=self._probabilities))

    def drawn(self, length: int, rows: int, rng: np.random.Generator) -> OfALength:
        """Random texts of a length."""
        texts = self._texts[length]
        chosen = rng.integers(len(texts.targets), size=rows)
        return OfALength(texts.ids[chosen], texts.targets[chosen])


def _filled(ids: Ids, length: int) -> Ids:
    row = np.full(length, UNKNOWN, np.int32)
    row[length - len(ids) :] = ids
    return row
