"""What a network receives where it learns numbers: samples as tensors, their order, their place."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.rules import Samples
from rnnlab.rules.series import SeriesRule
from rnnlab.rules.sine import SineRule
from rnnlab.settings import Settings

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Stretch:
    """A piece of a series around a sample: the values from place `start` on.

    The sample is `window` values from place `first` on, and its target follows them.
    """

    start: int
    values: Floats
    first: int
    window: int


@dataclass(frozen=True, eq=False)
class Split:
    """A whole series, thinned out to be drawn: `places`, `values`; from `n_train` on it is test."""

    places: NDArray[np.int64]
    values: Floats
    n_train: int
    n_test: int


def samples_of(settings: Settings) -> Samples:
    """All samples, as a run with these settings learns from them."""
    return settings.sample_rule.samples(settings.window)


def order_of(settings: Settings, epoch: int = 0) -> NDArray[np.int64]:
    """The numbers of the samples (from 0) that each update of an epoch reads: (updates, rows).

    They are drawn anew in each epoch, by the run's seed; what fills no batch is not among them.
    """
    n_samples = settings.sample_rule.n_samples(settings.window)
    n_batches = n_samples // settings.rows
    order = settings.data_generator(epoch).permutation(n_samples)
    return order[: n_batches * settings.rows].reshape(n_batches, settings.rows)


def other_reading(settings: Settings) -> Settings | None:
    """The same data as printed if these are as meant, and the other way round.

    None where there is no such knob, or where the other reading makes too large a run.
    """
    rule = settings.data
    if not isinstance(rule, SineRule):
        return None
    try:
        return replace(settings, parameters=(("as_printed", not rule.as_printed),))
    except SettingError:
        return None


def around(settings: Settings, sample: int, more: int) -> Stretch:
    """The training values of a sample (from 0), its target, and `more` on either side of them."""
    train = series_rule_of(settings).train_test_values()[0]
    last = len(train) - settings.window - 1
    if not 0 <= sample <= last:
        raise SettingError(f"A sample must lie between 0 and {last}, but it is {sample}.")
    start = max(sample - more, 0)
    end = min(sample + settings.window + 1 + more, len(train))
    return Stretch(start, train[start:end], sample, settings.window)


def split_of(settings: Settings, most: int) -> Split:
    """Training and test values after each other, every so manieth, `most` at most."""
    train, test = series_rule_of(settings).train_test_values()
    values = np.concatenate([train, test])
    places = np.arange(0, len(values), -(-len(values) // most))
    return Split(places, values[places], len(train), len(test))


def series_rule_of(settings: Settings) -> SeriesRule:
    """The rule on a series of numbers; a `SettingError` if theirs is another."""
    rule = settings.data
    if not isinstance(rule, SeriesRule):
        raise SettingError(f"The rule '{rule.name}' is not about a series of numbers.")
    return rule


def batches_sentence(settings: Settings) -> str:
    """How samples become batches."""
    n_samples = settings.sample_rule.n_samples(settings.window)
    updates, rows = divmod(n_samples, settings.rows)
    left = (
        f" The {rows} left over fill no batch; which ones, chance decides anew in every epoch."
        if rows
        else ""
    )
    batches = "one batch" if updates == 1 else f"{updates:,} batches"
    return (
        f"Your {n_samples:,} samples are shuffled and dealt into {batches} of {settings.rows}, "
        f"one update each.{left}"
    )
