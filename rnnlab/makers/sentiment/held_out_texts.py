"""What a model is weighed and judged by: texts of every length that nothing was learnt from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from rnnlab.makers.sentiment.treebank import NEUTRAL
from rnnlab.sentiment.vocabulary import Ids

if TYPE_CHECKING:
    from rnnlab.makers.sentiment.from_pieces import Material

SHORT = (5, 25)
"""From and to how many words the pieces of reviews have."""
SEED = 1

REVIEWS, PIECES, SENTENCES, PHRASES = range(4)

Labels = NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False)
class HeldOutTexts:
    """Texts with labels: 1 (positive), 0 (negative), or -1 (neutral).

    `kinds` says whether a text is a whole review, a piece of one, a sentence or a phrase; `half` is
    that of the two halves of each kind by which the other one is weighed.
    """

    texts: list[Ids]
    labels: Labels
    kinds: Labels
    half: NDArray[np.bool_]

    @classmethod
    def of(cls, material: Material, inputs: Callable[[NDArray[Any]], Ids]) -> Self:
        """All that is held out, as the network reads it."""
        whole = [inputs(ids) for ids in material.held_out.ids]
        of_reviews = material.held_out.labels
        parts = [
            (whole, of_reviews),
            (short_pieces(whole, np.random.default_rng(SEED)), of_reviews),
        ]
        if (phrases := material.held_out_phrases) is not None:
            for texts in (phrases.sentences, phrases.phrases):
                sides = np.where(texts.labels == NEUTRAL, -1, texts.labels > NEUTRAL)
                parts.append(([inputs(ids) for ids in texts.ids], sides))
        return cls(
            [ids for texts, _ in parts for ids in texts],
            np.concatenate([labels for _, labels in parts]).astype(int),
            np.concatenate([np.full(len(labels), kind) for kind, (_, labels) in enumerate(parts)]),
            np.concatenate([_half(labels) for _, labels in parts]),
        )

    @property
    def n_words(self) -> NDArray[np.intp]:
        """How many words each has."""
        return np.array([len(text) for text in self.texts])

    def count(self, kind: int) -> int:
        """How many texts of a kind there are."""
        return int((self.kinds == kind).sum())


def short_pieces(texts: list[Ids], rng: np.random.Generator) -> list[Ids]:
    """A random piece of each text."""
    pieces = []
    for ids in texts:
        length = int(rng.integers(SHORT[0], SHORT[1] + 1))
        first = int(rng.integers(max(1, len(ids) - length + 1)))
        pieces.append(ids[first : first + length])
    return pieces


def _half(labels: Labels) -> NDArray[np.bool_]:
    """The first half of each kind: a folder lists all negative reviews before the positive."""
    half = np.zeros(len(labels), dtype=bool)
    for kind in np.unique(labels):
        indices = np.flatnonzero(labels == kind)
        half[indices[: len(indices) // 2]] = True
    return half
