"""A lagged rule: the target depends on nothing but the inputs a few fixed steps ago."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np

from rnnlab import theory
from rnnlab.knobs import Value
from rnnlab.rules.base import BitRule, Bits, Probabilities


@dataclass(frozen=True, eq=False)
class Causes:
    """What a target depends on: P(y[t] = 1) = table[x[t - lags[0]], x[t - lags[1]], ...].

    `at_start` is P(y[t] = 1) for the first max(lags) targets: some of their causes lie before the
    first input.
    """

    lags: tuple[int, ...]
    table: Probabilities
    at_start: float = 0.5


class LaggedRule(BitRule):
    """A rule that states its causes; what can be known at best follows from them."""

    @abstractmethod
    def causes(self, **parameters: Value) -> Causes:
        """The lags that matter and the probabilities that go with them."""

    def truth(self, inputs: Bits, **parameters: Value) -> Probabilities:
        """P(target[t] = 1 | inputs up to and including t): the table, looked up at every step."""
        causes = self.causes(**parameters)
        n_bits = len(inputs)
        start = min(max(causes.lags), n_bits)
        bits = tuple(inputs[start - lag : n_bits - lag] for lag in causes.lags)
        return np.concatenate([np.full(start, causes.at_start), causes.table[bits]])

    def best_loss(self, window: int | None = None, **parameters: Value) -> float:
        """H(target | its causes that can be seen), in nats; see `rnnlab.theory`."""
        causes = self.causes(**parameters)
        return theory.best_loss(causes.lags, causes.table, window)

    def nothing(self, **parameters: Value) -> float:
        """The entropy of a target whose causes are all unknown."""
        causes = self.causes(**parameters)
        return theory.conditional_entropy(causes.lags, causes.table, ())

    def first_window_loss(self, rows: int, window: int, **parameters: Value) -> float:
        """Row 1 knows that nothing came before it; the others see only their window."""
        theory.check_window(window)
        causes = self.causes(**parameters)
        before = min(max(causes.lags), window)
        start = before * theory.binary_entropy(causes.at_start)
        first_row = (start + (window - before) * self.best_loss(None, **parameters)) / window
        return (first_row + (rows - 1) * self.best_loss(window, **parameters)) / rows
