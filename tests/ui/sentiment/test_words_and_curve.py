"""What the browser is told of a reading."""

from __future__ import annotations

import json

import pytest

from rnnlab.sentiment.reading import read
from rnnlab.ui.sentiment.words_and_curve import (
    LONGEST_GAP,
    LONGEST_WORD,
    UNREAD_SHOWN,
    as_data,
)
from tests.sentiment.made import made_model

LARGE = 60_000  # characters; a megabyte was typed


def data_of(text: str, **options: object) -> dict[str, object]:
    return as_data(read(made_model(**options), text))


@pytest.mark.parametrize(
    "text", ["", " ", "I *loved* it!", "(a) film\n\n— of <br />art. 😀", "’tis"]
)
def test_words_and_what_is_between_them_are_the_text_as_typed(text):
    data = data_of(text)
    words = "".join(word["gap"] + word["word"] for word in data["words"])
    assert data["unread"] + words + data["tail"] == text


def test_what_a_word_is_told_is_the_verdict_before_and_after_it():
    data = data_of("not bad at zyzz")
    for word, following in zip(data["words"], data["words"][1:], strict=False):
        assert word["to"] == following["from"]
    assert data["words"][-1]["to"] == data["verdict"]
    assert [word["known"] for word in data["words"]] == [True, True, True, False]


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "😀" * 250_000, "a " * 500_000, "a" + "!" * 999_998 + "b"]
)
def test_little_is_sent_of_a_megabyte(text):
    data = data_of(text, most_words=500)
    assert len(json.dumps(data, ensure_ascii=False)) < LARGE
    assert all(len(word["word"]) <= LONGEST_WORD for word in data["words"])
    assert all(len(word["gap"]) <= LONGEST_GAP for word in data["words"])


def test_of_what_was_not_read_the_end_is_shown_and_how_much_there_was():
    short = data_of("bad good", most_words=1)
    assert short["unread"] == "bad "
    assert short["words"][0]["gap"] == ""
    long = data_of("bad " * 1000 + "good", most_words=1)
    assert long["unread"].startswith("[3,700 characters more] … ")
    assert long["unread"].endswith("bad " * (UNREAD_SHOWN // 4))
