"""The gated recurrent unit: two gates between the old state and a new proposal.

Cho et al. (2014, arXiv 1406.1078); the reset gate acts after the product with the recurrent kernel,
as in its third version and in Keras by default (`reset_after`), so there are two biases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnnlab.cells.activations import ACTIVATIONS, sigmoid
from rnnlab.cells.cell import Cell, Floats, Values, Weights
from rnnlab.cells.initial import glorot_uniform, orthogonal


class GRU(Cell):
    """h_t = z_t h_{t-1} + (1 - z_t) n_t, which is both state and output."""

    name = "gru"
    order = 30
    title = "GRU"
    equations: ClassVar[Mapping[str, str]] = {
        "z": r"z_t = \sigma(x_t W_z + b_z + h_{t-1} U_z + d_z)",
        "r": r"r_t = \sigma(x_t W_r + b_r + h_{t-1} U_r + d_r)",
        "p": r"p_t = h_{t-1} U_n + d_n",
        "n": r"n_t = f(x_t W_n + b_n + r_t \odot p_t)",
        "h": r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot n_t",
    }

    def weight_shapes(self, features: int, units: int) -> dict[str, tuple[int, ...]]:
        """W, U and the biases b and d (rows of `bias`) of z, r and n side by side."""
        return {
            "kernel": (features, 3 * units),
            "recurrent_kernel": (units, 3 * units),
            "bias": (2, 3 * units),
        }

    def initial_weights(self, rng: np.random.Generator, features: int, units: int) -> Weights:
        """Glorot uniform kernel, orthogonal recurrent kernel, zero biases."""
        return {
            "kernel": glorot_uniform(rng, features, 3 * units),
            "recurrent_kernel": orthogonal(rng, units, 3 * units),
            "bias": np.zeros((2, 3 * units), np.float32),
        }

    def state_size(self, units: int) -> int:
        """One number per unit: the last output."""
        return units

    def step(self, weights: Weights, inputs: Floats, state: Floats, activation: str) -> Values:
        """The gates, what is proposed and the output, each (batch, units)."""
        b, d = weights["bias"]
        from_inputs = np.split(inputs @ weights["kernel"] + b, 3, axis=1)
        from_state = np.split(state @ weights["recurrent_kernel"] + d, 3, axis=1)
        z = sigmoid(from_inputs[0] + from_state[0])
        r = sigmoid(from_inputs[1] + from_state[1])
        p = from_state[2]
        n = ACTIVATIONS[activation].function(from_inputs[2] + r * p)
        return {"z": z, "r": r, "p": p, "n": n, "h": z * state + (1 - z) * n}

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
        """The chain rule from h through the proposal and the gates."""
        z, r, p, n = (values[symbol] for symbol in "zrpn")
        d_n = gradient * (1 - z) * ACTIVATIONS[activation].slope(n)
        d_z = gradient * (state - n) * z * (1 - z)
        d_r = d_n * p * r * (1 - r)
        from_inputs: Floats = np.concatenate([d_z, d_r, d_n], axis=1)
        from_state: Floats = np.concatenate([d_z, d_r, d_n * r], axis=1)
        gradients: Weights = {
            "kernel": inputs.T @ from_inputs,
            "recurrent_kernel": state.T @ from_state,
            "bias": np.stack([from_inputs.sum(axis=0), from_state.sum(axis=0)]),
        }
        d_state = gradient * z + from_state @ weights["recurrent_kernel"].T
        return gradients, from_inputs @ weights["kernel"].T, d_state


CELL = GRU()
