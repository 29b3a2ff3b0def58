"""Rules on bits: what comes in is a 0 or a 1, and so is the answer."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from rnnlab import theory
from rnnlab.knobs import Knob
from rnnlab.rules.base import ROUNDING, Bits, Probabilities, Sequence, StreamRule
from rnnlab.theory import BayesPredictor, flipped

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


@dataclass(frozen=True)
class BitRule(StreamRule):
    """A rule on bits: at every step a bit comes in, and the next target is to be predicted.

    The network gives the probability of a 1 at every step. Whoever adds a rule writes the methods
    whose names begin with `clean_`; each target is then flipped with probability `noise`, and
    everything that can be known of it stays exact. `has_partial_losses` says that there are losses
    worth showing between knowing nothing and knowing all.
    """

    noise: float = field(default=0.0, kw_only=True)

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

    @property
    def n_answers(self) -> int:
        """0 and 1."""
        return 2

    def encode(self, inputs: Bits) -> Bits:
        """A bit is one feature."""
        return inputs[..., None]

    def costs(self, series: Sequence) -> Probabilities:
        """-log of the probability of what came."""
        p = self.target_probabilities(series.inputs)
        costs: Probabilities = -np.log(np.where(series.targets == 1, p, 1 - p))
        return costs

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
        """That of the Bayes-optimal predictor."""
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

    def deviation(self, window: int | None = None) -> float:
        """That of the Bayes-optimal predictor."""
        return self.bayes_predictor(window).deviation

    def shape(self, window: int) -> tuple[int, int]:
        """A bit a step."""
        return window, 1
