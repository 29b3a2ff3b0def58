"""The simple recurrent network: the new state is a squashed sum of input and old state.

Elman (1990); the articles' "SimpleRNN", and Keras' layer of that name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.cells.cell import Cell, Floats, Values, Weights
from rnnlab.cells.initial import glorot_uniform, orthogonal


class SimpleRNN(Cell):
    """h_t = activation(x_t W + h_{t-1} U + b), which is both state and output."""

    name = "simple_rnn"
    order = 10
    title = "SimpleRNN"
    equations: ClassVar[Mapping[str, str]] = {
        "a": r"a_t = x_t W + h_{t-1} U + b",
        "h": r"h_t = f(a_t)",
    }

    def weight_shapes(self, features: int, units: int) -> dict[str, tuple[int, ...]]:
        """W is `kernel`, U is `recurrent_kernel`, b is `bias`."""
        return {
            "kernel": (features, units),
            "recurrent_kernel": (units, units),
            "bias": (units,),
        }

    def initial_weights(self, rng: np.random.Generator, features: int, units: int) -> Weights:
        """Glorot uniform kernel, orthogonal recurrent kernel, zero bias."""
        return {
            "kernel": glorot_uniform(rng, features, units),
            "recurrent_kernel": orthogonal(rng, units, units),
            "bias": np.zeros(units, np.float32),
        }

    def state_size(self, units: int) -> int:
        """One number per unit: the last output."""
        return units

    def step(self, weights: Weights, inputs: Floats, state: Floats, activation: str) -> Values:
        """The sum `a` and the output `h`, both (batch, units)."""
        a = inputs @ weights["kernel"] + state @ weights["recurrent_kernel"] + weights["bias"]
        return {"a": a, "h": ACTIVATIONS[activation].function(a)}

    def next_state(self, values: Values) -> Floats:
        """The output itself."""
        return values["h"]

    def step_back(
        self,
        weights: Weights,
        inputs: Floats,
        state: Floats,
        values: Values,
        gradient: Floats,
        activation: str,
    ) -> tuple[Weights, Floats, Floats]:
        """The chain rule through the activation, then through the three terms of the sum."""
        d_a: Floats = gradient * ACTIVATIONS[activation].slope(values["h"])
        gradients: Weights = {
            "kernel": inputs.T @ d_a,
            "recurrent_kernel": state.T @ d_a,
            "bias": d_a.sum(axis=0),
        }
        return gradients, d_a @ weights["kernel"].T, d_a @ weights["recurrent_kernel"].T


CELL = SimpleRNN()
