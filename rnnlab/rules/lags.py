"""The weighted lags: two coin flips, far apart, push the chance of a 1 up and down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnnlab.knobs import Knob, Value
from rnnlab.rules.base import Sequence, coin_flips
from rnnlab.rules.lagged import Causes, LaggedRule

NEAR, FAR = 3, 8


class LagsRule(LaggedRule):
    """P(y[t] = 1) = 0.5 + 0.5 x[t-3] - 0.25 x[t-8]; the first 8 targets are fair flips.

    Each of the two causes is worth something alone, so the loss shows which of them a network has
    found. Source: the binary series of R2RT, "Recurrent Neural Networks in Tensorflow I" (2016),
    with which the article's pair rule is akin; there the first causes come from the series' end.
    """

    name = "lags"
    title = "The weighted lags"
    sentence = "A 1 three steps ago makes a 1 likelier; a 1 eight steps ago makes it less likely."
    article = "A. The pair rule"
    order = 25
    matters = ("window", "carry_state", "units")
    knobs: ClassVar[Mapping[str, Knob]] = {}

    def generate(self, rng: np.random.Generator, n_bits: int, **parameters: Value) -> Sequence:
        """Coin flips x, and y: flips of coins that x has loaded 3 and 8 steps before."""
        self.check(parameters)
        x = coin_flips(rng, n_bits)
        chance = np.full(n_bits, 0.5)
        chance[FAR:] += 0.5 * np.roll(x, NEAR)[FAR:] - 0.25 * np.roll(x, FAR)[FAR:]
        y = (rng.random(n_bits) < chance).astype(np.uint8)
        return Sequence(inputs=x, targets=y)

    def causes(self, **parameters: Value) -> Causes:
        """A row for each value of x[t-3], a column for each of x[t-8]."""
        self.check(parameters)
        return Causes(lags=(NEAR, FAR), table=np.array([[0.5, 0.25], [1.0, 0.75]]))

    def recipe(self, **parameters: Value) -> str:
        """Coin flips, the chances that follow from them, and flips of coins so loaded."""
        self.check(parameters)
        return f"""x = rng.integers(2, size=n_bits, dtype=np.uint8)
chance = np.full(n_bits, 0.5)
chance[{FAR}:] += 0.5 * np.roll(x, {NEAR})[{FAR}:] - 0.25 * np.roll(x, {FAR})[{FAR}:]
y = (rng.random(n_bits) < chance).astype(np.uint8)"""


RULE = LagsRule()
