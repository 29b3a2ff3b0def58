"""Twice as much to read takes about twice as long, whatever it is: up to a megabyte."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

import pytest

from rnnlab.errors import LabError
from rnnlab.files.decoding import decode
from rnnlab.language.corpus import OwnText
from rnnlab.language.tokenizer import UNITS, Dictionary, lines_of_characters, sentences_of_words
from rnnlab.sentiment.files.sources import Upload, pasted_texts, uploaded_text
from rnnlab.sentiment.files.table import texts_in_table
from tests.files.growth import stays_linear

SIZE, SHORTER = 250_000, 60_000
"""Bytes of the smaller one; fewer of a word to look for."""

PIECES = {
    "letters": b"a",
    "umlauts": "Grüße aus Köln. ".encode("cp1252"),
    "Chinese": "今天天气很好，".encode("gb18030"),
    "broken": b"\x81\x30\xff",
    "apostrophes": b"can\x92t ",
    "NULs": b"\0a",
    "quotes": b'"',
    "quotes and commas": b'",',
    "backslashes": b'\\"',
    "commas": b",",
    "lines": b"\n",
    "carriage returns": b"\r",
    "blanks": b" \n",
    "spaces": b" ",
    "rows": b"A fine film,1\nDull,0\n",
    "rows with commas": b"Slow, but, fine,1\nDull, oh, dull,0\n",
    "broken rows": b'"A "fine" film",1\n',
    "digits": b"1234567890",
    "fastText": b"__label__1 dull\n__label__2 fine\n",
    "words": b"the old king saw the sea. ",
    "marks": "\u0301".encode(),
    "marks out of order": "\u0301\u0323".encode(),
    "Hindi": "गाँव में ".encode(),
    "apostrophe words": b"a'",
}
HEADERS = {"no header": b"", "text,label": b"text,label\n", "tabs": b"text\tlabel\n"}


@cache
def content_of(header: str, piece: str, size: int) -> bytes:
    return HEADERS[header] + PIECES[piece] * (size // len(PIECES[piece]))


def refused_or(read, content) -> None:
    with suppress(LabError):
        read(content)


@pytest.mark.parametrize("piece", PIECES)
def test_decoding(piece):
    assert stays_linear(
        lambda n: refused_or(lambda c: decode(c, "x"), content_of("no header", piece, n)),
        SIZE,
    )


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("piece", PIECES)
def test_reviews_of_a_table(piece, header):
    assert stays_linear(
        lambda n: refused_or(lambda c: Upload.of(c, "x").reviews, content_of(header, piece, n)),
        SIZE,
    )


@pytest.mark.parametrize("piece", PIECES)
def test_texts_uploaded_and_pasted(piece):
    def read(content: bytes) -> None:
        refused_or(lambda c: texts_in_table(uploaded_text(c, "x"), "x"), content)
        refused_or(pasted_texts, content.decode("latin-1"))

    assert stays_linear(lambda n: read(content_of("text,label", piece, n)), SIZE)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("piece", PIECES)
def test_a_text_of_ones_own(piece, unit):
    def read(content: bytes) -> None:
        refused_or(lambda c: OwnText("x", decode(c, "x").text, unit), content)

    assert stays_linear(lambda n: read(content_of("no header", piece, n)), SIZE)


@pytest.mark.parametrize("cut", [sentences_of_words, lines_of_characters])
@pytest.mark.parametrize("piece", PIECES)
def test_a_text_is_cut(cut, piece):
    assert stays_linear(lambda n: cut(content_of("no header", piece, n).decode("latin-1")), SIZE)


@pytest.mark.parametrize("letters", ["ab", "abcdefghijklmnopqrstuvwxyz", "a"])
def test_the_nearest_word_is_found(letters):
    @cache
    def prepared(n: int) -> tuple[Dictionary, str]:
        words = tuple(f"{(letters * n)[: n // 200]}{k}" for k in range(200))
        return Dictionary(words), f"{(letters * n)[: n // 200]}x"

    def read(n: int) -> None:
        dictionary, word = prepared(n)
        Dictionary(dictionary.words).nearest(word)

    assert stays_linear(read, SHORTER)
