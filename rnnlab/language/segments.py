"""A text cut into what a model reads: words with their punctuation, or single characters.

Chinese, Japanese and Korean signs are words of their own, since nothing stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rnnlab.language.dictionary import Dictionary

APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
CLOSING = frozenset(".!?。！？…")
"""What ends a sentence of words."""

_SIGN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
# Possessive: no character is looked at again, so that any text takes linear time.
_TOKEN = re.compile(rf"[{_SIGN}]|(?:[^\W_{_SIGN}]++'?+)++|[^\w\s]|_")
_PARAGRAPH = re.compile(r"\n\s*\n")

WORDS_OF_A_SENTENCE = 60
CHARACTERS_OF_A_LINE = 200
"""A longer sentence, or a longer line, goes on as the next one."""


def words(text: str) -> list[str]:
    """The words and signs of a text, in lower case."""
    return _TOKEN.findall(text.translate(APOSTROPHES).lower())


def sentences_of_words(text: str) -> list[list[str]]:
    """The sentences of a text: each ends with a closing sign, a paragraph or its 60th word."""
    return [
        piece
        for paragraph in _PARAGRAPH.split(text)
        for sentence in _closed(words(paragraph))
        for piece in _pieces(sentence, WORDS_OF_A_SENTENCE)
    ]


def lines_of_characters(text: str) -> list[list[str]]:
    """The lines of a text that are not empty, character by character."""
    lines = (line.strip() for line in text.splitlines())
    return [piece for line in lines if line for piece in _pieces(list(line), CHARACTERS_OF_A_LINE)]


def known_words(text: str, dictionary: Dictionary) -> list[str]:
    """The words of a line in which none stand apart: each time the longest that is known.

    A sign with which no known word begins is a word of its own.
    """
    known, longest = set(dictionary.words), max(map(len, dictionary.words))
    found: list[str] = []
    for part in text.translate(APOSTROPHES).lower().split():
        at = 0
        while at < len(part):
            lengths = range(min(longest, len(part) - at), 0, -1)
            n = next((n for n in lengths if part[at : at + n] in known), 0)
            other = _TOKEN.match(part, at)
            found.append(part[at : at + n] if n else other[0] if other else part[at])
            at += len(found[-1])
    return found


def _closed(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    start = 0
    for at, token in enumerate(tokens, 1):
        following = tokens[at] if at < len(tokens) else ""
        if token in CLOSING and following not in CLOSING:
            yield tokens[start:at]
            start = at
    if start < len(tokens):
        yield tokens[start:]


def _pieces(tokens: Sequence[str], most: int) -> Iterator[list[str]]:
    for start in range(0, len(tokens), most):
        yield list(tokens[start : start + most])
