"""Reviews from a folder with a text file for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnlab.errors import FileError
from rnnlab.sentiment.files import folder
from rnnlab.sentiment.files.reviews import Reviews, ReviewsError
from rnnlab.sentiment.files.sources import reviews_at


def filled(home: Path, **files: dict[str, str | bytes]) -> Path:
    """The folder, with files by name in each of the folders named."""
    for kind, some in files.items():
        (home / kind).mkdir(parents=True)
        for name, content in some.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (home / kind / name).write_bytes(raw)
    return home


POS = {"10_9.txt": "Fine", "2_8.txt": "Good\r\nfilm", "notes.md": "not a review"}
NEG = {"0_1.txt": "Dull", "some.txt": "Bad\x85", "._0_1.txt": b"\0\5"}


@pytest.mark.parametrize("below", ["train", "."])
def test_files_are_read_in_the_order_of_their_numbers(tmp_path, below):
    filled(tmp_path / "mine" / below, pos=POS, neg=NEG)
    texts = ("Dull", "Bad", "Good\r\nfilm", "Fine")
    assert reviews_at(tmp_path / "mine") == Reviews(texts, (0, 0, 1, 1), "mine")


def test_lists_of_addresses_say_which_film_a_review_is_about(tmp_path):
    train = filled(tmp_path / "train", pos={"0_9.txt": "a", "1_9.txt": "b"}, neg={"1_2.txt": "c"})
    (train / "urls_pos.txt").write_text("jaws\nalien\n")
    assert reviews_at(tmp_path).films is None  # the negative one's is not known
    (train / "urls_neg.txt").write_text("heat\njaws\n")
    assert reviews_at(tmp_path).films == ("jaws", "jaws", "alien")


def test_files_that_are_not_utf_8_are_counted(tmp_path):
    filled(tmp_path, pos={"1.txt": "né".encode("cp1252"), "2.txt": "né"}, neg={"1.txt": "no"})
    reviews = reviews_at(tmp_path)
    assert reviews.texts == ("no", "né", "né")
    assert reviews.notices == (
        "1 of 3 files were read as Windows-1252; look whether their letters are right.",
    )


def test_a_folder_without_the_two_kinds_is_refused(tmp_path):
    for home in (tmp_path, filled(tmp_path / "half", pos=POS)):
        with pytest.raises(
            ReviewsError, match=f"'{home.name}' has no train/pos and train/neg; put"
        ):
            reviews_at(home)


@pytest.mark.parametrize(
    ("neg", "sentence"),
    [
        ({}, "All 2 reviews of 'mine' are positive; add some negative ones"),
        ({"3.txt": " \n"}, "'train/neg/3.txt' has no text; write a review there, or leave it out."),
        ({"3.txt": "a\nb\0"}, "'train/neg/3.txt' is not a text file: 1 of its 4 characters are"),
        ({"3.txt": "y" * 50_001}, "'train/neg/3.txt' has a text of 50,001 characters, but"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, neg, sentence):
    filled(tmp_path / "mine" / "train", pos=POS, neg=neg)
    with pytest.raises(FileError) as refusal:
        reviews_at(tmp_path / "mine")
    assert str(refusal.value).startswith(sentence)


def test_an_empty_folder_of_both_kinds_has_no_reviews(tmp_path):
    with pytest.raises(ReviewsError, match="has no reviews; give some of both kinds"):
        reviews_at(filled(tmp_path / "mine", pos={}, neg={}))


def test_a_folder_that_is_too_large_is_refused(tmp_path, monkeypatch):
    filled(tmp_path / "mine", pos=POS, neg=NEG)
    assert len(reviews_at(tmp_path / "mine")) == 4
    monkeypatch.setattr(folder, "MOST_BYTES", 15)  # 4 + 10 + 4 + 5 bytes are there
    with pytest.raises(FileError, match=r"^'mine' is larger than"):
        reviews_at(tmp_path / "mine")
