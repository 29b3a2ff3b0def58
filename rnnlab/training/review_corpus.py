"""Reviews as numbers: got from where they are, compact, and cut into what one update reads."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Self, cast

import numpy as np
from numpy.typing import NDArray

from rnnlab.progress import Event
from rnnlab.sentiment.files.reviews import Reviews, ReviewsError
from rnnlab.sentiment.files.sources import VARIABLE, Loading, Upload, training_reviews
from rnnlab.sentiment.vocabulary import (
    LARGEST_VOCABULARY,
    UNKNOWN,
    Ids,
    Vocabulary,
    padded,
    words,
)

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

    Ids go by frequency: for a smaller vocabulary, the higher ones are unknown words. Reviews with
    the same words, known or not, have the same number in `texts`; without it all are different.
    """

    ids: Sequence[NDArray[np.int16]]
    labels: NDArray[np.int8]
    name: str
    notices: tuple[str, ...] = ()
    films: tuple[str, ...] | None = None
    texts: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, np.intp))

    def __post_init__(self) -> None:
        if len(self.texts) != len(self.ids):
            object.__setattr__(self, "texts", np.arange(len(self.ids)))

    @classmethod
    def read(cls, reviews: Reviews) -> Iterator[int | Self]:
        """How many reviews have been turned into numbers, now and then; at last the corpus."""
        vocabulary = Vocabulary.of(LARGEST_VOCABULARY)
        ids: list[NDArray[np.int16]] = []
        numbers: dict[bytes, int] = {}
        texts: list[int] = []
        for text in reviews.texts:
            tokens = words(text)
            digest = hashlib.sha256(" ".join(tokens).encode(errors="replace")).digest()
            texts.append(numbers.setdefault(digest, len(numbers)))
            ids.append(vocabulary.ids(tokens).astype(np.int16))
            if len(ids) % REPORT_EVERY == 0:
                yield len(ids)
        labels = np.array(reviews.labels, np.int8)
        of_texts = np.array(texts, np.intp)
        yield cls(ids, labels, reviews.name, reviews.notices, reviews.films, of_texts)

    @classmethod
    def of(cls, reviews: Reviews) -> Self:
        """The corpus of these reviews."""
        *_, corpus = cls.read(reviews)
        return cast(Self, corpus)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def n_repeated(self) -> int:
        """How many reviews have the same words as one before them."""
        return len(self) - len(np.unique(self.texts))

    def subset(self, indices: NDArray[np.intp]) -> ReviewCorpus:
        """The reviews with these indices, in this order."""
        ids = [self.ids[index] for index in indices]
        return ReviewCorpus(ids, self.labels[indices], self.name, texts=self.texts[indices])

    def inputs(self, indices: NDArray[np.intp], words: int, length: int) -> Ids:
        """The reviews with these indices, (indices, length), for a vocabulary of `words` ids."""
        batch = padded([self.ids[index] for index in indices], length)
        batch[batch >= words] = UNKNOWN
        return batch


def held_out(corpus: ReviewCorpus, share: float) -> tuple[ReviewCorpus, ReviewCorpus]:
    """Reviews to learn from, and the last `share` of all, as Keras takes them: `fit` in order.

    The reviews are shuffled before, as `imdb.load_data` does: else the last ones would be of a few
    films, or of one kind only. Reviews of the same film may thus be on both sides, but not reviews
    with the same words: all of them are held out or none.
    """
    order = np.arange(len(corpus))
    np.random.RandomState(SHUFFLE_SEED).shuffle(order)
    n_held_out = len(corpus) - math.floor(len(corpus) * (1 - share))
    is_held_out = _held_out(corpus.texts[order], corpus.labels[order], n_held_out)
    sides = corpus.subset(order[~is_held_out]), corpus.subset(order[is_held_out])
    for side in sides:
        if len({*side.labels.tolist()}) < 2:
            raise ReviewsError(
                f"The {len(corpus):,} reviews of '{corpus.name}' are too few: of those "
                f"{'held out' if side is sides[1] else 'to learn from'}, {len(side):,}, all are "
                "of one kind; add some."
            )
    return sides


def _held_out(
    texts: NDArray[np.intp], labels: NDArray[np.int8], n_wanted: int
) -> NDArray[np.bool_]:
    """Which of these are held out: from the last on, each with its equals.

    Where equals come in large groups, the last of the other kind are held out too.
    """
    sizes = np.bincount(texts)
    chosen, n_chosen, kinds = np.zeros(len(sizes), bool), 0, set[int]()
    for text, label in zip(texts[::-1].tolist(), labels[::-1].tolist(), strict=True):
        missing = sizes.max() > 1 and kinds and label not in kinds
        if chosen[text] or sizes[text] > n_wanted or not (n_chosen < n_wanted or missing):
            continue
        chosen[text] = True
        n_chosen += int(sizes[text])
        kinds.add(label)
    return chosen[texts]


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
