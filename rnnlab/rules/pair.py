"""The pair rule: two equal coin flips in a row force the opposite bit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.knobs import knob
from rnnlab.rules.base import Sequence, coin_flips
from rnnlab.rules.lagged import Causes, LaggedRule


@dataclass(frozen=True)
class PairRule(LaggedRule):
    """y[t] = 1 - x[t-lag] where x[t-lag] = x[t-lag-1], else a fresh fair bit.

    The first lag + 1 targets are fresh fair bits too: their pair lies before the first input.
    """

    name = "pair"
    title = "The pair rule"
    sentence = (
        "Two equal coin flips force the opposite bit some steps later (the lag). After two "
        "different ones, chance decides."
    )
    article = "pair"
    order = 10
    main_knobs = ("lag", "window", "units")
    has_partial_losses = False  # the article holds its curve against the whole pair only

    lag: int = knob(
        default=1,
        label="Lag",
        help="How many steps back the pair of coin flips ends that decides.",
        topic="data",
        low=1,
        high=20,
        step=1,
    )

    def clean_series(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """Coin flips x, and y: opposite to two equal flips `lag` steps ago, else a fresh flip."""
        x = coin_flips(rng, n_bits)
        y = coin_flips(rng, n_bits)
        # For y[t], t = lag + 1, lag + 2, ...: the pair x[t-lag-1], x[t-lag].
        first, second = x[: -self.lag - 1], x[1 : -self.lag]
        y[self.lag + 1 :] = np.where(first == second, 1 - second, y[self.lag + 1 :])
        return Sequence(inputs=x, targets=y)

    def causes(self) -> Causes:
        """The pair: 0, 0 makes a sure 1; 1, 1 a sure 0; a mixed pair says nothing."""
        return Causes(lags=(self.lag, self.lag + 1), table=np.array([[1.0, 0.5], [0.5, 0.0]]))

    def clean_code(self) -> str:
        """Coin flips, and a second series of them in which the rule overwrites what it forces."""
        lag = self.lag
        return f"""x = rng.integers(2, size=n_bits, dtype=np.uint8)
y = rng.integers(2, size=n_bits, dtype=np.uint8)
first, second = x[:-{lag + 1}], x[1:-{lag}]  # the pair that ends {lag} before its effect
y[{lag + 1}:] = np.where(first == second, 1 - second, y[{lag + 1}:])"""


RULE = PairRule()
