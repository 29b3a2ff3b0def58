"""How good verdicts are where the labels are known: accuracy, confusions, mistakes, calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnlab.sentiment.verdicts import KINDS, Verdict
from rnnlab.theory import wilson

Floats = NDArray[np.float64]

MOST_MISTAKES = 10

UNDECIDED = 0.15
"""Where at least 35 and at most 65 in 100 mistakes are of one kind, it leans to neither side."""

N_BINS = 10
N_DRAWS = 1_000
"""How often labels are drawn by chance to see how large the calibration error may be."""


@dataclass(frozen=True)
class ConfusionMatrix:
    """Counts of texts with a label: `counts[label][predicted]`, both 0 (negative) or 1 (positive).

    Everything but `n` and `correct` needs at least one text with a label.
    """

    counts: tuple[tuple[int, int], tuple[int, int]]

    @classmethod
    def of(cls, verdicts: Sequence[Verdict]) -> Self:
        """The counts of those that have a label."""
        n = Counter((verdict.label, verdict.predicted) for verdict in verdicts)
        return cls(((n[0, 0], n[0, 1]), (n[1, 0], n[1, 1])))

    @property
    def n(self) -> int:
        """How many texts have a label."""
        return sum(map(sum, self.counts))

    @property
    def correct(self) -> int:
        """How many verdicts are the label."""
        return self.counts[0][0] + self.counts[1][1]

    @property
    def accuracy(self) -> float:
        """The share of correct verdicts."""
        return self.correct / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Between what the accuracy on very many such texts should lie, 19 times in 20."""
        return wilson(self.correct, self.n)

    @property
    def majority_accuracy(self) -> float:
        """The accuracy of always saying what most labels say."""
        return max(map(sum, self.counts)) / self.n


def accuracy_sentence(confusion: ConfusionMatrix) -> str:
    """How many are right, what that says of other texts, and how it compares with no model."""
    low, high = confusion.interval
    share = f"{confusion.correct:,} of {confusion.n:,} right"
    between = f"between {low:.1%} and {high:.1%}, 19 times in 20"
    if low > confusion.majority_accuracy:
        comparison = "clearly better than"
    elif confusion.accuracy > confusion.majority_accuracy:
        comparison = "not surely better than"
    else:
        comparison = "no better than"
    return (
        f"{share}. On a great many texts like these, the accuracy would lie {between}. That is "
        f"{comparison} always saying what most labels say, which scores "
        f"{confusion.majority_accuracy:.1%}."
    )


def confusion_sentence(confusion: ConfusionMatrix) -> str:
    """Which kind of mistake is more frequent."""
    (_, too_kind), (too_harsh, _) = confusion.counts
    if not too_kind and not too_harsh:
        return "Look at the lower left and the upper right tile: it made no mistake."
    kinds = f"{too_kind:,} negative taken for positive, {too_harsh:,} positive for negative"
    return f"Look at the tiles of the mistakes: {kinds}. {_leaning(too_kind, too_harsh)}"


def _leaning(too_kind: int, too_harsh: int) -> str:
    """To which side the mistakes lean, as far as so many of them can show it."""
    low, high = wilson(too_kind, too_kind + too_harsh)
    if low > 0.5:
        return "It is too kind to these texts."
    if high < 0.5:
        return "It is too harsh on these texts."
    if low > 0.5 - UNDECIDED and high < 0.5 + UNDECIDED:
        return "It leans to neither side."
    mistakes = too_kind + too_harsh
    count = "A single mistake does" if mistakes == 1 else f"{mistakes:,} mistakes do"
    return f"{count} not show whether it leans to one side."


def mistakes(verdicts: Sequence[Verdict], limit: int = MOST_MISTAKES) -> list[Verdict]:
    """The wrong verdicts, those first that the model was surest of; equals in their order."""
    wrong = [verdict for verdict in verdicts if verdict.correct is False]
    return sorted(wrong, key=lambda verdict: -verdict.confidence)[:limit]


def confidence_in_words(verdict: Verdict) -> str:
    """The probability of the predicted label, as people say it: nothing is quite sure."""
    return "over 99%" if verdict.confidence >= 0.995 else f"{verdict.confidence:.0%}"


def mistakes_sentence(worst: Sequence[Verdict]) -> str:
    """What to look at in the list of mistakes."""
    if not worst:
        return "There is none."
    first = worst[0]
    return (
        f"The surest mistake comes first: {confidence_in_words(first)} "
        f"{KINDS[first.predicted]}, but the label says {KINDS[1 - first.predicted]}. Read it: "
        "who is wrong, the network or the label? The usual reasons are irony, a plot retold, "
        "and a word that means something else here."
    )


@dataclass(frozen=True)
class Bin:
    """The texts whose probability of being positive lies from `low` to below `high`.

    `mean_probability` is that of the `n` texts; `positive` of them are positive.
    """

    low: float
    high: float
    mean_probability: float
    n: int
    positive: int

    @property
    def share(self) -> float:
        """The share that is positive."""
        return self.positive / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Between what the true share should lie, 19 times in 20."""
        return wilson(self.positive, self.n)


@dataclass(frozen=True)
class Calibration:
    """The bins that hold a text, from low to high; the expected calibration error, and chance's.

    `error` is the mean over all texts of |share - mean probability| in their bin. A model whose
    every probability is true stays below `error_by_chance` 19 times in 20: with few texts that is
    not little.
    """

    bins: tuple[Bin, ...]
    error: float
    error_by_chance: float

    @property
    def n(self) -> int:
        """How many texts there are."""
        return sum(group.n for group in self.bins)

    @property
    def within_chance(self) -> bool:
        """Whether chance alone explains the error."""
        return self.error <= self.error_by_chance


def calibration(probabilities: ArrayLike, labels: ArrayLike) -> Calibration:
    """The calibration of n probabilities of being positive, n labels 0 or 1; n at least 1.

    Ten bins of equal width, from 0 to 1. M. P. Naeini, G. F. Cooper & M. Hauskrecht, "Obtaining
    well calibrated probabilities using Bayesian binning" (2015), there for one class of two.
    """
    probabilities = np.asarray(probabilities, dtype=np.float64)
    labels = np.asarray(labels, dtype=np.float64)
    numbers = np.minimum((probabilities * N_BINS).astype(np.intp), N_BINS - 1)
    bins = tuple(
        Bin(
            number / N_BINS,
            (number + 1) / N_BINS,
            float(probabilities[numbers == number].mean()),
            int(np.count_nonzero(numbers == number)),
            int(labels[numbers == number].sum()),
        )
        for number in np.unique(numbers).tolist()
    )
    error = float(_errors(probabilities, labels[None], numbers)[0])
    return Calibration(bins, error, _error_by_chance(probabilities, numbers))


def _errors(probabilities: Floats, labels: Floats, numbers: NDArray[np.intp]) -> Floats:
    """The calibration error for each row of labels, shape (rows, n); shape (rows,)."""
    belongs = np.equal.outer(numbers, np.arange(N_BINS)).astype(np.float64)  # (n, bins)
    gaps: Floats = np.abs((labels - probabilities) @ belongs).sum(axis=1) / len(probabilities)
    return gaps


def _error_by_chance(probabilities: Floats, numbers: NDArray[np.intp]) -> float:
    draws = np.random.default_rng(0).random((N_DRAWS, len(probabilities))) < probabilities
    errors = _errors(probabilities, draws.astype(np.float64), numbers)
    return float(np.quantile(errors, 0.95))


def calibration_sentence(calibration: Calibration) -> str:
    """The error in words, held against chance, and the bin that is furthest from its share."""
    points = f"{100 * calibration.error:.1f} percentage points"
    sentence = (
        f"Look how far the points lie from the diagonal: {points} on average (expected calibration "
        f"error {calibration.error:.3f})."
    )
    luck = f"{100 * calibration.error_by_chance:.1f}"
    if calibration.within_chance:
        return (
            f"{sentence} With {calibration.n:,} texts, luck alone makes up to {luck} even if every "
            "probability is true, so nothing speaks against them."
        )
    worst = max(
        calibration.bins, key=lambda group: group.n * abs(group.share - group.mean_probability)
    )
    return (
        f"{sentence} Luck alone makes {luck} at most, 19 times in 20. What costs most: of "
        f"{worst.n:,} texts that it called positive with about {worst.mean_probability:.0%}, "
        f"{worst.share:.0%} are."
    )
