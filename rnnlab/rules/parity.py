"""The parity: is the number of ones among the last few coin flips odd?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.knobs import knob
from rnnlab.rules.base import Sequence, coin_flips
from rnnlab.rules.lagged import Causes, LaggedRule


@dataclass(frozen=True)
class ParityRule(LaggedRule):
    """y[t] = x[t-1] XOR ... XOR x[t-bits]; the first `bits` targets are fair flips.

    Without any one of its bits the parity is a fair coin, so no part of them is worth anything.
    """

    name = "parity"
    title = "The parity"
    sentence = "A 1 if the number of ones among the last few coin flips is odd, else a 0."
    article = "pair"
    order = 30
    main_knobs = ("bits", "window", "units")

    bits: int = knob(
        default=2,
        label="Bits of the parity",
        help="How many of the last coin flips count. If one of them is missing, the others say "
        "nothing.",
        topic="data",
        low=2,
        high=4,
        step=1,
    )

    def clean_series(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """Coin flips x, and y: the XOR of the `bits` flips before."""
        bits = self.bits
        x = coin_flips(rng, n_bits)
        y = coin_flips(rng, n_bits)
        y[bits:] = 0
        for lag in range(1, bits + 1):
            y[bits:] ^= np.roll(x, lag)[bits:]
        return Sequence(inputs=x, targets=y)

    def causes(self) -> Causes:
        """1 for each combination of the last `bits` flips with an odd number of ones."""
        odd = np.indices((2,) * self.bits).sum(axis=0) % 2
        return Causes(lags=tuple(range(1, self.bits + 1)), table=odd.astype(np.float64))

    def clean_code(self) -> str:
        """Coin flips, and the same, shifted and combined."""
        bits = self.bits
        return f"""x = rng.integers(2, size=n_bits, dtype=np.uint8)
y = rng.integers(2, size=n_bits, dtype=np.uint8)
y[{bits}:] = 0  # the first {bits} stay flips
for lag in range(1, {bits + 1}):
    y[{bits}:] ^= np.roll(x, lag)[{bits}:]"""


RULE = ParityRule()
