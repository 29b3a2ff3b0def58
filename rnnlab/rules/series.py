"""A series rule: from a window of a series of numbers, its next value is to be predicted."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.rules.base import Numbers, SampleRule, Samples

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SeriesRule(SampleRule):
    """A rule that states its values; the windows, and what simple predictors reach, follow.

    Sample i is the values i, ..., i + window - 1, and its target the value i + window: all windows
    that have a next value, each one step after the one before.
    """

    contiguous: ClassVar[bool] = False
    """Whether the test values go on where those for training end. Then the first windows of the
    test begin in these, and every value of the test is a target."""

    @abstractmethod
    def train_test_values(self) -> tuple[Numbers, Numbers]:
        """The values for training and those for the test, each of shape (values,)."""

    @abstractmethod
    def n_values(self) -> int:
        """How many values there are for training, without making them."""

    @abstractmethod
    def values_code(self) -> str:
        """Lines of NumPy that make what `train_test_values` gives, as `train` and `test`."""

    def shape(self, window: int) -> tuple[int, int]:
        """A value a step."""
        return window, 1

    def samples(self, window: int) -> Samples:
        """All windows, and the value that follows each; a `SettingError` if there is none."""
        self._check_window(window)
        train, test = self.train_test_values()
        if self.contiguous:
            test = np.concatenate([train[-window:], test])
        shape = self.shape(window)
        x, y = _windows(train, window)
        x_test, y_test = _windows(test, window)
        return Samples(x.reshape(-1, *shape), y, x_test.reshape(-1, *shape), y_test)

    def n_samples(self, window: int) -> int:
        """As many as there are values, but for the first `window`."""
        self._check_window(window)
        return self.n_values() - window

    def recurrence(self) -> tuple[float, float]:
        """a and b of x[t+1] = a x[t] + b x[t-1], by least squares on the values for training.

        Every sine obeys such a recurrence exactly: sin(t+w) + sin(t-w) = 2 cos(w) sin(t), so that
        a = 2 cos(w) and b = -1 where w is the angle of one step.
        """
        train = self.train_test_values()[0].astype(np.float64)
        a, b = np.linalg.lstsq(np.stack([train[1:-1], train[:-2]], axis=1), train[2:])[0]
        return float(a), float(b)

    def baselines(self, window: int) -> dict[str, float]:
        """The mean of the values for training, the last value seen, and the recurrence.

        The recurrence needs two values, so windows of one step have none.
        """
        samples = self.samples(window)
        inputs = samples.test_inputs.reshape(len(samples.test_targets), window).astype(np.float64)
        predictions: dict[str, Floats] = {
            "always the mean": np.full(len(inputs), self.train_test_values()[0].mean(dtype=float)),
            "same as last value": inputs[:, -1],
        }
        if window > 1:
            a, b = self.recurrence()
            predictions["two-term recurrence"] = a * inputs[:, -1] + b * inputs[:, -2]
        errors = {
            label: float(np.mean((predicted - samples.test_targets) ** 2))
            for label, predicted in predictions.items()
        }
        return dict(sorted(errors.items(), key=lambda item: -item[1]))

    def numpy_code(self) -> str:
        """The values, and all their windows."""
        one_step = self.shape(2) == (1, 2)  # what it is of 2 values, it is of all
        cut = "np.newaxis, :-1" if one_step else ":-1, np.newaxis"
        run_up = "\ntest = np.concatenate([train[-window:], test])" if self.contiguous else ""
        return f"""{self.values_code()}{run_up}
windows = np.lib.stride_tricks.sliding_window_view(train, window + 1)
x, y = windows[:, {cut}], windows[:, -1]
windows = np.lib.stride_tricks.sliding_window_view(test, window + 1)
x_test, y_test = windows[:, {cut}], windows[:, -1]"""

    def _check_window(self, window: int) -> None:
        largest = self.n_values() - 1
        if not 1 <= window <= largest:
            raise SettingError(
                f"A window must lie between 1 and {largest} values, all but one of those there "
                f"are for training, but it is {window}."
            )


def _windows(values: Numbers, window: int) -> tuple[Numbers, Numbers]:
    """Every window, shape (samples, window), and the value after each, (samples,)."""
    cut = sliding_window_view(values, window + 1)
    return cut[:, :-1].copy(), cut[:, -1].copy()
