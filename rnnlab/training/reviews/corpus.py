"""Reviews as numbers: compact, and cut into what one update reads."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import LabError
from rnnlab.sentiment.files.reviews import Reviews, ReviewsError
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, UNKNOWN, Ids, Vocabulary, padded

SHUFFLED_WITH = 113
"""Keras' own seed for the order of its film reviews."""
AT_ONCE = 2_500
"""Reviews turned into numbers between two pieces of news."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Reviews, each as the ids of all its words in the largest vocabulary, and their labels.

    Ids go by frequency, so that whoever knows fewer words takes the higher ids for unknown.
    """

    ids: Sequence[NDArray[np.int16]]
    labels: NDArray[np.int8]
    name: str
    notices: tuple[str, ...] = ()
    films: tuple[str, ...] | None = None

    @classmethod
    def read(cls, reviews: Reviews) -> Iterator[int | Self]:
        """How many reviews have been turned into numbers, now and then; at last the corpus."""
        vocabulary = Vocabulary.of(LARGEST_VOCABULARY)
        ids: list[NDArray[np.int16]] = []
        for text in reviews.texts:
            ids.append(vocabulary.ids_of(text).astype(np.int16))
            if len(ids) % AT_ONCE == 0:
                yield len(ids)
        labels = np.array(reviews.labels, np.int8)
        yield cls(ids, labels, reviews.name, reviews.notices, reviews.films)

    @classmethod
    def of(cls, reviews: Reviews) -> Self:
        """The corpus of these reviews."""
        *_, corpus = cls.read(reviews)
        if not isinstance(corpus, cls):
            raise LabError("The reviews were not turned into numbers.")
        return corpus

    def __len__(self) -> int:
        return len(self.ids)

    def chosen(self, places: NDArray[np.intp]) -> Corpus:
        """The reviews at these places, in this order."""
        return Corpus([self.ids[place] for place in places], self.labels[places], self.name)

    def inputs(self, places: NDArray[np.intp], words: int, length: int) -> Ids:
        """The reviews at these places, (places, length), for a vocabulary of `words` ids."""
        batch = padded([self.ids[place] for place in places], length)
        batch[batch >= words] = UNKNOWN
        return batch


def held_out(corpus: Corpus, share: float) -> tuple[Corpus, Corpus]:
    """Reviews to learn from, and the last `share` of all, as Keras takes them: `fit` in order.

    The reviews are shuffled before, as `imdb.load_data` does: else the last ones would be of a few
    films, or of one kind only. Reviews of the same film may thus be on both sides.
    """
    order = np.arange(len(corpus))
    np.random.RandomState(SHUFFLED_WITH).shuffle(order)
    n_learnt = math.floor(len(corpus) * (1 - share))
    sides = corpus.chosen(order[:n_learnt]), corpus.chosen(order[n_learnt:])
    for side in sides:
        if len({*side.labels.tolist()}) < 2:
            raise ReviewsError(
                f"The {len(corpus):,} reviews of '{corpus.name}' are too few: of those "
                f"{'held out' if side is sides[1] else 'to learn from'}, {len(side):,}, all are "
                "of one kind; add some."
            )
    return sides
