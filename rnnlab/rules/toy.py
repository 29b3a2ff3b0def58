"""The toy: three short sequences, three numbers to say, and everything in plain sight."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

import numpy as np

from rnnlab.knobs import Knob, Value
from rnnlab.rules.base import SampleRule, Samples


class ToyRule(SampleRule):
    """Three sequences of 3 timesteps and 2 features, which count up from 1, 5 and 9: 10, 20, 30.

    They are a single batch, and the test is on the same three: there is nothing else to know.
    """

    name = "toy"
    title = "The toy regression"
    sentence = "Three short sequences of numbers stand for 10, 20 and 30."
    article = "D. The toy regression"
    order = 40
    matters = ("units", "activation", "epochs")
    knobs: ClassVar[Mapping[str, Knob]] = {}
    settled: ClassVar[Mapping[str, Value]] = MappingProxyType(
        {**SampleRule.settled, "rows": 3, "window": 3}
    )

    def shape(self, window: int, **parameters: Value) -> tuple[int, int]:
        """3 timesteps of 2 features, always."""
        return 3, 2

    def samples(self, window: int, **parameters: Value) -> Samples:
        """The article's three, for training and for the test."""
        self.check(parameters)
        inputs = np.array(
            [
                [[1, 2], [2, 3], [3, 4]],
                [[5, 6], [6, 7], [7, 8]],
                [[9, 10], [10, 11], [11, 12]],
            ],
            dtype=np.float32,
        )
        targets = np.array([10, 20, 30], dtype=np.float32)
        return Samples(inputs, targets, test_inputs=inputs, test_targets=targets)

    def n_samples(self, window: int, **parameters: Value) -> int:
        """Three."""
        return 3

    def baselines(self, window: int, **parameters: Value) -> dict[str, float]:
        """Who always says 20 is wrong by 10, 0 and 10."""
        self.check(parameters)
        return {"always the mean, 20": (10**2 + 0**2 + 10**2) / 3}

    def recipe(self, **parameters: Value) -> str:
        """The numbers themselves."""
        self.check(parameters)
        return """x = np.array(
    [
        [[1, 2], [2, 3], [3, 4]],
        [[5, 6], [6, 7], [7, 8]],
        [[9, 10], [10, 11], [11, 12]],
    ],
    dtype=np.float32,
)
y = np.array([10, 20, 30], dtype=np.float32)
x_test, y_test = x, y"""


RULE = ToyRule()
