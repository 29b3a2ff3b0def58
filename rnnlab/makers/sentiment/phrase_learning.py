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

PENALTY = 0.15
ITERATIONS = 1_000

Texts = Sequence[NDArray[Any]]
Labels = NDArray[np.integer[Any]]


def learn_phrases(texts: Texts, labels: Labels, n_words: int, rng: np.random.Generator) -> Phrases:
    """The phrases that are frequent in these texts, with their weights.

    A phrase that is as frequent in positive reviews as in negative ones is held near 0, more than
    others: the penalty goes by the ratio of both (after Wang & Manning 2012).
    """
    from sklearn.linear_model import LogisticRegression  # a requirement of the makers alone

    keys = frequent(texts, n_words, LEAST)
    pieces, origins = _pieces(texts, rng)
    matrix = phrase_matrix([*texts, *pieces], keys, n_words)
    scale = np.sqrt(_log_ratios(matrix[: len(texts)], labels))
    sample_weights = np.ones(matrix.shape[0])
    sample_weights[len(texts) :] = WEIGHT_OF_A_PIECE
    regression = LogisticRegression(C=1 / PENALTY, max_iter=ITERATIONS)
    matrix.data *= scale[matrix.indices]
    regression.fit(matrix, np.concatenate([labels, labels[origins]]), sample_weights)
    return Phrases(n_words, keys, (regression.coef_[0] * scale).astype(np.float32))


def frequent(texts: Texts, n_words: int, least: int) -> Keys:
    """The phrases that stand in at least `least` of these texts, in rising order."""
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
