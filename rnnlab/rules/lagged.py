"""A lagged rule: the target depends on nothing but the inputs a few fixed steps ago."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np

from rnnlab import theory
from rnnlab.rules.base import Bits, Probabilities, enumeration
from rnnlab.rules.bits import BitRule
from rnnlab.theory import BayesPredictor


@dataclass(frozen=True, eq=False)
class Causes:
    """What a target depends on: P(y[t] = 1) = table[x[t - lags[0]], x[t - lags[1]], ...].

    `at_start` is P(y[t] = 1) for the first max(lags) targets: some of their causes lie before the
    first input.
    """

    lags: tuple[int, ...]
    table: Probabilities
    at_start: float = 0.5


@dataclass(frozen=True)
class LaggedRule(BitRule):
    """A rule that states its causes, and whose inputs are fair coin flips.

    What can be known at best follows.
    """

    @abstractmethod
    def causes(self) -> Causes:
        """The lags that matter and the probabilities that go with them, without noise."""

    @property
    def lags(self) -> tuple[int, ...]:
        """The lags of its causes, each once, in rising order."""
        return tuple(sorted(set(self.causes().lags)))

    def clean_probabilities(self, inputs: Bits) -> Probabilities:
        """P(target[t] = 1 | inputs up to and including t): the table, looked up at every step."""
        causes = self.causes()
        n_bits = len(inputs)
        start = min(max(causes.lags, default=0), n_bits)
        bits = tuple(inputs[start - lag : n_bits - lag] for lag in causes.lags)
        by_table = np.full(n_bits - start, causes.table[bits])
        return np.concatenate([np.full(start, causes.at_start), by_table])

    def clean_predictor(self, window: int | None) -> BayesPredictor:
        """The table, averaged over the causes that lie before the window; see `rnnlab.theory`."""
        return self._predictor(self.causes().lags, window)

    def clean_predictor_at_start(self, window: int) -> BayesPredictor:
        """The whole past is visible as soon as there is one; until then, `at_start` holds."""
        causes, whole = self.causes(), self.clean_predictor(None)
        rows = np.repeat(whole.probabilities, window, axis=0)
        rows[: max(causes.lags, default=0)] = causes.at_start
        return BayesPredictor(rows, whole.weights)

    def clean_partial_predictors(self, window: int | None) -> dict[str, BayesPredictor]:
        """Each of several lags alone, the furthest first; then the nearest two, the nearest three.

        All lags together, or the only one, are no part.
        """
        lags = self.lags
        alone = {f"lag {lag} only": (lag,) for lag in reversed(lags)} if len(lags) > 1 else {}
        nearest = {
            f"lags {enumeration(map(str, lags[:size]))} only": lags[:size]
            for size in range(2, len(lags))
        }
        return {label: self._predictor(used, window) for label, used in (alone | nearest).items()}

    def _predictor(self, used: tuple[int, ...], window: int | None) -> BayesPredictor:
        """The Bayes-optimal predictor that makes use of the lags `used`, and of no others."""
        causes = self.causes()
        if window is None:
            rows = theory.probabilities(causes.lags, causes.table, used)[None]
        else:
            rows = theory.probabilities_by_step(causes.lags, causes.table, window, used)
        return BayesPredictor(rows, np.full(rows.shape[1], 1 / rows.shape[1]))
