"""Text to tokens (words with their punctuation, or characters), and tokens to ids and back.

Signs of Chinese, Japanese, Thai and other scripts without spaces are words of their own. Marks,
such as the vowel signs of Hindi, belong to their letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rnnlab.files.pieces import in_pieces
from rnnlab.language.letters import MARK, composed, signs
from rnnlab.language.spelling import Spelling

Ids = NDArray[np.int32]

WORDS, CHARACTERS = UNITS = ("words", "characters")
"""What a token is."""

END, UNKNOWN = 0, 1
SPECIAL = ("⏎", "<unknown>")
"""The end of a sentence, which also stands before its first word; and any other word."""

APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
CLOSING = frozenset(".!?。！？…।॥؟۔։።")
"""What ends a sentence of words."""

MAX_SENTENCE_WORDS = 60
MAX_LINE_CHARACTERS = 200
"""A longer sentence, or a longer line, goes on as the next one."""

_SIGN = (
    "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese, Japanese
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
)
# Possessive: no character is looked at again, so that any text takes linear time.
_WORD = re.compile(
    rf"(?!{MARK})(?:[{_SIGN}]{MARK}*+|(?:[^\W_{_SIGN}]++{MARK}*+'?+)++|(?:[^\w\s]|_){MARK}*+)"
)
_pieces = in_pieces(rf"(?:[^\W_{_SIGN}]++|'++|{MARK}++)*+")  # no word goes over their ends
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Dictionary:
    """The vocabulary: words with ids from 2 on, in this order; 0 and 1 are `SPECIAL`."""

    words: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many ids there are."""
        return len(self.words) + len(SPECIAL)

    @cached_property
    def _ids_by_word(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words, len(SPECIAL))}

    def id_of(self, word: str) -> int:
        """The id of a word; `UNKNOWN` if it is not in the dictionary."""
        return self._ids_by_word.get(word, UNKNOWN)

    def ids(self, words: Iterable[str]) -> Ids:
        """The ids of some words, in their order."""
        return np.array([self.id_of(word) for word in words], np.int32)

    def word(self, number: int) -> str:
        """The word with this id, or the sign of a special one."""
        if not 0 <= number < self.size:
            raise IndexError(f"The numbers of this dictionary are 0 to {self.size - 1}.")
        return SPECIAL[number] if number < len(SPECIAL) else self.words[number - len(SPECIAL)]

    def words_of(self, ids: Sequence[int] | Ids) -> list[str]:
        """The words with these ids, in their order."""
        return [self.word(int(number)) for number in ids]

    def nearest(self, word: str, limit: int = 3) -> list[str]:
        """The words that are spelt most like this one, best first; maybe none."""
        return self._spelling.nearest(word, limit)

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling.of(self.words)


def tokenize(text: str, dictionary: Dictionary, unit: str = WORDS) -> list[str]:
    """The tokens of a line: characters or words.

    Where words of the dictionary consist of several signs, nothing says where one ends: the line
    is then cut into words that the dictionary has.
    """
    if unit == CHARACTERS:
        return signs(composed(text))
    if any(len(word) > 1 and not word.isascii() and _is_sign(word) for word in dictionary.words):
        return longest_words(text, dictionary)
    return words(text)


def join_tokens(tokens: Sequence[str], unit: str = WORDS) -> str:
    """Some tokens as a line: with spaces, unless they are characters."""
    return ("" if unit == CHARACTERS else " ").join(tokens)


def words(text: str) -> list[str]:
    """The words and signs of a text, in lower case."""
    return _words_in_lower_case(_in_lower_case(text))


def longest_words(text: str, dictionary: Dictionary) -> list[str]:
    """The words of a line without spaces: each time the longest that the dictionary has.

    A sign with which no word of the dictionary begins is a word of its own.
    """
    vocabulary, max_length = set(dictionary.words), max(map(len, dictionary.words))
    tokens: list[str] = []
    for part in _in_lower_case(text).split():
        start = 0
        while start < len(part):
            lengths = range(min(max_length, len(part) - start), 0, -1)
            n = next((n for n in lengths if part[start : start + n] in vocabulary), 0)
            other = _WORD.match(part, start)
            tokens.append(part[start : start + n] if n else other[0] if other else part[start])
            start += len(tokens[-1])
    return tokens


def sentences_of_words(text: str) -> list[list[str]]:
    """The sentences of a text: each ends with a closing sign, a paragraph or its 60th word.

    In a text with hardly any closing signs and paragraphs, such as a list or a poem, each line is a
    sentence.
    """
    text = _in_lower_case(text)
    parts = [_words_in_lower_case(paragraph) for paragraph in _PARAGRAPH.split(text)]
    n_words, n_ends = sum(map(len, parts)), len(parts) - 1
    n_ends += sum(token in CLOSING for tokens in parts for token in tokens)
    if n_words >= MAX_SENTENCE_WORDS * n_ends:
        parts = [_words_in_lower_case(line) for line in text.split("\n")]
    return [
        tokens
        for part in parts
        for sentence in _up_to_closing_signs(part)
        for tokens in _at_most(MAX_SENTENCE_WORDS, sentence)
    ]


def lines_of_characters(text: str) -> list[list[str]]:
    """The lines of a text that are not empty, character by character; with their indentation."""
    lines = (line.rstrip() for line in composed(text).split("\n"))
    return [
        tokens for line in lines if line for tokens in _at_most(MAX_LINE_CHARACTERS, signs(line))
    ]


def _words_in_lower_case(text: str) -> list[str]:
    return [word for piece in _pieces(text) for word in _WORD.findall(text, *piece)]


def _in_lower_case(text: str) -> str:
    return unicodedata.normalize("NFC", composed(text).translate(APOSTROPHES).lower())


def _is_sign(word: str) -> bool:
    """Whether a word is written in signs that stand without spaces."""
    return "\u3040" <= word[0] <= "\u9fff"


def _up_to_closing_signs(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    start = 0
    for end in [number for number, token in enumerate(tokens, 1) if token in CLOSING]:
        if end == len(tokens) or tokens[end] not in CLOSING:
            yield tokens[start:end]
            start = end
    if start < len(tokens):
        yield tokens[start:]


def _at_most(limit: int, tokens: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(tokens), limit):
        yield list(tokens[start : start + limit])
