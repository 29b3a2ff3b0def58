"""The long short-term memory: a state that is kept, and three gates that decide on it.

Hochreiter & Schmidhuber (1997), with the forget gate of Gers, Schmidhuber & Cummins (2000); gates
in Keras' order i, f, g, o (Keras calls g "c").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnnlab.cells.activations import ACTIVATIONS, sigmoid
from rnnlab.cells.cell import Cell, Floats, Values, Weights
from rnnlab.cells.initial import glorot_uniform, orthogonal


class LSTM(Cell):
    """c_t = f_t c_{t-1} + i_t g_t and h_t = o_t activation(c_t); the state is h and c."""

    name = "lstm"
    order = 20
    title = "LSTM"
    equations: ClassVar[Mapping[str, str]] = {
        "i": r"i_t = \sigma(x_t W_i + h_{t-1} U_i + b_i)",
        "f": r"f_t = \sigma(x_t W_f + h_{t-1} U_f + b_f)",
        "g": r"g_t = f(x_t W_g + h_{t-1} U_g + b_g)",
        "o": r"o_t = \sigma(x_t W_o + h_{t-1} U_o + b_o)",
        "c": r"c_t = f_t \odot c_{t-1} + i_t \odot g_t",
        "h": r"h_t = o_t \odot f(c_t)",
    }

    def weight_shapes(self, features: int, units: int) -> dict[str, tuple[int, ...]]:
        """W, U and b of the four gates side by side."""
        return {
            "kernel": (features, 4 * units),
            "recurrent_kernel": (units, 4 * units),
            "bias": (4 * units,),
        }

    def initial_weights(self, rng: np.random.Generator, features: int, units: int) -> Weights:
        """As SimpleRNN's, but for the forget gate's bias of 1: it begins by remembering."""
        bias = np.zeros(4 * units, np.float32)
        bias[units : 2 * units] = 1
        return {
            "kernel": glorot_uniform(rng, features, 4 * units),
            "recurrent_kernel": orthogonal(rng, units, 4 * units),
            "bias": bias,
        }

    def state_size(self, units: int) -> int:
        """The output h, then the memory c."""
        return 2 * units

    def step(self, weights: Weights, inputs: Floats, state: Floats, activation: str) -> Values:
        """The gates, the memory and the output, each (batch, units)."""
        before, memory = np.split(state, 2, axis=1)
        function = ACTIVATIONS[activation].function
        sums = inputs @ weights["kernel"] + before @ weights["recurrent_kernel"] + weights["bias"]
        for_i, for_f, for_g, for_o = np.split(sums, 4, axis=1)
        i, f, g, o = sigmoid(for_i), sigmoid(for_f), function(for_g), sigmoid(for_o)
        c = f * memory + i * g
        return {"i": i, "f": f, "g": g, "o": o, "c": c, "h": o * function(c)}

    def next_state(self, values: Values) -> Floats:
        """Output and memory side by side."""
        return np.concatenate([values["h"], values["c"]], axis=1)

    def step_back(
        self,
        weights: Weights,
        inputs: Floats,
        state: Floats,
        values: Values,
        gradient: Floats,
        activation: str,
    ) -> tuple[Weights, Floats, Floats]:
        """The chain rule from h and c through the gates."""
        before, memory = np.split(state, 2, axis=1)
        d_h, d_c = np.split(gradient, 2, axis=1)
        function, slope = ACTIVATIONS[activation].function, ACTIVATIONS[activation].slope
        i, f, g, o = (values[gate] for gate in "ifgo")
        squashed = function(values["c"])
        d_c = d_c + d_h * o * slope(squashed)
        d_sums: Floats = np.concatenate(
            [
                d_c * g * i * (1 - i),
                d_c * memory * f * (1 - f),
                d_c * i * slope(g),
                d_h * squashed * o * (1 - o),
            ],
            axis=1,
        )
        gradients: Weights = {
            "kernel": inputs.T @ d_sums,
            "recurrent_kernel": before.T @ d_sums,
            "bias": d_sums.sum(axis=0),
        }
        d_before = d_sums @ weights["recurrent_kernel"].T
        d_state = np.concatenate([d_before, d_c * f], axis=1)
        return gradients, d_sums @ weights["kernel"].T, d_state


CELL = LSTM()
