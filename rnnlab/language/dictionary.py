"""The dictionary: each word has a number, and a number is all that a network gets to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]

END, UNKNOWN = 0, 1
SPECIAL = ("⏎", "<unknown>")
"""The end of a sentence, which is also what stands before its first word; and any other word."""


@dataclass(frozen=True)
class Dictionary:
    """Words with numbers from 2 on, in this order; 0 and 1 are `SPECIAL`."""

    words: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return len(self.words) + len(SPECIAL)

    @cached_property
    def _by_word(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words, len(SPECIAL))}

    def id_of(self, word: str) -> int:
        """The number of a word; `UNKNOWN` if it is not in here."""
        return self._by_word.get(word, UNKNOWN)

    def ids(self, words: Iterable[str]) -> Ids:
        """The numbers of some words, in their order."""
        return np.array([self.id_of(word) for word in words], np.int32)

    def word(self, number: int) -> str:
        """The word with this number, or the sign of a special one."""
        if not 0 <= number < self.size:
            raise IndexError(f"The numbers of this dictionary are 0 to {self.size - 1}.")
        return SPECIAL[number] if number < len(SPECIAL) else self.words[number - len(SPECIAL)]

    def said(self, ids: Sequence[int] | Ids) -> list[str]:
        """The words of some numbers."""
        return [self.word(int(number)) for number in ids]

    def nearest(self, word: str, most: int = 3) -> list[str]:
        """The known words that are spelt most like this one, best first; maybe none."""
        return get_close_matches(word, self.words, n=most, cutoff=0.5)
