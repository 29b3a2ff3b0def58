"""How phrases get their weights: logistic regression on whole texts and on pieces of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.sentiment.model import Keys, Phrases, indices_of, phrases_of

LEAST = 4
"""A phrase counts from so many texts on."""

SHORTEST, LONGEST = 6, 60
"""Words of a piece."""
PIECES_A_TEXT = 3
WEIGHT_OF_A_PIECE = 0.3
"""Part of a text often says little of its verdict."""

LEAST_SHORT = 3
"""The same of short texts with labels of their own."""
WEIGHT_OF_SHORT = 1.0

PENALTY = 0.15
ITERATIONS = 1_000

Texts = Sequence[NDArray[Any]]
Labels = NDArray[np.integer[Any]]
Short = tuple[Texts, Sequence[float] | NDArray[np.float32]]


def learn_phrases(
    texts: Texts, labels: Labels, n_words: int, rng: np.random.Generator, short: Short = ((), ())
) -> Phrases:
    """The phrases that are frequent in these texts, with their weights.

    A phrase that is as frequent in positive reviews as in negative ones is held near 0, more than
    others: the penalty goes by the ratio of both (after Wang & Manning 2012). `short` are further
    texts and how likely each is positive, which say of a phrase whatever their ratio is there.
    """
    from sklearn.linear_model import LogisticRegression  # a requirement of the makers alone

    short_texts, targets = short[0], np.asarray(short[1])
    keys = np.union1d(frequent(texts, n_words, LEAST), frequent(short_texts, n_words, LEAST_SHORT))
    pieces, origins = _pieces(texts, rng)
    matrix = phrase_matrix([*texts, *pieces, *short_texts], keys, n_words)
    n_long = len(texts) + len(pieces)
    ratios = _log_ratios(matrix[: len(texts)], labels)
    scale = np.sqrt(np.maximum(ratios, _log_ratios_short(matrix[n_long:], targets)))
    matrix.data *= scale[matrix.indices]
    # A text that is positive with probability p is one that is, weighing p, and one that is not.
    twice = np.r_[: matrix.shape[0], n_long : matrix.shape[0]]
    certain = [labels, labels[origins], np.ones(len(targets)), np.zeros(len(targets))]
    weights = [
        np.ones(len(texts)),
        np.full(len(pieces), WEIGHT_OF_A_PIECE),
        WEIGHT_OF_SHORT * targets,
        WEIGHT_OF_SHORT * (1 - targets),
    ]
    regression = LogisticRegression(C=1 / PENALTY, max_iter=ITERATIONS)
    regression.fit(matrix[twice], np.concatenate(certain), np.concatenate(weights))
    return Phrases(n_words, keys, (regression.coef_[0] * scale).astype(np.float32))


def frequent(texts: Texts, n_words: int, least: int) -> Keys:
    """The phrases that stand in at least `least` of these texts, in rising order."""
    if not len(texts):
        return np.zeros(0, np.int64)
    keys, n_texts = np.unique(
        np.concatenate([phrases_of(text, n_words) for text in texts]), return_counts=True
    )
    frequent: Keys = keys[n_texts >= least]
    return frequent


def phrase_matrix(texts: Texts, keys: Keys, n_words: int) -> Any:
    """A sparse matrix (texts, phrases): 1 / sqrt(phrases of the text) for those that it has."""
    from scipy.sparse import csr_matrix  # comes with scikit-learn

    rows = [indices_of(keys, phrases_of(text, n_words)) for text in texts]
    sizes = np.array([len(row) for row in rows])
    starts = np.concatenate([[0], np.cumsum(sizes)])
    values = np.repeat(1 / np.sqrt(sizes.clip(min=1)), sizes)
    shape = len(texts), len(keys)
    return csr_matrix((values, np.concatenate(rows).astype(np.int32), starts), shape)


def _pieces(texts: Texts, rng: np.random.Generator) -> tuple[list[NDArray[Any]], NDArray[np.intp]]:
    """Random pieces of random texts, and the index of the text that each is of."""
    origins = rng.integers(len(texts), size=PIECES_A_TEXT * len(texts))
    span = np.log(LONGEST / SHORTEST)
    lengths = (SHORTEST * np.exp(span * rng.random(len(origins)))).astype(int)
    starts = rng.random(len(origins))
    pieces = []
    for origin, length, start in zip(origins, lengths, starts, strict=True):
        first = int(start * max(1, len(texts[origin]) - length + 1))
        pieces.append(texts[origin][first : first + length])
    return pieces, origins


def _log_ratios(matrix: Any, labels: Labels) -> Floats:
    """For each phrase |ln| of its share among those in positive texts by that in negative ones."""
    n_phrases = matrix.shape[1]
    positive, negative = (
        1 + np.bincount(matrix[labels == label].indices, minlength=n_phrases) for label in (1, 0)
    )
    ratios = positive / positive.sum() * (negative.sum() / negative)
    log_ratios: Floats = np.abs(np.log(ratios))
    return log_ratios


def _log_ratios_short(matrix: Any, targets: NDArray[Any]) -> Floats:
    """The same of texts that are positive with some probability, and 0 where there are none."""
    if not matrix.shape[0]:
        return np.zeros(matrix.shape[1])
    has = matrix.astype(bool).astype(np.float64)
    log_ratios: Floats = np.abs(np.log((1 + has.T @ targets) / (1 + has.T @ (1 - targets))))
    return log_ratios
