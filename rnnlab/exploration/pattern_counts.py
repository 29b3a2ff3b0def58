"""How often a 1 follows each pattern of past inputs: counted, beside the exact probability."""

from __future__ import annotations

import math
from collections.abc import Sequence as Many
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from rnnlab import theory
from rnnlab.errors import SettingError
from rnnlab.rules import BitRule, Sequence
from rnnlab.rules.base import ROUNDING, Probabilities
from rnnlab.rules.lagged import LaggedRule
from rnnlab.rules.machine import MachineRule
from rnnlab.theory import flipped, wilson

MOST_LAGS = 4
FURTHEST = 12
"""Of the lags that a rule does not look at, those up to here can be looked at all the same."""


@dataclass(frozen=True)
class PatternCount:
    """One pattern of past inputs: `ones` of `n` targets after it are 1.

    `pattern` has a bit for each lag looked at. `exact` is P(target = 1 | pattern), and `frequency`
    how often the pattern comes; if it never does, `exact` is nan.
    """

    pattern: tuple[int, ...]
    n: int
    ones: int
    exact: float
    frequency: float

    @property
    def share(self) -> float:
        """The share of ones among the targets counted; nan if there are none."""
        return self.ones / self.n if self.n else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval, which holds the true probability 19 times in 20."""
        return wilson(self.ones, self.n)

    @property
    def agrees(self) -> bool:
        """Whether the exact probability lies in the interval."""
        low, high = self.interval
        return low - ROUNDING <= self.exact <= high + ROUNDING


@dataclass(frozen=True)
class PatternCounts:
    """A row for every pattern at the `lags`, counted up as binary numbers: 00, 01, 10, 11.

    The furthest lag comes first, so that a pattern reads as it came.
    """

    lags: tuple[int, ...]
    rows: tuple[PatternCount, ...]

    @property
    def n(self) -> int:
        """How many steps are counted."""
        return sum(row.n for row in self.rows)

    @property
    def observed(self) -> tuple[PatternCount, ...]:
        """The rows of patterns that came at least once."""
        return tuple(row for row in self.rows if row.n)


def selectable_lags(rule: BitRule) -> tuple[int, ...]:
    """The lags that a person may choose, in rising order."""
    return tuple(sorted({*range(FURTHEST + 1), *rule.lags}))


def count_patterns(rule: BitRule, series: Sequence, lags: Many[int], n_bits: int) -> PatternCounts:
    """The first `n_bits` of a series, counted by the patterns at up to four `lags`.

    The first few targets, with causes before the first input, are left out. The intervals assume
    that the targets after a pattern are independent. They are, if all lags are looked at that
    matter; else targets share hidden causes, and intervals may miss a little more often.
    """
    lags = tuple(sorted(set(lags), reverse=True))
    if len(lags) > MOST_LAGS or any(lag < 0 for lag in lags):
        raise SettingError(f"At most {MOST_LAGS} lags from 0 on can be looked at, not {lags}.")
    start = max((0, *lags, *rule.lags))
    n_bits = max(start, min(n_bits, len(series.inputs)))
    indices = np.zeros(n_bits - start, dtype=np.intp)
    for lag in lags:
        indices = 2 * indices + series.inputs[start - lag : n_bits - lag]
    n = np.bincount(indices, minlength=2 ** len(lags))
    ones = np.bincount(indices[series.targets[start:n_bits] == 1], minlength=2 ** len(lags))
    exact, frequencies = exact_probabilities(rule, lags)
    rows = zip(
        product((0, 1), repeat=len(lags)),
        n.tolist(),
        ones.tolist(),
        exact.ravel().tolist(),
        frequencies.ravel().tolist(),
        strict=True,
    )
    return PatternCounts(lags, tuple(PatternCount(*row) for row in rows))


def exact_probabilities(
    rule: BitRule, lags: tuple[int, ...]
) -> tuple[Probabilities, Probabilities]:
    """P(target = 1 | pattern) and P(pattern), each with an axis of two for each of the `lags`.

    `lags` fall. What lies at other lags is averaged out. A pattern that never comes has nan. A
    `SettingError` for a rule whose inputs are neither coin flips nor its own targets.
    """
    if isinstance(rule, LaggedRule):
        return _of_coin_flips(rule, lags), np.full((2,) * len(lags), 0.5 ** len(lags))
    if isinstance(rule, MachineRule):
        exact, frequencies = rule.after_inputs(lags)
        return flipped(exact, rule.noise), frequencies
    if rule.autoregressive:
        return _of_a_chain(rule, lags)
    raise SettingError(
        f"What follows each pattern cannot be told exactly for the rule '{rule.name}': its inputs "
        "are neither coin flips nor its own targets."
    )


def _of_coin_flips(rule: LaggedRule, lags: tuple[int, ...]) -> Probabilities:
    """If inputs are independent fair coins: the table, averaged over the lags not looked at."""
    causes, distinct = rule.causes(), rule.lags
    table = flipped(causes.table, rule.noise)
    averaged = theory.probabilities(causes.lags, table, lags).reshape((2,) * len(distinct))
    at_lags = averaged[tuple(slice(None) if lag in lags else 0 for lag in distinct)].T
    wide = at_lags.reshape([2 if lag in distinct else 1 for lag in lags])
    return np.broadcast_to(wide, (2,) * len(lags))


def _of_a_chain(rule: BitRule, lags: tuple[int, ...]) -> tuple[Probabilities, Probabilities]:
    """If the target is the next input: all histories that reach back to the furthest lag."""
    order = max((0, *rule.lags)) + 1
    length = max((order, *(lag + 1 for lag in lags)))
    frequencies = _history_frequencies(replace(rule, noise=0.0), length, order)
    ones = frequencies * _next_probabilities(rule, order)
    hidden = tuple(axis for axis in range(length) if length - 1 - axis not in lags)
    frequencies, ones = frequencies.sum(axis=hidden), ones.sum(axis=hidden)
    with np.errstate(invalid="ignore"):
        return ones / frequencies, frequencies


def _history_frequencies(rule: BitRule, length: int, order: int) -> Probabilities:
    """How often each history of `length` bits comes, the oldest bit first."""
    frequencies = np.array([0.5, 0.5])
    for n_bits in range(1, length):
        ones = _next_probabilities(rule, min(n_bits, order))
        frequencies = np.stack([frequencies * (1 - ones), frequencies * ones], axis=-1)
    return frequencies


def _next_probabilities(rule: BitRule, n_bits: int) -> Probabilities:
    """P(next bit = 1 | the last `n_bits` bits), the oldest first; shape (2,) * n_bits."""
    pasts = product((0, 1), repeat=n_bits)
    probabilities = [rule.target_probabilities(np.array(past, np.uint8))[-1] for past in pasts]
    return np.array(probabilities).reshape((2,) * n_bits)
