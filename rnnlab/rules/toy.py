"""The toy: three short sequences, three numbers to predict, and everything in plain sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np

from rnnlab.knobs import Value
from rnnlab.rules.series import SampleRule, Samples


@dataclass(frozen=True)
class ToyRule(SampleRule):
    """Three sequences of 3 timesteps and 2 features, which count up from 1, 5 and 9: 10, 20, 30.

    They are a single batch, and the test is on the same three: there is nothing else to know.
    """

    name = "toy"
    title = "The toy regression"
    sentence = "Three short sequences of numbers stand for 10, 20 and 30."
    article = "hand"
    order = 40
    main_knobs = ("units", "activation", "epochs")
    fixed_settings: ClassVar[Mapping[str, Value]] = MappingProxyType(
        {**SampleRule.fixed_settings, "rows": 3, "window": 3}
    )
    holds_out = False
    consists_of = "sequences"
    derivation = r"\frac{(10-20)^2 + (20-20)^2 + (30-20)^2}{3} = 66.67"

    def shape(self, window: int) -> tuple[int, int]:
        """3 timesteps of 2 features, always."""
        return 3, 2

    def samples(self, window: int) -> Samples:
        """The article's three, for training and for the test."""
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

    def n_samples(self, window: int) -> int:
        """Three."""
        return 3

    def baselines(self, window: int) -> dict[str, float]:
        """Always predicting 20 is wrong by 10, 0 and 10."""
        return {"always the mean, 20": (10**2 + 0**2 + 10**2) / 3}

    def numpy_code(self) -> str:
        """The numbers themselves."""
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
