"""A lagged rule: the target depends on nothing but the inputs a few fixed steps ago."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np

from rnnlab import theory
from rnnlab.knobs import Value
from rnnlab.rules.base import BitRule, Bits, Probabilities, listed
from rnnlab.rules.outlook import Outlook


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
    """A rule that states its causes, and whose inputs are fair coin flips.

    What can be known at best follows.
    """

    @abstractmethod
    def causes(self, **parameters: Value) -> Causes:
        """The lags that matter and the probabilities that go with them."""

    def truth(self, inputs: Bits, **parameters: Value) -> Probabilities:
        """P(target[t] = 1 | inputs up to and including t): the table, looked up at every step."""
        causes = self.causes(**parameters)
        n_bits = len(inputs)
        start = min(max(causes.lags, default=0), n_bits)
        bits = tuple(inputs[start - lag : n_bits - lag] for lag in causes.lags)
        known = np.full(n_bits - start, causes.table[bits])
        return np.concatenate([np.full(start, causes.at_start), known])

    def depends_on(self, **parameters: Value) -> tuple[int, ...]:
        """The lags of its causes, each once, in rising order."""
        return tuple(sorted(set(self.causes(**parameters).lags)))

    def outlook(self, window: int | None = None, **parameters: Value) -> Outlook:
        """The table, averaged over the causes that lie before the window; see `rnnlab.theory`."""
        return self.outlook_of(self.causes(**parameters).lags, window, **parameters)

    def outlook_of(
        self, known: tuple[int, ...], window: int | None = None, **parameters: Value
    ) -> Outlook:
        """The outlook of who makes use of the lags `known`, and of no others."""
        causes = self.causes(**parameters)
        if window is None:
            rows = theory.chances(causes.lags, causes.table, known)[None]
        else:
            rows = theory.chances_by_position(causes.lags, causes.table, window, known)
        return Outlook(rows, np.full(rows.shape[1], 1 / rows.shape[1]))

    def parts(self, window: int | None = None, **parameters: Value) -> dict[str, Outlook]:
        """Each of several lags alone, the furthest first; then the nearest two, the nearest three.

        All lags together, or the only one, are no part.
        """
        lags = self.depends_on(**parameters)
        alone = {f"lag {lag} only": (lag,) for lag in reversed(lags)} if len(lags) > 1 else {}
        nearest = {
            f"lags {listed(map(str, lags[:size]))} only": lags[:size]
            for size in range(2, len(lags))
        }
        return {
            label: self.outlook_of(known, window, **parameters)
            for label, known in (alone | nearest).items()
        }

    def outlook_at_start(self, window: int, **parameters: Value) -> Outlook:
        """The whole past is in sight, once there is one; until then, `at_start` is known."""
        causes = self.causes(**parameters)
        whole = self.outlook(None, **parameters)
        rows = np.repeat(whole.chances, window, axis=0)
        rows[: max(causes.lags, default=0)] = causes.at_start
        return Outlook(rows, whole.weights)
