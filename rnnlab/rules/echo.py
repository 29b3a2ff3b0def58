"""The echo: every coin flip comes back a few steps later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.knobs import knob
from rnnlab.rules.base import Sequence, coin_flips
from rnnlab.rules.lagged import Causes, LaggedRule


@dataclass(frozen=True)
class EchoRule(LaggedRule):
    """y is x, shifted right by `delay` steps; the first `delay` targets are 0."""

    name = "echo"
    title = "The echo"
    sentence = "Every coin flip comes back unchanged, some steps later: that is the delay."
    article = "echo"
    order = 20
    main_knobs = ("delay", "window", "units")

    delay: int = knob(
        default=3,
        label="Delay",
        help="After how many steps a coin flip comes back.",
        topic="data",
        low=1,
        high=20,
        step=1,
    )

    def clean_series(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """Coin flips x, and y: x shifted right by `delay` steps."""
        x = coin_flips(rng, n_bits)
        y = np.roll(x, self.delay)
        y[: self.delay] = 0  # np.roll has put the end of x there
        return Sequence(inputs=x, targets=y)

    def causes(self) -> Causes:
        """The one input `delay` steps ago; before the first input there is silence, a sure 0."""
        return Causes(lags=(self.delay,), table=np.array([0.0, 1.0]), at_start=0.0)

    def clean_code(self) -> str:
        """Coin flips, and the same shifted right."""
        return f"""x = rng.integers(2, size=n_bits, dtype=np.uint8)
y = np.roll(x, {self.delay})
y[:{self.delay}] = 0"""


RULE = EchoRule()
