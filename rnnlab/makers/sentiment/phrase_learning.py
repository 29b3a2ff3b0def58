"""How the worth of phrases is learnt: logistic regression on whole texts and on pieces of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.sentiment.model import Keys, Phrases, indices_of, phrases_of, sigmoid

LEAST = 4
"""A phrase counts from so many texts on."""

SHORTEST, LONGEST_PIECE = 6, 60
PIECES_A_TEXT = 3
WEIGHT_OF_A_PIECE = 0.3
"""What a piece says of its text is not worth what the text says."""

PENALTY = 0.15
STEPS, RATE = 150, 0.05

Labels = NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False)
class Table:
    """Which phrases stand in which texts: row after row, the columns of a sparse matrix.

    Each entry of a row is 1 / sqrt(entries of the row).
    """

    columns: NDArray[np.intp]
    starts: NDArray[np.intp]
    each: Floats

    @classmethod
    def of(cls, texts: Sequence[NDArray[Any]], keys: Keys, n_words: int) -> Self:
        """The table of these texts for these phrases."""
        rows = [indices_of(keys, phrases_of(text, n_words)) for text in texts]
        sizes = np.array([len(row) for row in rows])
        starts = np.concatenate([[0], np.cumsum(sizes)])
        return cls(np.concatenate(rows), starts, np.repeat(1 / np.sqrt(sizes.clip(min=1)), sizes))

    def times(self, values: Floats) -> Floats:
        """The sum of each row, its entries multiplied by the values of their columns."""
        sums = np.concatenate([[0.0], np.cumsum(values[self.columns] * self.each)])
        product: Floats = np.diff(sums[self.starts])
        return product

    def back(self, rows: Floats, n_columns: int) -> Floats:
        """The transposed product: the sum of each column, its entries multiplied by their rows."""
        spread = np.repeat(rows, np.diff(self.starts)) * self.each
        sums: Floats = np.bincount(self.columns, spread, n_columns).astype(float)
        return sums


def learn_phrases(
    texts: Sequence[NDArray[Any]], labels: Labels, n_words: int, rng: np.random.Generator
) -> Phrases:
    """The worth of the phrases that are frequent in these texts.

    A phrase that is as frequent in good reviews as in bad ones is held near 0, more than others:
    the penalty goes by the ratio of both (after Wang & Manning 2012).
    """
    keys = frequent(texts, n_words, LEAST)
    pieces, of = _pieces(texts, rng)
    table = Table.of([*texts, *pieces], keys, n_words)
    wanted = np.concatenate([labels, labels[of]]).astype(float)
    weights = np.ones(len(wanted))
    weights[len(texts) :] = WEIGHT_OF_A_PIECE
    tells = _telling(Table.of(texts, keys, n_words), labels, len(keys))
    worth = _regression(table, wanted, weights, np.sqrt(tells))
    return Phrases(n_words, keys, worth.astype(np.float32))


def frequent(texts: Sequence[NDArray[Any]], n_words: int, least: int) -> Keys:
    """The phrases that stand in at least `least` of these texts, in rising order."""
    keys, often = np.unique(
        np.concatenate([phrases_of(text, n_words) for text in texts]), return_counts=True
    )
    frequent: Keys = keys[often >= least]
    return frequent


def _pieces(
    texts: Sequence[NDArray[Any]], rng: np.random.Generator
) -> tuple[list[NDArray[Any]], NDArray[np.intp]]:
    """Random pieces of random texts, and which texts they are of."""
    of = rng.integers(len(texts), size=PIECES_A_TEXT * len(texts))
    span = np.log(LONGEST_PIECE / SHORTEST)
    lengths = (SHORTEST * np.exp(span * rng.random(len(of)))).astype(int)
    starts = rng.random(len(of))
    cut = []
    for text, length, start in zip(of, lengths, starts, strict=True):
        first = int(start * max(1, len(texts[text]) - length + 1))
        cut.append(texts[text][first : first + length])
    return cut, of


def _telling(table: Table, labels: Labels, n_columns: int) -> Floats:
    """For each phrase |ln| of its share among those in good texts by that among those in bad."""
    in_row = np.diff(table.starts)
    good = 1 + np.bincount(table.columns, np.repeat(labels == 1, in_row), n_columns)
    bad = 1 + np.bincount(table.columns, np.repeat(labels == 0, in_row), n_columns)
    telling: Floats = np.abs(np.log(good / good.sum() * (bad.sum() / bad)))
    return telling


def _regression(table: Table, wanted: Floats, weights: Floats, tells: Floats) -> Floats:
    """The values that explain the labels best, by Adam on all rows at once (Kingma & Ba 2015)."""
    found, bias = np.zeros(len(tells)), 0.0
    mean, square = np.zeros(len(tells)), np.zeros(len(tells))
    for step in range(1, STEPS + 1):
        slopes = weights * (sigmoid(table.times(found * tells) + bias) - wanted)
        gradient = table.back(slopes, len(tells)) * tells + PENALTY * found
        bias -= slopes.sum() / weights.sum()
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = RATE * (1 - (step - 1) / STEPS) * np.sqrt(1 - 0.99**step) / (1 - 0.9**step)
        found -= rate * mean / (np.sqrt(square) + 1e-7)
    return found * tells
