"""IMDB's own reviews, where they lie beside the checkout; read once, since that takes seconds."""

from functools import cache
from pathlib import Path

import pytest

from rnnlab.sentiment.files.reviews import Reviews
from rnnlab.sentiment.files.sources import reviews_at
from rnnlab.training.review_corpus import ReviewCorpus

DATA = Path(__file__).parents[3] / "shared" / "data"
TABLE = DATA / "imdb_train.csv.gz"
WITH_REVIEWS = pytest.mark.skipif(
    not TABLE.is_file(), reason="IMDB's reviews are not beside the checkout"
)


@cache
def imdb() -> Reviews:
    return reviews_at(TABLE)


@cache
def imdb_corpus() -> ReviewCorpus:
    return ReviewCorpus.of(imdb())
