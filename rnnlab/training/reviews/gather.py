"""The reviews of a task as a corpus; what this process has read before it does not read again."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

from rnnlab.progress import Event
from rnnlab.sentiment.files.reviews import Reviews
from rnnlab.sentiment.files.sources import VARIABLE, Loading, Upload, training_reviews
from rnnlab.training.reviews.corpus import Corpus

KEPT = 2
"""Corpora that stay in memory: 12 MB for IMDB's."""

_lock = Lock()
_kept: OrderedDict[object, Corpus] = OrderedDict()


def gathered(upload: Upload | None) -> Iterator[Event | Corpus]:
    """What is being done to have the reviews, sentence by sentence; at last the corpus.

    Raises a `ReviewsError` if there are none, or none that can be used.
    """
    key = _key(upload)
    with _lock:
        known = _kept.get(key)
    if known is not None:
        yield known
        return
    if upload is not None:
        yield Loading(f"Reading the reviews of '{upload.name}'.")
        reviews: Reviews | None = upload.reviews
    else:
        reviews = None
        for one in _the_labs_own():
            reviews = one.reviews
            yield one.brief()
    assert reviews is not None  # noqa: S101
    for read in Corpus.read(reviews):
        if isinstance(read, int):
            yield Loading(f"Turning words into numbers: {read:,} of {len(reviews):,} reviews.")
        else:
            _keep(key, read)
            yield read


def _the_labs_own() -> Iterator[Loading]:
    from keras.datasets import imdb

    return training_reviews(imdb)


def _keep(key: object, corpus: Corpus) -> None:
    with _lock:
        _kept[key] = corpus
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def _key(upload: Upload | None) -> object:
    """What the corpus depends on: the upload, or the place that is named and when it changed."""
    if upload is not None:
        return upload
    path = os.environ.get(VARIABLE, "").strip()
    changed = 0
    with suppress(OSError):
        changed = Path(path).expanduser().stat().st_mtime_ns if path else 0
    return path, changed
