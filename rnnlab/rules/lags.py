"""The weighted lags: two coin flips, far apart, raise and lower the probability of a 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.rules.base import Sequence, coin_flips
from rnnlab.rules.lagged import Causes, LaggedRule

NEAR, FAR = 3, 8


@dataclass(frozen=True)
class LagsRule(LaggedRule):
    """P(y[t] = 1) = 0.5 + 0.5 x[t-3] - 0.25 x[t-8]; the first 8 targets are fair flips.

    Each of the two causes is worth something alone, so the loss shows which of them a network has
    learnt. Source: the binary series of R2RT, "Recurrent Neural Networks in Tensorflow I" (2016),
    to which the article's pair rule is akin; there the first causes come from the series' end.
    """

    name = "lags"
    title = "Two causes"
    sentence = "A 1 three steps ago makes a 1 likelier; a 1 eight steps ago makes it less likely."
    article = "pair"
    order = 25
    main_knobs = ("window", "carry_state", "units")

    def clean_series(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """Coin flips x, and y: flips of coins that x has loaded 3 and 8 steps before."""
        x = coin_flips(rng, n_bits)
        probability = np.full(n_bits, 0.5)
        probability[FAR:] += 0.5 * np.roll(x, NEAR)[FAR:] - 0.25 * np.roll(x, FAR)[FAR:]
        y = (rng.random(n_bits) < probability).astype(np.uint8)
        return Sequence(inputs=x, targets=y)

    def causes(self) -> Causes:
        """A row for each value of x[t-3], a column for each of x[t-8]."""
        return Causes(lags=(NEAR, FAR), table=np.array([[0.5, 0.25], [1.0, 0.75]]))

    def clean_code(self) -> str:
        """Coin flips, the probabilities that follow from them, and flips of coins so loaded."""
        return f"""x = rng.integers(2, size=n_bits, dtype=np.uint8)
chance = np.full(n_bits, 0.5)
chance[{FAR}:] += 0.5 * np.roll(x, {NEAR})[{FAR}:] - 0.25 * np.roll(x, {FAR})[{FAR}:]
y = (rng.random(n_bits) < chance).astype(np.uint8)"""


RULE = LagsRule()
