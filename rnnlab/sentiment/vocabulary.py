"""Words and their ids, as in Keras' film reviews: the most frequent word has the smallest id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.sentiment.tokens import Token, words

Ids = NDArray[np.int32]

PADDING, START, UNKNOWN = 0, 1, 2
SPECIAL = ("<padding>", "<start>", "<unknown>", "<unused>")
"""What the ids before the first word's stand for; Keras uses three of the four."""

WORDS = Path(__file__).with_name("words.txt")
N_WORDS = 20_000
"""How many words travel with the lab, in `WORDS`, one a line, the most frequent first."""

LARGEST_VOCABULARY = N_WORDS + len(SPECIAL)


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
        return {word: place for place, word in enumerate(self.words, len(SPECIAL))}

    def ids(self, tokens: Iterable[Token]) -> Ids:
        """One id for each token, in their order; `UNKNOWN` for words that are not in here."""
        return self._ids([token.word for token in tokens])

    def ids_of(self, text: str) -> Ids:
        """The ids of the words of a text, where their places do not matter."""
        return self._ids(words(text))

    def _ids(self, some_words: list[str]) -> Ids:
        return np.array([self._by_word.get(word, UNKNOWN) for word in some_words], dtype=np.int32)

    def word(self, number: int) -> str:
        """The word with this id, or what a `SPECIAL` id stands for; else an `IndexError`."""
        if not 0 <= number < self.size:
            raise IndexError(f"The ids of this vocabulary are 0 to {self.size - 1}, not {number}.")
        if number < len(SPECIAL):
            return SPECIAL[number]
        return self.words[number - len(SPECIAL)]
