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
from rnnlab.cells.fast import FastCell, StackedWeights
from rnnlab.cells.initial import KERAS, FirstWeights, glorot_uniform, orthogonal
from rnnlab.cells.operations import Operations, Tape, Tensor, Tensors


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

    def initial_weights(
        self, rng: np.random.Generator, features: int, units: int, first: FirstWeights = KERAS
    ) -> Weights:
        """Glorot uniform kernel, orthogonal recurrent kernel, zero biases."""
        return {
            "kernel": glorot_uniform(rng, features, 3 * units),
            "recurrent_kernel": orthogonal(rng, units, 3 * units, first.gain),
            "bias": np.zeros((2, 3 * units), np.float32),
        }

    def state_size(self, units: int) -> int:
        """One number per unit: the last output."""
        return units

    # One step, in NumPy.

    def step(self, weights: Weights, inputs: Floats, state: Floats, activation: str) -> Values:
        """The gates, the proposal n and the output, each (rows, units)."""
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
        # h = z h_{t-1} + (1 - z) n, and n = f(s): dL/ds = dL/dh (1 - z) f'(s).
        d_n = gradient * (1 - z) * ACTIVATIONS[activation].slope(n)
        # dL/dz = dL/dh (h_{t-1} - n); the slope of the sigmoid is z (1 - z).
        d_z = gradient * (state - n) * z * (1 - z)
        # s = x W + b + r p: dL/dr = dL/ds p, and dL/dp = dL/ds r.
        d_r = d_n * p * r * (1 - r)
        from_inputs: Floats = np.concatenate([d_z, d_r, d_n], axis=1)  # (rows, 3 units)
        from_state: Floats = np.concatenate([d_z, d_r, d_n * r], axis=1)  # (rows, 3 units)
        gradients: Weights = {
            "kernel": inputs.T @ from_inputs,  # (features, 3 units)
            "recurrent_kernel": state.T @ from_state,  # (units, 3 units)
            "bias": np.stack([from_inputs.sum(axis=0), from_state.sum(axis=0)]),  # (2, 3 units)
        }
        # h_{t-1} goes straight into h, by z, and by U into all three sums.
        d_state = gradient * z + from_state @ weights["recurrent_kernel"].T
        return gradients, from_inputs @ weights["kernel"].T, d_state

    # A whole window, in the engine's operations.

    def forward(
        self,
        ops: Operations,
        weights: dict[str, Tensor],
        products: Tensor,
        state: Tensor,
        activation: str,
    ) -> Tape:
        """The output h, step by step; z, r, p and n are saved for the backward pass."""
        function = ops.activation(activation).function
        units = weights["recurrent_kernel"].shape[0]
        from_inputs = products + weights["bias"][0][..., None]  # (timesteps, 3 units, rows)
        recurrent_products = ops.product_with(weights["recurrent_kernel"])

        def step(h: Tensor, slices: Tensors) -> tuple[Tensor, Tensors]:
            from_state = recurrent_products(h) + weights["bias"][1][..., None]  # (3 units, rows)
            gates = ops.sigmoid(slices[0][: 2 * units] + from_state[: 2 * units])
            z, r, p = gates[:units], gates[units:], from_state[2 * units :]
            n = function(slices[0][2 * units :] + r * p)
            h = z * h + (1.0 - z) * n
            return h, (h, ops.concat([gates, p, n], 0))

        final, (outputs, saved) = ops.scan(step, state, (from_inputs,), (units, 4 * units))
        return Tape(outputs, final, (saved,))

    def backward(
        self,
        ops: Operations,
        weights: dict[str, Tensor],
        state: Tensor,
        tape: Tape,
        d_outputs: Tensor,
        activation: str,
    ) -> tuple[dict[str, Tensor], Tensor]:
        """The chain rule from the last step to the first; each line is derived in `step_back`."""
        slope = ops.activation(activation).slope
        units = weights["recurrent_kernel"].shape[0]
        before = ops.concat([state[None], tape.outputs[:-1]], 0)  # (timesteps, units, rows)
        to_state = ops.product_with_transpose(weights["recurrent_kernel"])
        d_output_slices, d_output_of = ops.at_each_step(d_outputs, tape.outputs)

        def step(d_h: Tensor, slices: Tensors) -> tuple[Tensor, Tensors]:
            saved, h_before, d_output = slices  # (4 units, rows), then (units, rows) twice
            z, r, p, n = (saved[k * units : (k + 1) * units] for k in range(4))
            # dL/dh_t comes from step t + 1 and from the layer above.
            d_h = d_h + d_output_of(d_output)
            d_n = d_h * (1.0 - z) * slope(n)
            d_gates = ops.concat(
                [d_h * (h_before - n) * z * (1.0 - z), d_n * p * r * (1.0 - r)], 0
            )  # (2 units, rows)
            from_state = ops.concat([d_gates, d_n * r], 0)  # (3 units, rows)
            d_before = d_h * z + to_state(from_state)
            return d_before, (ops.concat([d_gates, d_n], 0), from_state)

        sequences, sizes = (tape.saved[0], before, d_output_slices), (3 * units, 3 * units)
        start = ops.zeros_like(state)
        _, (from_inputs, from_state) = ops.scan(step, start, sequences, sizes, reverse=True)
        # Both are (timesteps, 3 units, rows).
        gradients = {
            "recurrent_kernel": ops.kernel_gradient(before, from_state),
            "bias": ops.stack([ops.bias_gradient(from_inputs), ops.bias_gradient(from_state)]),
        }
        return gradients, from_inputs


class FastGRU(FastCell):
    """The gates z and r, the proposal n = f(x W + r p), and h = n + z (h - n).

    r comes out doubled, so p is halved.
    """

    kernel_scale: ClassVar[tuple[float, ...]] = (0.5, 0.5, 1)
    recurrent_scale: ClassVar[tuple[float, ...]] = (0.5, 0.5, 0.5)

    def __init__(self, weights: StackedWeights, n_rows: int, activation: str) -> None:
        of_inputs, of_state = np.split(weights["bias"], 2, axis=1)
        super().__init__({**weights, "bias": of_inputs[:, 0]}, n_rows, activation)
        of_state = self._by_gate(of_state, self.recurrent_scale)
        self.bias[:, :2] += of_state[:, :2]
        self.bias_of_p = of_state[:, 2]

    def step(self, from_inputs: Floats, before: Floats, after: Floats) -> None:
        """Every line is one pass over the numbers of a step."""
        sums = self.recurrent_products(before)
        gates, z, r, n = sums[:, :2], sums[:, 0], sums[:, 1], sums[:, 2]
        np.add(gates, from_inputs[:, :2], out=gates)
        np.tanh(gates, out=gates)
        np.add(gates, 1, out=gates)
        np.add(n, self.bias_of_p, out=n)
        np.multiply(n, r, out=n)
        np.add(n, from_inputs[:, 2], out=n)
        self.activate(n, n)
        np.multiply(z, 0.5, out=z)
        np.subtract(before, n, out=after)
        np.multiply(after, z, out=after)
        np.add(after, n, out=after)


CELL = GRU()
FAST = FastGRU
