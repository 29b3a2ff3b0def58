"""Word vectors from the neighbours of each word: what an embedding can begin with.

Words that stand near the same words get similar vectors, whatever the labels say: so a network
knows that "dull" is like "boring" before it has learnt what either says of a film.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.sentiment.vocabulary import SPECIAL

WINDOW = 6
"""Words count as near within so many places; at distance k a neighbour counts 1/k."""

N_CONTEXTS = 5_000
"""The neighbours that are told apart: the most frequent words."""

SMOOTHING = 0.75
OVERSAMPLES = 16
ITERATIONS = 4


def word_vectors(
    texts: Sequence[NDArray[Any]], n_words: int, features: int, rng: np.random.Generator
) -> Floats:
    """`features` numbers for each id, (n_words, features), zeros for those that are no word.

    The best approximation, in so many dimensions, of the positive pointwise mutual information of
    words and their neighbours (Levy & Goldberg 2014), by random projections (Halko et al. 2011).
    The numbers of all words have a standard deviation of 1.
    """
    from sklearn.utils.extmath import randomized_svd  # a requirement of the makers alone

    left, singular_values, _ = randomized_svd(
        _information(_neighbours(texts, n_words)),
        features,
        n_oversamples=OVERSAMPLES,
        n_iter=ITERATIONS,
        random_state=int(rng.integers(2**31)),
    )
    vectors = left * np.sqrt(singular_values)
    scaled: Floats = (vectors / vectors[len(SPECIAL) :].std()).astype(np.float32)
    return scaled


def _neighbours(texts: Sequence[NDArray[Any]], n_words: int) -> Floats:
    """How often each word stands near each context, (n_words, contexts), near ones for more."""
    n_contexts = min(N_CONTEXTS, n_words)
    gap = np.zeros(WINDOW, np.int64)
    stream = np.concatenate([part for text in texts for part in (text, gap)]).astype(np.int64)
    stream[(stream < len(SPECIAL)) | (stream >= n_words)] = 0
    counts = np.zeros(n_words * n_contexts, np.float32)
    for distance in range(1, WINDOW + 1):
        for words, contexts in (
            (stream[:-distance], stream[distance:]),
            (stream[distance:], stream[:-distance]),
        ):
            both = (words > 0) & (contexts > 0) & (contexts < n_contexts)
            np.add.at(counts, words[both] * n_contexts + contexts[both], np.float32(1 / distance))
    return counts.reshape(n_words, n_contexts)


def _information(counts: Floats) -> Floats:
    """ln of how much more often two stand together than by chance; 0 where less often."""
    of_words = counts.sum(axis=1, keepdims=True)
    of_contexts = counts.sum(axis=0) ** SMOOTHING
    expected = of_words * (of_contexts / of_contexts.sum())
    ratio = np.divide(counts, expected, out=np.ones_like(counts), where=counts > 0)
    information: Floats = np.log(ratio, out=ratio)
    return np.maximum(information, 0, out=information)
