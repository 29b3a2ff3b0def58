"""Bigrams and trigrams: how often which word followed which one or two, well smoothed.

Interpolated Kneser-Ney smoothing (Kneser & Ney 1995; Chen & Goodman 1999, equations 26 and 27).
With a context h of one or two words, h' the same without its oldest word:

    P(w | h) = max(c(h w) - D, 0) / c(h) + D N(h) / c(h) · P(w | h')

c counts how often, N(h) is the number of different words after h, and D = n1 / (n1 + 2 n2), where
n1 and n2 are how many sequences came once and twice. Below the highest order c(h w) is not how
often h w came but after how many different words; at the bottom stands 1 / vocabulary.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.language.dictionary import END, Ids

Floats = NDArray[np.float64]
Keys = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Counts:
    """How often each sequence of one length came: `keys` sorted, each a number in base V."""

    keys: Keys
    counts: Floats
    vocabulary: int

    @property
    def discount(self) -> float:
        """What is taken from every count (Ney, Essen & Kneser 1994)."""
        once, twice = (int((self.counts == n).sum()) for n in (1, 2))
        return once / (once + 2 * twice) if once else 0.5

    def of(self, keys: Keys) -> Floats:
        """The counts of these sequences, 0 for those that never came."""
        return _looked_up(self.keys, self.counts, keys)


class NGram:
    """The chance of each next word given the `order` - 1 words before it."""

    def __init__(self, stream: Ids, order: int, vocabulary: int) -> None:
        self.order = order
        self.vocabulary = vocabulary
        seen = [_sequences(stream, n, vocabulary) for n in range(1, order + 1)]
        self._levels: list[tuple[Counts, Keys, Floats, Floats]] = []
        for n in range(1, order + 1):
            if n == order:
                keys, counts = np.unique(seen[n - 1], return_counts=True)
            else:  # after how many different words
                longer = np.unique(seen[n])
                keys, counts = np.unique(longer % vocabulary**n, return_counts=True)
            level = Counts(keys, counts.astype(float), vocabulary)
            contexts, where = np.unique(keys // vocabulary, return_inverse=True)
            total = np.bincount(where, weights=level.counts).astype(float)
            kinds = np.bincount(where).astype(float)
            self._levels.append((level, contexts.astype(np.int64), total, kinds))

    def next(self, ids: Sequence[int] | Ids) -> Floats:
        """The chance of each next word (vocabulary,) after a sentence that begins so."""
        before = [END] * self.order + [int(one) for one in ids]
        words = np.arange(self.vocabulary)
        return self._chances(before[len(before) - self.order + 1 :], words)

    def chances_of(self, stream: Ids) -> Floats:
        """The chance of each word of a stream of sentences, given the words before it."""
        columns = _columns(stream, self.order)
        return self._chances(columns[:-1], columns[-1])

    def perplexity(self, stream: Ids) -> float:
        """e to the mean of -ln(chance) over the words and ends of these sentences."""
        return math.exp(-np.log(self.chances_of(stream)).mean())

    def _chances(self, before: Sequence[Any], words: NDArray[Any]) -> Floats:
        chance = np.full(words.shape, 1.0 / self.vocabulary)
        v = self.vocabulary
        for n, (level, contexts, total, kinds) in enumerate(self._levels):
            context = np.zeros(words.shape, np.int64)
            for one in before[len(before) - n :]:
                context = context * v + one
            seen = _looked_up(contexts, total, context)
            share = _looked_up(contexts, kinds, context)
            d = level.discount
            own = np.maximum(level.of(context * v + words) - d, 0.0)
            known = np.maximum(seen, 1.0)
            chance = np.where(seen > 0, own / known + d * share / known * chance, chance)
        return chance


def _columns(stream: Ids, order: int) -> list[Keys]:
    """For each word of the stream the `order` - 1 before it, `END` before the first, and itself."""
    padded = np.concatenate([[END], stream]).astype(np.int64)
    columns = [padded[1:]]
    before = padded[:-1]
    for _ in range(order - 1):
        columns.insert(0, before)
        shifted = np.concatenate([[END], before[:-1]])
        before = np.where(before == END, END, shifted)
    return columns


def _sequences(stream: Ids, order: int, vocabulary: int) -> Keys:
    keys = np.zeros(len(stream), np.int64)
    for column in _columns(stream, order):
        keys = keys * vocabulary + column
    return keys


def _looked_up(keys: Keys, values: Floats, wanted: Keys) -> Floats:
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: Floats = np.where(keys[place] == wanted, values[place], 0.0)
    return found
