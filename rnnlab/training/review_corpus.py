"""Reviews as numbers: got from where they are, compact, and cut into what one update reads."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Self, cast

import numpy as np
from numpy.typing import NDArray

from rnnlab.progress import Event
from rnnlab.sentiment.files.reviews import Reviews, ReviewsError
from rnnlab.sentiment.files.sources import VARIABLE, Loading, Upload, training_reviews
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, UNKNOWN, Ids, Vocabulary, padded

SHUFFLE_SEED = 113
"""Keras' own seed for the order of its film reviews."""
REPORT_EVERY = 2_500
"""Reviews turned into numbers between two reports."""

_lock = Lock()
_cache: dict[object, ReviewCorpus] = {}
"""The lab's own reviews, 12 MB for IMDB's, by what they depend on. Nobody's upload stays here."""


@dataclass(frozen=True, eq=False)
class ReviewCorpus:
    """Reviews, each as the ids of all its words in the largest vocabulary, and their labels.

    Ids go by frequency: for a smaller vocabulary, the higher ones are unknown words.
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
            if len(ids) % REPORT_EVERY == 0:
                yield len(ids)
        labels = np.array(reviews.labels, np.int8)
        yield cls(ids, labels, reviews.name, reviews.notices, reviews.films)

    @classmethod
    def of(cls, reviews: Reviews) -> Self:
        """The corpus of these reviews."""
        *_, corpus = cls.read(reviews)
        return cast(Self, corpus)

    def __len__(self) -> int:
        return len(self.ids)

    def subset(self, indices: NDArray[np.intp]) -> ReviewCorpus:
        """The reviews with these indices, in this order."""
        return ReviewCorpus([self.ids[index] for index in indices], self.labels[indices], self.name)

    def inputs(self, indices: NDArray[np.intp], words: int, length: int) -> Ids:
        """The reviews with these indices, (indices, length), for a vocabulary of `words` ids."""
        batch = padded([self.ids[index] for index in indices], length)
        batch[batch >= words] = UNKNOWN
        return batch


def held_out(corpus: ReviewCorpus, share: float) -> tuple[ReviewCorpus, ReviewCorpus]:
    """Reviews to learn from, and the last `share` of all, as Keras takes them: `fit` in order.

    The reviews are shuffled before, as `imdb.load_data` does: else the last ones would be of a few
    films, or of one kind only. Reviews of the same film may thus be on both sides.
    """
    order = np.arange(len(corpus))
    np.random.RandomState(SHUFFLE_SEED).shuffle(order)
    n_training = math.floor(len(corpus) * (1 - share))
    sides = corpus.subset(order[:n_training]), corpus.subset(order[n_training:])
    for side in sides:
        if len({*side.labels.tolist()}) < 2:
            raise ReviewsError(
                f"The {len(corpus):,} reviews of '{corpus.name}' are too few: of those "
                f"{'held out' if side is sides[1] else 'to learn from'}, {len(side):,}, all are "
                "of one kind; add some."
            )
    return sides


def load_corpus(upload: Upload | None) -> Iterator[Event | ReviewCorpus]:
    """What is being done to have the reviews, sentence by sentence; at last the corpus.

    The lab's own reviews are read once by a process. Raises a `ReviewsError` if there are no
    reviews, or none that can be used.
    """
    if upload is not None:
        yield Loading(f"Reading the reviews of '{upload.name}'.")
        yield from _in_numbers(upload.reviews)
        return
    key = _key()
    with _lock:
        cached = _cache.get(key)
    if cached is not None:
        yield cached
        return
    from keras.datasets import imdb

    for event in training_reviews(imdb):
        if isinstance(event, Reviews):
            reviews = event
        else:
            yield event
    for read in _in_numbers(reviews):
        if isinstance(read, ReviewCorpus):
            with _lock:
                _cache.clear()
                _cache[key] = read
        yield read


def _in_numbers(reviews: Reviews) -> Iterator[Event | ReviewCorpus]:
    """How far the reviews have been turned into numbers; at last the corpus."""
    for read in ReviewCorpus.read(reviews):
        if isinstance(read, int):
            yield Loading(f"Turning words into numbers: {read:,} of {len(reviews):,} reviews.")
        else:
            yield read


def _key() -> object:
    """What the lab's own reviews depend on: the path that is named, and when it changed."""
    path = os.environ.get(VARIABLE, "").strip()
    changed = 0
    with suppress(OSError):
        changed = Path(path).expanduser().stat().st_mtime_ns if path else 0
    return path, changed
