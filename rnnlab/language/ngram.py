"""N-grams: how often which word followed which one or two; and all that a network is held against.

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
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnlab.language.corpus import Corpus
from rnnlab.language.kept import kept
from rnnlab.language.tokenizer import END, Ids

Floats = NDArray[np.float64]
Keys = NDArray[np.int64]
"""Sequences of words, each written as a number in base V (the size of the vocabulary)."""

ORDERS = {"trigram": 3, "bigram": 2}


@dataclass(frozen=True, eq=False)
class NGramCounts:
    """Counts c of the sequences of one length, and those of their contexts; all keys are sorted.

    `context_totals` are c(h) and `context_words` N(h).
    """

    keys: Keys
    counts: Floats
    contexts: Keys
    context_totals: Floats
    context_words: Floats

    @classmethod
    def of(cls, keys: Keys, counts: Floats, vocabulary: int) -> NGramCounts:
        """From the counts of some different sequences."""
        contexts, index = np.unique(keys // vocabulary, return_inverse=True)
        totals = np.bincount(index, weights=counts).astype(float)
        return cls(
            keys, counts, contexts.astype(np.int64), totals, np.bincount(index).astype(float)
        )

    @property
    def discount(self) -> float:
        """D, which is taken from every count (Ney, Essen & Kneser 1994)."""
        once, twice = (int((self.counts == n).sum()) for n in (1, 2))
        return once / (once + 2 * twice) if once else 0.5


class NGram:
    """The probability of each next word given the `order` - 1 words before it."""

    def __init__(self, stream: Ids, order: int, vocabulary: int) -> None:
        self.order = order
        self.vocabulary = vocabulary
        sequences = [_sequences(stream, n, vocabulary) for n in range(1, order + 1)]
        self._levels: list[NGramCounts] = []
        for n in range(1, order + 1):
            if n == order:
                keys, counts = np.unique(sequences[n - 1], return_counts=True)
            else:  # after how many different words
                longer = np.unique(sequences[n])
                keys, counts = np.unique(longer % vocabulary**n, return_counts=True)
            self._levels.append(NGramCounts.of(keys, counts.astype(float), vocabulary))

    def next_probabilities(self, ids: Sequence[int] | Ids) -> Floats:
        """Those of each next word (vocabulary,) after a sentence that begins so."""
        context = [END] * self.order + [int(word) for word in ids]
        words = np.arange(self.vocabulary)
        return self._probabilities(context[len(context) - self.order + 1 :], words)

    def probabilities_of(self, stream: Ids) -> Floats:
        """The probability of each word of a stream of sentences, given the words before it."""
        columns = _columns(stream, self.order)
        return self._probabilities(columns[:-1], columns[-1])

    def perplexity(self, stream: Ids) -> float:
        """e to the mean of -ln(probability) over the words and ends of these sentences."""
        return math.exp(-np.log(self.probabilities_of(stream)).mean())

    def _probabilities(self, context: Sequence[Any], words: NDArray[Any]) -> Floats:
        """P(w | h) of these words, each after its context: `order` - 1 arrays or numbers."""
        probabilities = np.full(words.shape, 1.0 / self.vocabulary)
        for n, level in enumerate(self._levels):
            key = np.zeros(words.shape, np.int64)
            for word in context[len(context) - n :]:
                key = key * self.vocabulary + word
            total = _lookup(level.contexts, level.context_totals, key)
            different = _lookup(level.contexts, level.context_words, key)
            count = _lookup(level.keys, level.counts, key * self.vocabulary + words)
            d, divisor = level.discount, np.maximum(total, 1.0)
            interpolated = (
                np.maximum(count - d, 0.0) / divisor + d * different / divisor * probabilities
            )
            probabilities = np.where(total > 0, interpolated, probabilities)
        return probabilities


class Baselines(NamedTuple):
    """Perplexities: of a uniform guess among all words, of n-grams, and the least possible one.

    Those of n-grams are on the test sentences; `best` is exact, None for a text.
    """

    uniform: float
    bigram: float
    trigram: float
    best: float | None

    @property
    def lines(self) -> tuple[tuple[str, float], ...]:
        """Their names and perplexities, from the top."""
        lines = [
            ("knows nothing", self.uniform),
            ("bigram", self.bigram),
            ("trigram", self.trigram),
        ]
        return tuple(lines) if self.best is None else (*lines, ("best possible", self.best))


@kept
def ngram(corpus: Corpus, order: int) -> NGram:
    """The n-gram model of what a corpus has to learn from."""
    return NGram(corpus.training, order, corpus.dictionary.size)


@kept
def baselines(corpus: Corpus) -> Baselines:
    """What n-grams reach on this corpus, and what is possible at all."""
    perplexities = {
        name: ngram(corpus, order).perplexity(corpus.test) for name, order in ORDERS.items()
    }
    best = None if corpus.grammar is None else corpus.grammar.perplexity
    return Baselines(uniform=float(corpus.dictionary.size), best=best, **perplexities)


def _columns(stream: Ids, order: int) -> list[Keys]:
    """For each word of the stream the `order` - 1 before it, `END` before the first, and itself."""
    padded = np.concatenate([[END], stream]).astype(np.int64)
    columns = [padded[1:]]
    previous = padded[:-1]
    for _ in range(order - 1):
        columns.insert(0, previous)
        shifted = np.concatenate([[END], previous[:-1]])
        previous = np.where(previous == END, END, shifted)
    return columns


def _sequences(stream: Ids, order: int, vocabulary: int) -> Keys:
    keys = np.zeros(len(stream), np.int64)
    for column in _columns(stream, order):
        keys = keys * vocabulary + column
    return keys


def _lookup(keys: Keys, values: Floats, wanted: Keys) -> Floats:
    """The values of the wanted keys, 0 for those that are not there."""
    index = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    matches: Floats = np.where(keys[index] == wanted, values[index], 0.0)
    return matches
