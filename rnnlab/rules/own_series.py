"""A user's own series: what it must be, and an example of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnlab.errors import SettingError

FEWEST_VALUES = 50
MOST_VALUES = 20_000
LARGEST = float(np.finfo(np.float32).max)
TEST_PART = 10
"""One in so many values, the last ones, is for the test."""

STEADY = 1e-6
"""The training part must change by more than this share of what the whole series does."""

COARSE = 0.01
"""The share of a series' changes that rounding to single precision may take at most."""


@dataclass(frozen=True)
class OwnSeries:
    """A user's series: small, hashable, and sure to be one that a network can be trained on.

    `values` are float32, little endian. There are FEWEST_VALUES to MOST_VALUES of them, all
    finite, and their first nine tenths change. Anything else is a `SettingError`.
    """

    name: str
    values: bytes

    def __post_init__(self) -> None:
        n_values = len(self.values) // 4
        if not FEWEST_VALUES <= n_values <= MOST_VALUES:
            raise SettingError(
                f"'{self.name}' must have {FEWEST_VALUES} to {MOST_VALUES:,} values, "
                f"but it has {n_values:,}."
            )
        array = self.array.astype(np.float64)
        if not np.isfinite(array).all():
            raise SettingError(
                f"The values of '{self.name}' must be numbers between -{LARGEST:g} and {LARGEST:g}."
            )
        if np.ptp(array) == 0:
            raise SettingError(
                f"All values of '{self.name}' are {array[0]:g}: there is nothing to learn."
            )
        train = array[: self.n_train]
        if train.std() <= STEADY * np.abs(array - train.mean()).max():
            raise SettingError(
                f"The first nine tenths of '{self.name}', which the network learns from, "
                "hardly change: there is nothing to learn."
            )

    @classmethod
    def of(cls, name: str, array: ArrayLike) -> Self:
        """The series with these values; a `SettingError` if rounding them would drown changes."""
        numbers = np.asarray(array, dtype=np.float64)
        with np.errstate(over="ignore"):
            rounded = numbers.astype("<f4")
        if np.isfinite(rounded).all():
            lost = np.abs(numbers - rounded).max(initial=0.0)
            if lost > COARSE * numbers.std() > 0:
                raise SettingError(
                    f"The values of '{name}' differ too little for their size: "
                    "take the same number away from all of them first."
                )
        return cls(name, rounded.tobytes())

    @property
    def array(self) -> NDArray[np.float32]:
        """The values, shape (values,); they cannot be changed."""
        return np.frombuffer(self.values, dtype="<f4")

    @property
    def n_train(self) -> int:
        """How many values are for training: all but the last tenth."""
        n_values = len(self.values) // 4
        return n_values - n_values // TEST_PART

    @property
    def text(self) -> str:
        """A file with one value a line: the `series.txt` that the rule's code reads."""
        return "".join(f"{value!s}\n" for value in self.array)  # without !s: all digits of a double


@cache
def example_csv() -> str:
    """A small file to try: 600 made-up weeks with a season of 52 weeks, a trend and noise."""
    weeks = np.arange(600)
    noise = np.random.default_rng(1).normal(0, 3, size=600)
    values = 100 + 0.05 * weeks + 20 * np.sin(2 * np.pi * weeks / 52) + noise
    days = [date(2014, 1, 6) + timedelta(weeks=int(week)) for week in weeks]
    lines = [f"{day},{value:.1f}\n" for day, value in zip(days, values, strict=True)]
    return "week,made-up value\n" + "".join(lines)
