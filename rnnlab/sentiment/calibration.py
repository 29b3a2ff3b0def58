"""Whether probabilities keep their word: of what is said with 80 %, 80 % should be so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnlab.theory import wilson

Floats = NDArray[np.float64]

N_BINS = 10
N_DRAWS = 1_000
"""How often chance is asked how large the error may be."""


@dataclass(frozen=True)
class Bin:
    """The texts whose probability of being positive lies from `low` to below `high`.

    `said` is the mean of their `n` probabilities; `positive` of them are positive.
    """

    low: float
    high: float
    said: float
    n: int
    positive: int

    @property
    def share(self) -> float:
        """The share that is positive."""
        return self.positive / self.n

    @property
    def bar(self) -> tuple[float, float]:
        """Between what the true share should lie, 19 times in 20."""
        return wilson(self.positive, self.n)


@dataclass(frozen=True)
class Calibration:
    """The bins that hold a text, from low to high; the expected calibration error, and luck's.

    `error` is the mean over all texts of |share - said| in their bin. `luck` is what a model keeps
    below 19 times in 20 whose every probability is true: with few texts that is not little.
    """

    bins: tuple[Bin, ...]
    error: float
    luck: float

    @property
    def n(self) -> int:
        """How many texts there are."""
        return sum(one.n for one in self.bins)

    @property
    def fine(self) -> bool:
        """Whether luck alone explains the error."""
        return self.error <= self.luck


def calibration(probabilities: ArrayLike, labels: ArrayLike) -> Calibration:
    """The calibration of n probabilities of being positive, n labels 0 or 1; n at least 1.

    Ten bins of equal width, from 0 to 1. M. P. Naeini, G. F. Cooper & M. Hauskrecht, "Obtaining
    well calibrated probabilities using Bayesian binning" (2015), there for one class of two.
    """
    said = np.asarray(probabilities, dtype=np.float64)
    true = np.asarray(labels, dtype=np.float64)
    numbers = np.minimum((said * N_BINS).astype(np.intp), N_BINS - 1)
    bins = tuple(
        Bin(
            number / N_BINS,
            (number + 1) / N_BINS,
            float(said[numbers == number].mean()),
            int(np.count_nonzero(numbers == number)),
            int(true[numbers == number].sum()),
        )
        for number in np.unique(numbers).tolist()
    )
    error = float(_errors(said, true[None], numbers)[0])
    return Calibration(bins, error, _luck(said, numbers))


def _errors(said: Floats, labels: Floats, numbers: NDArray[np.intp]) -> Floats:
    """The calibration error for each row of labels, shape (rows, n); shape (rows,)."""
    belongs = np.equal.outer(numbers, np.arange(N_BINS)).astype(np.float64)
    gaps: Floats = np.abs((labels - said) @ belongs).sum(axis=1) / len(said)
    return gaps


def _luck(said: Floats, numbers: NDArray[np.intp]) -> float:
    draws = np.random.default_rng(0).random((N_DRAWS, len(said))) < said
    return float(np.quantile(_errors(said, draws.astype(np.float64), numbers), 0.95))


def calibration_sentence(found: Calibration) -> str:
    """The error in words, held against luck, and the bin that is furthest from its word."""
    points = f"{100 * found.error:.1f} percentage points"
    said = (
        f"Look how far the points lie from the diagonal: {points} on average (expected calibration "
        f"error {found.error:.3f})."
    )
    luck = f"{100 * found.luck:.1f}"
    if found.fine:
        return (
            f"{said} With {found.n:,} texts, luck alone makes up to {luck} even if every "
            "probability is true, so nothing speaks against them."
        )
    worst = max(found.bins, key=lambda one: one.n * abs(one.share - one.said))
    return (
        f"{said} Luck alone makes {luck} at most, 19 times in 20. What costs most: of {worst.n:,} "
        f"texts that it called positive with about {worst.said:.0%}, {worst.share:.0%} are."
    )
