"""Where a task's reviews come from, and that they are read once."""

from __future__ import annotations

import os

import pytest
from keras.datasets import imdb

from rnnlab.sentiment.files.reviews import ReviewsError
from rnnlab.sentiment.files.sources import Loading, Upload
from rnnlab.training.reviews import gather
from rnnlab.training.reviews.corpus import Corpus
from rnnlab.training.reviews.gather import gathered

CONTENT = b"text,label\nA fine film,1\nDull,0\n"


@pytest.fixture(autouse=True)
def _nothing_was_read(monkeypatch):
    monkeypatch.delenv("RNNLAB_REVIEWS", raising=False)
    gather._kept.clear()
    yield
    gather._kept.clear()


def sentences(events) -> list[str]:
    return [one.doing for one in events if isinstance(one, Loading)]


def test_an_upload_is_read_once():
    first, again = (list(gathered(Upload.of(CONTENT, "mine.csv"))) for _ in range(2))
    assert sentences(first) == ["Reading the reviews of 'mine.csv'."]
    assert again == [first[-1]]
    assert (first[-1].name, first[-1].labels.tolist()) == ("mine.csv", [1, 0])


def test_reviews_that_the_environment_names_are_read_anew_when_they_changed(tmp_path, monkeypatch):
    file = tmp_path / "here.csv"
    file.write_bytes(CONTENT)
    monkeypatch.setenv("RNNLAB_REVIEWS", str(file))
    *before, corpus = gathered(None)
    assert sentences(before) == ["Reading the reviews of 'here.csv'.", "2 reviews are here."]
    assert all(one.reviews is None for one in before)
    assert list(gathered(None)) == [corpus]
    file.write_bytes(CONTENT + b"Grand,1\n")
    os.utime(file, ns=(1, 1))
    *_, changed = gathered(None)
    assert isinstance(changed, Corpus)
    assert len(changed) == 3


def test_only_the_latest_are_kept(monkeypatch):
    monkeypatch.setattr(gather, "KEPT", 1)
    one, other = (Upload.of(CONTENT, name) for name in ("a.csv", "b.csv"))
    for upload in (one, other, one):
        assert sentences(gathered(upload)), "it had to be read"


def test_without_reviews_and_network_it_ends_with_a_sentence(monkeypatch):
    def fail():
        raise Exception("URL fetch failure")

    monkeypatch.setattr(imdb, "get_word_index", fail)
    with pytest.raises(ReviewsError, match="neither on this machine nor to be downloaded now"):
        list(gathered(None))
