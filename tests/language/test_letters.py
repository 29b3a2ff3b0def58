"""Letters with their marks, equal however they are written; and words that are spelt alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.language.letters import composed, signs
from rnnlab.language.spelling import Spelling
from rnnlab.language.tokenizer import Dictionary, lines_of_characters, sentences_of_words, words
from tests.files.growth import stays_linear


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("e\u0301te", ["é", "t", "e"]),
        ("q\u0323\u0307a", ["q\u0323\u0307", "a"]),
        ("नदी", ["न", "दी"]),
        ("ที่", ["ที่"]),
        ("👍🏽!", ["👍🏽", "!"]),
        ("\u0301a", ["a"]),
    ],
)
def test_a_sign_is_a_letter_with_its_marks(text, cut):
    assert signs(composed(text)) == cut


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("나는 학교에 간다.", ["나는", "학교에", "간다", "."]),
        (unicodedata.normalize("NFD", "Café für Zoë"), ["café", "für", "zoë"]),
        (unicodedata.normalize("NFD", "한국"), ["한국"]),
        ("co\u00adoperate", ["cooperate"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("我爱𠮷", ["我", "爱", "𠮷"]),
    ],
)
def test_words_of_other_scripts(text, cut):
    assert words(text) == cut


@given(st.text(max_size=100))
def test_composed_and_decomposed_texts_are_the_same(text):
    for cut in (sentences_of_words, lines_of_characters):
        assert cut(text) == cut(unicodedata.normalize("NFD", text))
        pieces = [piece for sentence in cut(text) for piece in sentence]
        assert not [piece for piece in pieces if unicodedata.category(piece[0]).startswith("M")]


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("schol", "school"), ("filn", "film"), ("teh", "the"), ("becuase", "because"), ("sea", "sea")],
)
def test_a_mistyped_word_has_the_right_one_first(word, nearest):
    known = ("the", "sea", "school", "film", "because", "shoe", "cause", "fill", "tea", "ten")
    assert Dictionary(known).nearest(word)[0] == nearest


def test_nothing_is_alike_where_nothing_is():
    spelling = Spelling.of(("the", "sea"))
    assert spelling.nearest("qqq", 3) == spelling.nearest("", 3) == []
    assert Spelling.of(()).nearest("sea", 3) == []


def test_long_words_are_compared_by_their_beginnings():
    known = tuple(f"{n:03}{'ab' * 95}" for n in range(500))
    assert Dictionary(known).nearest("123" + "ab" * 90)[0] == known[123]


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\U0001d165\U0001e000", "\u0301"])
def test_very_many_marks_stay_and_are_put_in_order_in_linear_time(marks):
    def letter(n: int) -> str:
        return f"a{marks * n}b"

    assert stays_linear(lambda n: composed(letter(n)), 50_000)
    assert composed(letter(15)) == unicodedata.normalize("NFC", letter(15))
    assert composed(composed(letter(100))) == composed(letter(100))
    assert len(signs(composed(letter(100)))) == 2
    assert words(letter(100)) == [composed(letter(100))]
