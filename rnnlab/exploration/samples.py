"""Samples of numbers: as tensors, in their batches, in their series; and the sine's recurrence."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.rules.series import SeriesRule
from rnnlab.rules.sine import N_TEST, N_TRAIN, SineRule
from rnnlab.settings import Settings

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class SampleContext:
    """A sample and the values around it, which begin at index `start` of the series.

    The sample is `window` values from index `first` on, and its target follows them.
    """

    start: int
    values: Floats
    first: int
    window: int


@dataclass(frozen=True, eq=False)
class SeriesSplit:
    """A whole series, thinned out to be drawn: its `values` at these `indices`.

    The first `n_train` values are for training, the other `n_test` for the test.
    """

    indices: NDArray[np.int64]
    values: Floats
    n_train: int
    n_test: int


def batch_order(settings: Settings, epoch: int = 0) -> NDArray[np.int64]:
    """The numbers of the samples (from 0) that each update of an epoch reads: (updates, rows).

    They are drawn anew in each epoch, by the run's seed; what fills no batch is not among them.
    """
    n_samples = settings.sample_rule.n_samples(settings.window)
    n_batches = n_samples // settings.rows
    order = settings.data_generator(epoch).permutation(n_samples)
    return order[: n_batches * settings.rows].reshape(n_batches, settings.rows)


def other_sine(settings: Settings) -> Settings | None:
    """The sine as printed if this one is as meant, and the other way round.

    None for other rules, or where that would make too large a run.
    """
    rule = settings.data
    if not isinstance(rule, SineRule):
        return None
    try:
        return replace(settings, parameters=(("as_printed", not rule.as_printed),))
    except SettingError:
        return None


def sample_context(settings: Settings, sample: int, margin: int) -> SampleContext:
    """The training values of a sample (from 0), its target, and `margin` on either side of them."""
    train = _series_rule(settings).train_test_values()[0]
    last = len(train) - settings.window - 1
    if not 0 <= sample <= last:
        raise SettingError(f"A sample must lie between 0 and {last}, but it is {sample}.")
    start = max(sample - margin, 0)
    end = min(sample + settings.window + 1 + margin, len(train))
    return SampleContext(start, train[start:end], sample, settings.window)


def series_split(settings: Settings, limit: int) -> SeriesSplit:
    """Training and test values one after the other, thinned out evenly to at most `limit`."""
    train, test = _series_rule(settings).train_test_values()
    values = np.concatenate([train, test])
    indices = np.arange(0, len(values), -(-len(values) // limit))
    return SeriesSplit(indices, values[indices], len(train), len(test))


def _series_rule(settings: Settings) -> SeriesRule:
    """The rule on a series of numbers; a `SettingError` if theirs is another."""
    rule = settings.data
    if not isinstance(rule, SeriesRule):
        raise SettingError(f"The rule '{rule.name}' is not about a series of numbers.")
    return rule


@dataclass(frozen=True)
class Recurrence:
    """x[t+1] = a x[t] + b x[t-1], fitted to the values for training by least squares.

    Of a sine it is known in advance: `angle` is that of one step, in radians, and `test_angle` that
    of one step of the test, which the lab takes a little longer; of other series both are nan.
    """

    a: float
    b: float
    angle: float = math.nan
    test_angle: float = math.nan

    @property
    def is_sine(self) -> bool:
        """Whether the series is a sine by its definition."""
        return not math.isnan(self.angle)

    @property
    def exact_a(self) -> float:
        """The a that a sine's angle asks for, 2 cos(angle)."""
        return 2 * math.cos(self.angle)

    @property
    def last_value_error(self) -> float:
        """What "same as last value" costs, about: half the square of the step of the test.

        sin(t + w) - sin(t) = 2 sin(w / 2) cos(t + w / 2), nearly w cos(t), and the mean of the
        squared cosine is one half.
        """
        return self.test_angle**2 / 2


def recurrence(settings: Settings) -> Recurrence | None:
    """That of the series of these settings, or None if their rule is about no series."""
    rule = settings.data
    if not isinstance(rule, SeriesRule):
        return None
    a, b = rule.recurrence()
    if not isinstance(rule, SineRule):
        return Recurrence(a, b)
    return Recurrence(a, b, angle=100 / (N_TRAIN - 1), test_angle=10 / (N_TEST - 1))


def batches_sentence(settings: Settings) -> str:
    """How samples become batches."""
    n_samples = settings.sample_rule.n_samples(settings.window)
    updates, rows = divmod(n_samples, settings.rows)
    left = (
        f" The {rows} left over fill no batch; chance decides in every epoch which ones they are."
        if rows
        else ""
    )
    batches = "one batch" if updates == 1 else f"{updates:,} batches"
    return (
        f"Your {n_samples:,} samples are shuffled and dealt into {batches} of {settings.rows}, "
        f"one update each.{left}"
    )
