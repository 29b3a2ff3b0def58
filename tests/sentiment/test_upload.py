"""A file of reviews on its way: small, equal to itself, and readable at the other end."""

from __future__ import annotations

import gzip
import pickle

import pytest

from rnnlab.sentiment.reviews import Reviews, ReviewsError
from rnnlab.sentiment.upload import Upload

CONTENT = b"text,label\n" + b"A fine film,1\nDull,0\n" * 100


def test_it_arrives_with_the_same_reviews_and_is_smaller_on_the_way():
    travelled = pickle.dumps(Upload.of(CONTENT, "mine.csv"))
    assert len(travelled) < len(CONTENT) / 4
    arrived = pickle.loads(travelled)
    assert arrived.reviews == Reviews(("A fine film", "Dull") * 100, (1, 0) * 100, "mine.csv")
    packed = Upload.of(gzip.compress(CONTENT), "mine.csv.gz")
    assert packed.reviews.texts == arrived.reviews.texts


def test_equal_files_are_equal_uploads_and_others_are_not():
    one, same = Upload.of(CONTENT, "a.csv"), Upload.of(bytes(CONTENT), "a.csv")
    assert (one, hash(one)) == (same, hash(same))
    others = [Upload.of(CONTENT + b"Bad,0\n", "a.csv"), Upload.of(CONTENT, "b.csv")]
    assert len({one, same, *others}) == 3


def test_what_cannot_be_used_is_said_when_it_is_read():
    with pytest.raises(ReviewsError, match=r"^'x.csv' is empty"):
        _ = Upload.of(b"", "x.csv").reviews
