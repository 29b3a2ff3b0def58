"""How often a 1 follows each pattern of past inputs: counted in data, beside the exact chance."""

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
from rnnlab.theory import flipped, wilson

MOST_LAGS = 4
FURTHEST = 12
"""Of the lags that a rule does not look at, those up to here can be looked at all the same."""


@dataclass(frozen=True)
class Row:
    """One pattern of past inputs: `ones` of `n` targets after it are 1.

    `pattern` has a bit for each lag looked at. `exact` is P(target = 1 | pattern), and `often` how
    often the pattern comes; if it never does, `exact` is nan.
    """

    pattern: tuple[int, ...]
    n: int
    ones: int
    exact: float
    often: float

    @property
    def share(self) -> float:
        """The counted chance of a 1; nan if there is nothing to count."""
        return self.ones / self.n if self.n else math.nan

    @property
    def bar(self) -> tuple[float, float]:
        """Between what the true chance should lie, 19 times in 20: Wilson's interval."""
        return wilson(self.ones, self.n)

    @property
    def agrees(self) -> bool:
        """Whether the exact chance lies within the bar."""
        low, high = self.bar
        return low - ROUNDING <= self.exact <= high + ROUNDING


@dataclass(frozen=True)
class Counted:
    """A row for every pattern at the `lags`, counted up as binary numbers: 00, 01, 10, 11.

    The furthest lag comes first, so that a pattern reads as it came.
    """

    lags: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def n(self) -> int:
        """How many steps are counted."""
        return sum(row.n for row in self.rows)

    @property
    def found(self) -> tuple[Row, ...]:
        """The rows that something could be counted for."""
        return tuple(row for row in self.rows if row.n)


def lags_to_look_at(rule: BitRule) -> tuple[int, ...]:
    """The lags that a person may look at, in rising order."""
    return tuple(sorted({*range(FURTHEST + 1), *rule.lags}))


def count(rule: BitRule, series: Sequence, lags: Many[int], n_bits: int) -> Counted:
    """The first `n_bits` of a series, counted by the patterns at up to four `lags`.

    The first few targets, with causes before the first input, are left out. The bars take the
    targets after a pattern for independent. They are, if all lags are looked at that matter;
    else targets share hidden causes, and bars may miss a little more often.
    """
    lags = tuple(sorted(set(lags), reverse=True))
    if len(lags) > MOST_LAGS or any(lag < 0 for lag in lags):
        raise SettingError(f"At most {MOST_LAGS} lags from 0 on can be looked at, not {lags}.")
    start = max((0, *lags, *rule.lags))
    n_bits = max(start, min(n_bits, len(series.inputs)))
    numbers = np.zeros(n_bits - start, dtype=np.intp)
    for lag in lags:
        numbers = 2 * numbers + series.inputs[start - lag : n_bits - lag]
    n = np.bincount(numbers, minlength=2 ** len(lags))
    ones = np.bincount(numbers[series.targets[start:n_bits] == 1], minlength=2 ** len(lags))
    chances, often = exact(rule, lags)
    rows = zip(
        product((0, 1), repeat=len(lags)),
        n.tolist(),
        ones.tolist(),
        chances.ravel().tolist(),
        often.ravel().tolist(),
        strict=True,
    )
    return Counted(lags, tuple(Row(*row) for row in rows))


def exact(rule: BitRule, lags: tuple[int, ...]) -> tuple[Probabilities, Probabilities]:
    """P(target = 1 | pattern) and P(pattern), each with an axis of two for each of the `lags`.

    `lags` fall. What lies at other lags is averaged out. A pattern that never comes has nan. A
    `SettingError` for a rule whose inputs are neither coin flips nor its own targets.
    """
    if isinstance(rule, LaggedRule):
        often = np.full((2,) * len(lags), 0.5 ** len(lags))
        return _of_coin_flips(rule, lags), often
    if rule.autoregressive:
        return _of_a_chain(rule, lags)
    raise SettingError(
        f"What follows each pattern cannot be told exactly for the rule '{rule.name}': its inputs "
        "are neither coin flips nor its own targets."
    )


def _of_coin_flips(rule: LaggedRule, lags: tuple[int, ...]) -> Probabilities:
    """Every input is a fair coin of its own: the table, averaged over the lags not looked at."""
    causes, distinct = rule.causes(), rule.lags
    table = flipped(causes.table, rule.noise)
    known = theory.probabilities(causes.lags, table, lags).reshape((2,) * len(distinct))
    shown = known[tuple(slice(None) if lag in lags else 0 for lag in distinct)].T
    wide = shown.reshape([2 if lag in distinct else 1 for lag in lags])
    return np.broadcast_to(wide, (2,) * len(lags))


def _of_a_chain(rule: BitRule, lags: tuple[int, ...]) -> tuple[Probabilities, Probabilities]:
    """The target is the next input: all stretches that reach back to the furthest lag."""
    order = max((0, *rule.lags)) + 1
    length = max((order, *(lag + 1 for lag in lags)))
    often = _stretches(replace(rule, noise=0.0), length, order)
    ones = often * _next(rule, order)
    hidden = tuple(axis for axis in range(length) if length - 1 - axis not in lags)
    often, ones = often.sum(axis=hidden), ones.sum(axis=hidden)
    with np.errstate(invalid="ignore"):
        return ones / often, often


def _stretches(rule: BitRule, length: int, order: int) -> Probabilities:
    """How often each stretch of `length` bits comes, the oldest bit first."""
    often = np.array([0.5, 0.5])
    for seen in range(1, length):
        one = _next(rule, min(seen, order))
        often = np.stack([often * (1 - one), often * one], axis=-1)
    return often


def _next(rule: BitRule, seen: int) -> Probabilities:
    """P(next bit = 1 | the last `seen` bits), the oldest first; shape (2,) * seen."""
    pasts = product((0, 1), repeat=seen)
    chances = [rule.target_probabilities(np.array(past, np.uint8))[-1] for past in pasts]
    return np.array(chances).reshape((2,) * seen)
