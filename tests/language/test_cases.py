"""Texts as people bring them: each is read as it was meant, or refused with the way out."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from rnnlab.errors import SettingError
from rnnlab.files.decoding import Decoded, decode
from rnnlab.language.corpus import OwnText, text_corpus

CASES = Path(__file__).parent / "cases"


def read(name: str) -> Decoded:
    return decode((CASES / name).read_bytes(), name)


def text_of(name: str, unit: str = "words") -> OwnText:
    return OwnText(name, read(name).text, unit)


def tokens(text: OwnText) -> list[str]:
    return [token for sentence in text.sentences for token in sentence]


@pytest.mark.parametrize("unit", ["words", "characters"])
def test_ends_of_lines_and_paragraphs_are_the_same_however_they_are_written(unit):
    old, unix = text_of("C1b_cr_paragraphs.txt", unit), text_of("C1c_lf_paragraphs.txt", unit)
    windows = OwnText("windows", unix.text.replace("\n", "\r\n"), unit)
    assert old.sentences == unix.sentences == windows.sentences
    assert old.n_sentences == 700


def test_vowel_signs_belong_to_their_word():
    text = text_of("C2_hindi.txt")
    assert text.sentences[0] == ["माँ", "ने", "खीर", "बनायी", "।"]
    assert text.n_sentences == 800


@pytest.mark.parametrize("name", ["C2_hindi.txt", "C10_thai.txt"])
@pytest.mark.parametrize("unit", ["words", "characters"])
def test_no_piece_begins_with_a_mark_and_none_is_lost(name, unit):
    text = text_of(name, unit)
    pieces = tokens(text)
    assert not [piece for piece in pieces if unicodedata.category(piece[0]).startswith("M")]
    assert "".join(pieces).replace(" ", "") == re.sub(r"\s", "", text.text)


def test_where_no_spaces_are_each_letter_with_its_marks_is_a_word_and_each_line_a_sentence():
    text = text_of("C10_thai.txt")
    assert text.sentences[0] == ["เ", "ด็", "ก", "ๆ", "ร้", "อ", "ง", "เ", "พ", "ล", "ง"]
    assert text.n_sentences == 1500


def test_a_text_in_which_no_word_comes_twice_is_refused_with_the_way_out():
    with pytest.raises(SettingError) as refusal:
        text_of("C4_word_list.txt")
    assert str(refusal.value) == (
        "Of the 3,200 words of “C4_word_list.txt” none comes twice, so there is nothing to learn "
        "of what follows what: read it as characters instead of words, or take a text in which "
        "words come again."
    )
    letters = text_corpus(text_of("C4_word_list.txt", "characters")).dictionary
    assert letters.size > 20


@pytest.mark.parametrize(
    ("unit", "text"), [("words", "la " * 4_000), ("characters", ("a" * 50 + "\n") * 60)]
)
def test_a_text_of_a_single_word_is_refused_too(unit, text):
    with pytest.raises(SettingError, match=f"{unit} of “mine” only one comes twice, so there is"):
        OwnText("mine", text, unit)


def test_code_read_by_characters_keeps_its_indentation():
    text = text_of("C5_code.txt", "characters")
    assert ["".join(line) for line in text.sentences[:4]] == [
        "def g(x):",
        "    if x > 4:",
        "        return x",
        "    return g(x + 4)",
    ]


@pytest.mark.parametrize(
    ("name", "encoding", "beginning"),
    [
        ("C7_cp1252_apostrophes.txt", "Windows-1252", ["we", "can't", "sing", "."]),
        ("C12_shift_jis.txt", "Shift-JIS", ["犬", "は", "川", "の", "そ", "ば", "で"]),
        ("C13_big5.txt", "Big5", ["孩", "子", "們", "在", "唱", "歌", "。"]),
    ],
)
def test_other_encodings_are_read_and_told(name, encoding, beginning):
    decoded = read(name)
    assert decoded.encoding == encoding
    assert f"read as {encoding}" in (decoded.notice or "")
    assert text_of(name).sentences[0][: len(beginning)] == beginning
    assert "�" not in decoded.text
