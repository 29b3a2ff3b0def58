"""Reviews from a path, from the browser and from Keras, whatever is wrong with them."""

from __future__ import annotations

import gzip
import io
import pickle
from pathlib import Path

import pytest

from rnnlab.errors import FileError
from rnnlab.sentiment.files import sources
from rnnlab.sentiment.files.reviews import MOST_BYTES_UPLOADED, Reviews, ReviewsError
from rnnlab.sentiment.files.sources import (
    Loading,
    Upload,
    reviews_at,
    training_reviews,
)
from rnnlab.sentiment.vocabulary import words

CONTENT = b"text,label\nA fine film,1\nDull,0\n"
TEXTS = ("A fine film", "Dull")
INDEX = {"the": 1, "br": 2, "film": 3, "it's": 4, "good": 5, "bad": 6}


def uploaded_reviews(content: bytes, name: str) -> Reviews:
    return Upload.of(content, name).reviews


class PretendedImdb:
    """Stands for keras.datasets.imdb: ranks of two training reviews and one test review."""

    def load_data(self, *, num_words, start_char, index_from):
        assert (start_char, index_from) == (None, 0)
        assert num_words > 6  # else the word with rank 6 would be left out
        return ([[1, 3, 2, 2, 4, 5], [6, 3]], [1, 0]), ([[6]], [0])

    def get_word_index(self):
        return INDEX


class NoNetwork(PretendedImdb):
    def get_word_index(self):
        raise Exception("URL fetch failure on https://some.where: None -- not known")


@pytest.fixture(autouse=True)
def _nothing_is_named(monkeypatch):
    monkeypatch.delenv("RNNLAB_REVIEWS", raising=False)


@pytest.mark.parametrize("name", ["mine.csv", "mine.csv.gz", "no-ending"])
def test_a_file_is_read_packed_or_not(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(gzip.compress(CONTENT) if name.endswith("gz") else CONTENT)
    assert reviews_at(file) == reviews_at(str(file)) == Reviews(TEXTS, (1, 0), name)
    assert uploaded_reviews(file.read_bytes(), name) == Reviews(TEXTS, (1, 0), name)


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ReviewsError, match=r"none.csv' cannot be read \(No such file"):
        reviews_at(tmp_path / "none.csv")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MOST_BYTES", 1_000_000)
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(1_000_001)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(FileError, match=r"^'large.csv' is larger than 1 MB \(unpacked\)"):
        reviews_at(large)


def test_a_file_from_the_browser_may_have_five_megabytes_unpacked():
    row = b"Dull,0\n"
    fits = CONTENT + row * ((MOST_BYTES_UPLOADED - len(CONTENT)) // len(row))
    for content in (fits + row, gzip.compress(fits + row), gzip.compress(bytes(50_000_000))):
        with pytest.raises(FileError, match="'x' is larger than 5 MB"):
            uploaded_reviews(content, "x")
    with pytest.raises(ReviewsError, match="more than 60,000 reviews"):  # a limit further on
        uploaded_reviews(fits, "x")


@pytest.mark.parametrize(
    "spoil", [lambda b: b[:-9], lambda b: b[:20], lambda b: b[:12] + b"!!" * 9]
)
def test_a_packed_file_that_is_damaged_is_refused(spoil):
    with pytest.raises(FileError, match=r"^'x.gz' cannot be unpacked: it is damaged or not"):
        uploaded_reviews(spoil(gzip.compress(CONTENT)), "x.gz")


def test_keras_reviews_become_texts_with_the_same_words():
    *events, last = training_reviews(PretendedImdb())
    assert last == Reviews(("the film <br /> <br /> it's good", "bad film"), (1, 0), "IMDB")
    assert words(last.texts[0]) == ["the", "film", "it's", "good"]
    assert [event.doing for event in events] == [
        "Getting 25,000 film reviews: 17 MB, if they are not on this machine yet.",
        "Turning ranks into words.",
        "2 reviews are here.",
    ]


def test_reviews_that_the_environment_names_are_taken_instead(tmp_path, monkeypatch):
    (tmp_path / "mine.csv").write_bytes(CONTENT)
    monkeypatch.setenv("RNNLAB_REVIEWS", f" {tmp_path / 'mine.csv'} ")
    first, _, last = training_reviews(NoNetwork())
    assert first == Loading("Reading the reviews of 'mine.csv'.")
    assert last == Reviews(TEXTS, (1, 0), "mine.csv")


def test_a_wrong_path_in_the_environment_is_said_and_nothing_else_taken(monkeypatch):
    monkeypatch.setenv("RNNLAB_REVIEWS", "not/there")
    with pytest.raises(ReviewsError, match="whether RNNLAB_REVIEWS names what you mean"):
        list(training_reviews(PretendedImdb()))


def test_without_reviews_and_network_the_three_ways_to_get_some_are_named():
    with pytest.raises(ReviewsError) as refusal:
        list(training_reviews(NoNetwork()))
    sentence = str(refusal.value)
    for way in ("the internet once", "RNNLAB_REVIEWS", "train/pos", "text and label", "upload"):
        assert way in sentence
    assert (sentence.count("."), sentence[-1]) == (1, ".")
    assert str(pickle.loads(pickle.dumps(refusal.value))) == sentence


def test_keras_own_module_takes_what_it_is_asked(tmp_path, monkeypatch):
    import numpy as np
    from keras.datasets import imdb

    def saved(reviews: list[list[int]]) -> np.ndarray:
        found = np.empty(len(reviews), dtype=object)
        found[:] = reviews
        return found

    held = io.BytesIO()
    train, test = saved([[1, 3, 6], [5]]), saved([[6], [2]])
    np.savez(held, x_train=train, y_train=[0, 1], x_test=test, y_test=[0, 1])
    file = tmp_path / "imdb.npz"
    file.write_bytes(held.getvalue())
    monkeypatch.setitem(imdb.load_data.__globals__, "get_file", lambda **_: str(file))
    monkeypatch.setattr(imdb, "get_word_index", lambda: INDEX)
    *_, last = training_reviews(imdb)
    found = last
    assert {*zip(found.texts, found.labels, strict=True)} == {("the film bad", 0), ("good", 1)}


LONG = b"text,label\n" + b"A fine film,1\nDull,0\n" * 100


def test_an_upload_arrives_with_the_same_reviews_and_is_smaller_on_the_way():
    travelled = pickle.dumps(Upload.of(LONG, "mine.csv"))
    assert len(travelled) < len(LONG) / 4
    arrived = pickle.loads(travelled)
    assert arrived.reviews == Reviews(("A fine film", "Dull") * 100, (1, 0) * 100, "mine.csv")
    packed = Upload.of(gzip.compress(LONG), "mine.csv.gz")
    assert packed.reviews.texts == arrived.reviews.texts


def test_equal_files_are_equal_uploads_and_others_are_not():
    first, same = Upload.of(LONG, "a.csv"), Upload.of(bytes(LONG), "a.csv")
    assert (first, hash(first)) == (same, hash(same))
    others = [Upload.of(LONG + b"Bad,0\n", "a.csv"), Upload.of(LONG, "b.csv")]
    assert len({first, same, *others}) == 3


def test_an_upload_that_cannot_be_used_is_refused_when_it_is_read():
    with pytest.raises(ReviewsError, match=r"^'x.csv' is empty"):
        _ = Upload.of(b"", "x.csv").reviews
