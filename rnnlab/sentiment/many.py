"""Many texts judged at once: what a model says of each, and how many of its words it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.sentiment.texts import Texts
from rnnlab.sentiment.vocabulary import UNKNOWN, Vocabulary

Probabilities = Callable[[Sequence[str]], NDArray[Any]]
"""What a model does: for each text the probability that it is positive; shape (texts,)."""

AT_ONCE = 64
"""Texts between two looks at how far it is."""


@dataclass(frozen=True)
class Judged:
    """What a model says of one text: `probability` is that of being positive.

    `label` is 1 (positive), 0 (negative) or None. Of its `n_words`, `n_unknown` are not in the
    model's vocabulary.
    """

    text: str
    label: int | None
    probability: float
    n_words: int
    n_unknown: int

    @property
    def verdict(self) -> int:
        """1 (positive) or 0 (negative): what is more probable."""
        return int(self.probability >= 0.5)

    @property
    def sureness(self) -> float:
        """The probability that it gives to its verdict, from 0.5 to 1."""
        return max(self.probability, 1 - self.probability)

    @property
    def right(self) -> bool | None:
        """Whether the verdict is the label; None if nobody knows the label."""
        return None if self.label is None else self.verdict == self.label

    @property
    def unknown(self) -> float | None:
        """The share of unknown words; None for a text without words."""
        return self.n_unknown / self.n_words if self.n_words else None


def judge_many(
    texts: Texts, probabilities: Probabilities, vocabulary: Vocabulary
) -> Iterator[dict[int, Judged]]:
    """Judge `AT_ONCE` texts after the other; each time, those judged, by their place in `texts`.

    Texts of like length go together, the longest first, so that little is padded.
    """
    order = sorted(range(len(texts)), key=lambda place: -len(texts.texts[place]))
    for start in range(0, len(order), AT_ONCE):
        places = order[start : start + AT_ONCE]
        chances = probabilities([texts.texts[place] for place in places])
        yield {
            place: _judged(texts, place, float(chance), vocabulary)
            for place, chance in zip(places, chances, strict=True)
        }


def _judged(texts: Texts, place: int, chance: float, vocabulary: Vocabulary) -> Judged:
    text = texts.texts[place]
    ids = vocabulary.ids_of(text)
    unknown = int(np.count_nonzero(ids == UNKNOWN))
    return Judged(text, texts.labels[place], chance, len(ids), unknown)
