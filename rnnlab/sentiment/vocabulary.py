"""The words of a text, and their ids as in Keras' film reviews: the most frequent has the smallest.

Keras cut the film reviews of IMDB so: a word is what stands between spaces and the signs
!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~, in lower case; apostrophes belong to it wherever they stand. Here,
for what people type and paste:

- whatever is neither letter, digit, accent nor apostrophe parts words: “ ” — … and emoji as well;
- curly apostrophes are straight ones, capitals with accents have lower case too;
- <br /> is a break and no word; to Keras "br" is the seventh most frequent word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.files.pieces import in_pieces

Ids = NDArray[np.int32]

PADDING, START, UNKNOWN = 0, 1, 2
SPECIAL = ("<padding>", "<start>", "<unknown>", "<unused>")
"""What the ids before the first word's stand for; Keras uses three of the four."""

WORDS = Path(__file__).with_name("words.txt")
N_WORDS = 20_000
"""How many words travel with the lab, in `WORDS`, one a line, the most frequent first."""

LARGEST_VOCABULARY = N_WORDS + len(SPECIAL)


APOSTROPHES = "'’‘ʼ´＇\x91\x92"
"""Signs that stand for an apostrophe; the last two are Windows' curly ones, wrongly decoded."""

_ACCENTS = "\u0300-\u036f"
# Possessive throughout: no character is looked at again, so that any text takes linear time.
_OF_WORDS = rf"(?:[^\W_]++|[{APOSTROPHES}{_ACCENTS}]++)"
_WORD = re.compile(rf"<[bB][rR]\s*+/?+\s*+>|({_OF_WORDS}++)")
_pieces = in_pieces(rf"{_OF_WORDS}*+\s*+/?+\s*+>?+")  # no word and no break goes over their ends
_STRAIGHT = {ord(sign): "'" for sign in APOSTROPHES}


class WordSpan(NamedTuple):
    """A word in lower case, and where a text has it: `text[start:stop]` is the word as typed.

    A plain tuple because a long text has hundreds of thousands of them.
    """

    word: str
    start: int
    stop: int


def word_spans(text: str) -> tuple[WordSpan, ...]:
    """All words of a text in their order. Any text will do; the time grows with its length."""
    spans = [
        match.span()
        for piece in _pieces(text)
        for match in _WORD.finditer(text, *piece)
        if match.lastindex
    ]
    return tuple(
        WordSpan(word, start, stop) for word, (start, stop) in zip(words(text), spans, strict=True)
    )


def words(text: str) -> list[str]:
    """The words of `word_spans(text)` without their places, which takes less time."""
    return [word for piece in _pieces(text) for word in _in_lower_case(_WORD.findall(text, *piece))]


def _in_lower_case(matches: Iterable[str]) -> list[str]:
    """The words among these matches, in lower case, which makes some of them longer."""
    lines = "\n".join(filter(None, matches)).lower()  # all at once because it is quicker
    if not lines.isascii():
        lines = lines.translate(_STRAIGHT)
    return lines.split("\n") if lines else []


@cache
def _shipped() -> tuple[str, ...]:
    # Not splitlines(): one of the words is U+0085, which it takes for the end of a line.
    return tuple(WORDS.read_text(encoding="utf-8").removesuffix("\n").split("\n"))


@dataclass(frozen=True)
class Vocabulary:
    """Words with ids from 4 on, in this order; smaller ids are `SPECIAL`."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, size: int) -> Self:
        """The vocabulary with ids below `size`: what Keras calls `num_words`, Embedding(size, …).

        A `SettingError` unless `size` is between 5 and `LARGEST_VOCABULARY`.
        """
        if not len(SPECIAL) < size <= LARGEST_VOCABULARY:
            raise SettingError(
                f"A vocabulary has from {len(SPECIAL) + 1} to {LARGEST_VOCABULARY:,} ids, "
                f"but {size:,} were asked for."
            )
        return cls(_shipped()[: size - len(SPECIAL)])

    @property
    def size(self) -> int:
        """How many ids there are: one more than the largest."""
        return len(self.words) + len(SPECIAL)

    @cached_property
    def _by_word(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words, len(SPECIAL))}

    def ids(self, words: Iterable[str]) -> Ids:
        """One id for each word, in their order; `UNKNOWN` for words that are not in here."""
        return np.array([self._by_word.get(word, UNKNOWN) for word in words], dtype=np.int32)

    def ids_of(self, text: str) -> Ids:
        """The ids of the words of a text."""
        return self.ids(words(text))


def padded(ids: Sequence[Ids], length: int) -> Ids:
    """The ids of n reviews as an array of shape (n, length), each review at the end of its row.

    Before its first word stands `START`, before that `PADDING`. Of a review that is too long the
    last `length` words are kept, and `START` is lost with the first: so it is if Keras loads the
    reviews with `imdb.load_data` and pads them with `pad_sequences(…, maxlen=length)`.
    """
    if length < 1:
        raise SettingError(f"Reviews are read for at least 1 step, but {length} were asked for.")
    batch = np.full((len(ids), length), PADDING, dtype=np.int32)
    for row, review in zip(batch, ids, strict=True):
        n_kept = min(len(review), length)
        row[length - n_kept :] = review[len(review) - n_kept :]
        if n_kept < length:
            row[length - n_kept - 1] = START
    return batch
