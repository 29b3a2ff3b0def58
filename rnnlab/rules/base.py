"""The shape of a rule: what every rule says about itself, and what it can do.

A `BitRule` is about bits and their probabilities, a `SampleRule` (in `series.py`) about numbers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from rnnlab import theory
from rnnlab.errors import SettingError
from rnnlab.knobs import Configuration, Knob, Value
from rnnlab.theory import BayesPredictor, flipped

Bits = NDArray[np.uint8]
Probabilities = NDArray[np.float64]
Element = TypeVar("Element", bound=np.generic)

ROUNDING = 1e-9
"""Nats: losses that differ by less are the same."""

NOISE = Knob(
    default=0.0,
    label="Noise",
    help="The chance that a target is turned around, from 0 to 1 or back, whatever the rule says. "
    "At 0.5 nothing is left of the rule.",
    topic="data",
    low=0.0,
    high=0.5,
    step=0.01,
)


@dataclass(frozen=True, eq=False)
class Sequence:
    """One series before it is cut into rows: `inputs` and `targets`, 0s and 1s, shape (n_bits,)."""

    inputs: Bits
    targets: Bits


@dataclass(frozen=True)
class Rule(Configuration, ABC):
    """Something to learn: a way to make inputs and targets, and what can be known about them.

    A rule is a frozen value: its own knobs are its fields, declared with `knob(...)` and checked
    when it is made; a wrong one is a `SettingError`. It is one file in this package that ends in
    `RULE = TheRule()`, and needs no other change. `order` is its place in the teaching order.
    `fixed_settings` are knobs of every run that have no meaning here, or only one: name and value.
    `main_knobs` names the few knobs, of the rule or of every run, that matter most to what can be
    seen here.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    sentence: ClassVar[str]
    article: ClassVar[str]  # the nearest of `ARTICLES`
    order: ClassVar[int]
    fixed_settings: ClassVar[Mapping[str, Value]] = MappingProxyType({})
    main_knobs: ClassVar[tuple[str, ...]] = ("window", "cell", "units")

    @property
    def description(self) -> str:
        """What the rule does, in a sentence or two."""
        return self.sentence

    @abstractmethod
    def shape(self, window: int) -> tuple[int, int]:
        """(timesteps, features) of what the network reads at once, if `window` is chosen."""

    @abstractmethod
    def updates_per_epoch(self, rows: int, length: int, window: int) -> int:
        """How many batches of `rows` rows there are in an epoch."""

    @abstractmethod
    def numpy_code(self) -> str:
        """The data as plain lines of NumPy, without the lab, for a script to take away.

        For bits: from the names `rng` and `n_bits` they make `x` and `y`, the very arrays that
        `generate` gives. For samples: from `window` they make `x`, `y`, `x_test`, `y_test`.
        """


@dataclass(frozen=True)
class BitRule(Rule):
    """A rule on bits: at every step a bit comes in, and the next target is to be predicted.

    The network reads windows of time out of parallel rows, gives the probability of a 1 at every
    step, and its loss is the cross-entropy in nats. Whoever adds a rule writes the methods whose
    names begin with `clean_`; each target is then flipped with probability `noise`, and everything
    that can be known of it stays exact. `autoregressive` says that every target is the next input,
    before noise; `has_partial_losses`, that there are losses worth showing between knowing nothing
    and knowing all.
    """

    noise: float = field(default=0.0, kw_only=True)

    autoregressive: ClassVar[bool] = False
    has_partial_losses: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "noise", NOISE.check(self.noise))

    @property
    @abstractmethod
    def lags(self) -> tuple[int, ...]:
        """The lags of the inputs that a target depends on, rising: 0 is the input just read."""

    @abstractmethod
    def clean_series(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """A series of `n_bits` inputs and targets; the same state of `rng` gives the same one."""

    @abstractmethod
    def clean_probabilities(self, inputs: Bits) -> Probabilities:
        """P(target[t] = 1 | inputs up to and including t) for a whole series, from its start."""

    @abstractmethod
    def clean_predictor(self, window: int | None) -> BayesPredictor:
        """The Bayes-optimal predictor: a row for each step of a window, or one for the whole past.

        In windows of `window` steps it sees only the inputs since the window began; with `None` it
        sees all of them. All losses follow, with noise or without.
        """

    @abstractmethod
    def clean_code(self) -> str:
        """Lines of NumPy that make `x` and `y`, see `numpy_code`."""

    def clean_predictor_at_start(self, window: int) -> BayesPredictor:
        """The Bayes-optimal predictor of the first `window` steps of a series: of any window's."""
        return self.clean_predictor(window)

    def clean_partial_predictors(self, window: int | None) -> dict[str, BayesPredictor]:
        """Predictors that make use of a part of the causes, by a label such as "lag 3 only"."""
        return {}

    @property
    def description(self) -> str:
        """What the rule does, and how often noise flips a target."""
        if self.noise == 0:
            return self._without_noise
        turned = f"Then each target is turned around with probability {self.noise:g}."
        return f"{self._without_noise} {turned}"

    @property
    def _without_noise(self) -> str:
        return self.sentence

    def generate(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """The series without noise, made first, and then the flips."""
        series = self.clean_series(rng, n_bits)
        if self.noise == 0:
            return series
        return Sequence(series.inputs, series.targets ^ (rng.random(n_bits) < self.noise))

    def target_probabilities(self, inputs: Bits) -> Probabilities:
        """P(target[t] = 1 | inputs up to and including t) for a whole series, from its start."""
        return flipped(self.clean_probabilities(inputs), self.noise)

    def bayes_predictor(self, window: int | None = None) -> BayesPredictor:
        """The Bayes-optimal predictor of each step of a window or, with `None`, of all the past."""
        return self.clean_predictor(window).flipped(self.noise)

    def partial_predictors(self, window: int | None = None) -> dict[str, BayesPredictor]:
        """The Bayes-optimal predictors that make use of a part of the causes, by label."""
        return {
            label: predictor.flipped(self.noise)
            for label, predictor in self.clean_partial_predictors(window).items()
        }

    def numpy_code(self) -> str:
        """The lines that make the series and, with noise, one for the flips."""
        if self.noise == 0:
            return self.clean_code()
        flips = f"y = y ^ (rng.random(n_bits) < {self.noise!r})  # noise: some targets are flipped"
        return f"{self.clean_code()}\n{flips}"

    def best_loss(self, window: int | None = None) -> float:
        """The least mean cross-entropy, in nats, that any predictor can reach in the long run.

        In windows of `window` steps a predictor sees only the inputs since the window began;
        with `None` it sees all of them.
        """
        if window is not None:
            theory.check_window(window)
        return self.bayes_predictor(window).loss

    def base_rate_loss(self) -> float:
        """The loss, in nats, of predicting how often a 1 comes, and nothing else."""
        return float(theory.binary_entropy(self.bayes_predictor().base_rate))

    def first_window_loss(self, rows: int, window: int) -> float:
        """The least mean loss in the first window of `rows` rows cut out of one series.

        Row 1 begins where the series begins. Each other row begins in its middle, with inputs
        before it that the network has never seen.
        """
        theory.check_window(window)
        first_row = self.clean_predictor_at_start(window).flipped(self.noise).loss
        return (first_row + (rows - 1) * self.best_loss(window)) / rows

    def partial_losses(self, window: int | None = None) -> dict[str, float]:
        """The losses (nats) of the `partial_predictors`, from the highest down.

        Those as high as the base rate's or as low as the best loss are left out. Predictors with
        the same loss share a label.
        """
        if not self.has_partial_losses:
            return {}
        losses = {label: part.loss for label, part in self.partial_predictors(window).items()}
        lowest, previous = self.best_loss(window), self.base_rate_loss()
        distinct: dict[str, float] = {}
        for label, loss in sorted(losses.items(), key=lambda item: -item[1]):
            if distinct and previous - loss <= ROUNDING:
                above = next(reversed(distinct))
                distinct[f"{above}, or {label}"] = distinct.pop(above)
            elif lowest + ROUNDING < loss < previous - ROUNDING:
                distinct[label] = previous = loss
        return distinct

    def shape(self, window: int) -> tuple[int, int]:
        """A bit a step."""
        return window, 1

    def updates_per_epoch(self, rows: int, length: int, window: int) -> int:
        """As many as whole windows fit into a row."""
        return length // window


def into_windows(series: NDArray[Element], rows: int, window: int) -> NDArray[Element]:
    """A series as the articles cut it: a view of shape (length // window, rows, window).

    First into `rows` equal rows, each going on where the row above it ends; then these into windows
    that follow each other in time, each the same `window` steps of every row. What is left at the
    end of the rows and fills no window is dropped.
    """
    if rows < 1 or len(series) % rows:
        raise SettingError(f"A series of {len(series)} bits cannot be cut into {rows} equal rows.")
    length = len(series) // rows
    if not 1 <= window <= length:
        raise SettingError(
            f"A window must lie between 1 and {length} steps, the length of a row, "
            f"but it is {window}."
        )
    n_windows = length // window
    whole = series.reshape(rows, length)[:, : n_windows * window]
    return whole.reshape(rows, n_windows, window).swapaxes(0, 1)


def coin_flips(rng: np.random.Generator, n_bits: int) -> Bits:
    """`n_bits` independent fair bits."""
    return rng.integers(2, size=n_bits, dtype=np.uint8)


def enumeration(words: Iterable[str]) -> str:
    """The words as a sentence lists them: "lag", "pair and echo", "pair, echo and parity"."""
    *first, last = list(words) or ["none"]
    return f"{', '.join(first)} and {last}" if first else last
