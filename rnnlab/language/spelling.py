"""The words of a dictionary that are spelt like a given one, in time linear in their letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Self

MOST_COMPARED = 20
"""Words with most pieces in common, which are then compared letter by letter."""
MOST_LETTERS = 40
"""Of a longer word the beginning is compared."""
LEAST_ALIKE = 0.5
"""The least share of two words' letters that stand in both in the same order."""


@dataclass(frozen=True)
class Spelling:
    """Words, each with its pieces: its letters, and its pairs of letters side by side."""

    words: tuple[str, ...]
    pieces: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """The spelling of these words."""
        return cls(tuple(words), tuple(map(_pieces, words)))

    def nearest(self, word: str, limit: int) -> list[str]:
        """The words that are spelt most like this one, best first; maybe none."""
        own = _pieces(word)
        in_common = [2 * len(own & other) / max(1, len(own) + len(other)) for other in self.pieces]
        order = sorted(range(len(self.words)), key=lambda k: -in_common[k])[:MOST_COMPARED]
        matcher = SequenceMatcher(b=word[:MOST_LETTERS], autojunk=False)
        alike = []
        for k in order:
            matcher.set_seq1(self.words[k][:MOST_LETTERS])
            alike.append((matcher.ratio(), self.words[k]))
        best = sorted((pair for pair in alike if pair[0] >= LEAST_ALIKE), reverse=True)
        return [other for _, other in best[:limit]]


def _pieces(word: str) -> frozenset[str]:
    letters = word[:MOST_LETTERS]
    return frozenset(letters) | {first + second for first, second in pairwise(letters)}
