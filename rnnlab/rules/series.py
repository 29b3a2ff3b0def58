"""Rules on numbers: samples, and windows of a series whose next value is to be predicted."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.knobs import Value
from rnnlab.rules.base import Rule
from rnnlab.rules.own_series import TEST_PART, OwnSeries

Floats = NDArray[np.float64]
Numbers = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Samples:
    """Sequences of numbers, each with the one number that is to follow from it.

    `inputs` (samples, timesteps, features) and `targets` (samples,) are for training; the other
    two, of the same kind, are for the test.
    """

    inputs: Numbers
    targets: Numbers
    test_inputs: Numbers
    test_targets: Numbers


@dataclass(frozen=True)
class SampleRule(Rule):
    """A rule on numbers: a short sequence comes in, and one number is to be predicted at its end.

    The network reads batches of samples in an order that is shuffled anew in every epoch; its
    output after the last step counts, and its loss is the mean squared error.
    """

    fixed_settings: ClassVar[Mapping[str, Value]] = MappingProxyType(
        {"length": 2000, "fresh_data": False, "noise": 0.0, "carry_state": False}
    )
    holds_out: ClassVar[bool] = True
    """Whether the test is on samples that are not trained on."""
    consists_of: ClassVar[str] = "values"
    """What the data are, in a word."""
    derivation: ClassVar[str] = ""
    """Where the numbers of the baselines come from, as LaTeX, if a line says it."""

    @abstractmethod
    def samples(self, window: int) -> Samples:
        """All samples, for training and for the test: the same ones every time.

        A `SettingError` where the window is too short, or too long, for any.
        """

    @abstractmethod
    def n_samples(self, window: int) -> int:
        """How many samples for training there are, without making them."""

    @abstractmethod
    def baselines(self, window: int) -> dict[str, float]:
        """Mean squared errors of simpler ways to predict, by a short label.

        On the test or, where chance makes the data by a rule that is known, in the long run. From
        the worst to the best; the first is what knowing next to nothing costs.
        """

    @property
    def centre(self) -> float:
        """What 0 stands for in the data's own unit: a number there is number * scale + centre."""
        return 0.0

    @property
    def scale(self) -> float:
        """What 1 is worth in the data's own unit."""
        return 1.0

    def updates_per_epoch(self, rows: int, length: int, window: int) -> int:
        """Batches of `rows` samples; samples that fill no batch are left out."""
        return self.n_samples(window) // rows


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

    def simple_predictions(self, window: int) -> dict[str, Floats]:
        """What simpler ways predict of the test, by a short label; each (test samples,).

        The mean of the values for training, the last value seen, and the recurrence, which needs
        two values, so windows of one step have none.
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
        return predictions

    def baselines(self, window: int) -> dict[str, float]:
        """The errors of the `simple_predictions`."""
        targets = self.samples(window).test_targets
        errors = {
            label: float(np.mean((predicted - targets) ** 2))
            for label, predicted in self.simple_predictions(window).items()
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
    sentence = "A piece of your own series comes in. Say the value that follows."
    article = "sine"
    order = 60
    main_knobs = ("window", "cell", "epochs")
    contiguous = True

    own: OwnSeries | None = None

    @property
    def series(self) -> OwnSeries:
        """The series that the rule holds; a `SettingError` if it holds none."""
        if self.own is None:
            raise SettingError(
                "Upload a file of numbers first, and choose what the lab asks about it."
            )
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


def _windows(values: Numbers, window: int) -> tuple[Numbers, Numbers]:
    """Every window, shape (samples, window), and the value after each, (samples,)."""
    cut = sliding_window_view(values, window + 1)
    return cut[:, :-1].copy(), cut[:, -1].copy()


RULE = OwnSeriesRule()
