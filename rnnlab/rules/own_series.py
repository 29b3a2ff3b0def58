"""Your own series: numbers that a user brings along, and the rule that is about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnlab.errors import SettingError
from rnnlab.rules.base import Numbers
from rnnlab.rules.series import SeriesRule

FEWEST_VALUES = 50
MOST_VALUES = 20_000
LARGEST = float(np.finfo(np.float32).max)
TEST_PART = 10
"""The last one in so many values is for the test."""

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
        """A file with one value a line: the `series.txt` that the rule's recipe reads."""
        return "".join(f"{value!s}\n" for value in self.array)  # without !s: all digits of a double


@dataclass(frozen=True)
class OwnSeriesRule(SeriesRule):
    """The user's series; its last tenth, but at least five values, is the test.

    It is standardised: the values for training have mean 0 and standard deviation 1. `centre` and
    `scale` lead back. The windows before the first test values reach into the training part, so
    all test values are targets, and no target of the test has been trained on.

    The rule in the registry holds no series; whatever needs one is a `SettingError` there.
    """

    name = "series"
    title = "Your own series"
    sentence = "A piece of your own series comes in; say the value that follows."
    article = "F. The sine wave"
    order = 60
    main_knobs = ("window", "cell", "epochs")
    contiguous = True

    own: OwnSeries | None = None

    @property
    def series(self) -> OwnSeries:
        """The series that the rule holds; a `SettingError` if it holds none."""
        if self.own is None:
            raise SettingError("Upload a CSV file with one numeric column first.")
        return self.own

    @property
    def centre(self) -> float:
        """The mean of the values for training."""
        return float(self._train.mean())

    @property
    def scale(self) -> float:
        """The standard deviation of the values for training."""
        return float(self._train.std())

    def train_test_values(self) -> tuple[Numbers, Numbers]:
        """The standardised values: the first nine tenths, and the rest."""
        values = self.series.array.astype(np.float64)
        standard = ((values - self.centre) / self.scale).astype(np.float32)
        return standard[: self.series.n_train], standard[self.series.n_train :]

    def n_values(self) -> int:
        """Nine tenths of all."""
        return self.series.n_train

    def values_code(self) -> str:
        """The user's values from a file with one a line, `OwnSeries.text`, standardised."""
        return f"""series = np.loadtxt("series.txt", dtype=np.float32).astype(np.float64)
n_train = len(series) - len(series) // {TEST_PART}
centre, scale = series[:n_train].mean(), series[:n_train].std()
series = ((series - centre) / scale).astype(np.float32)
train, test = series[:n_train], series[n_train:]"""

    @property
    def _train(self) -> NDArray[np.float64]:
        return self.series.array[: self.series.n_train].astype(np.float64)


RULE = OwnSeriesRule()
