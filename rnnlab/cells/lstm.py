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
from rnnlab.cells.fast import FastCell, StackedWeights
from rnnlab.cells.initial import KERAS, FirstWeights, glorot_uniform, orthogonal
from rnnlab.cells.operations import Operations, Tape, Tensor, Tensors


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

    def initial_weights(
        self, rng: np.random.Generator, features: int, units: int, first: FirstWeights = KERAS
    ) -> Weights:
        """As SimpleRNN's, but for the forget gate's bias of 1: it begins by remembering.

        Without `unit_forget_bias` that is 0 too.
        """
        bias = np.zeros(4 * units, np.float32)
        bias[units : 2 * units] = first.unit_forget_bias
        return {
            "kernel": glorot_uniform(rng, features, 4 * units),
            "recurrent_kernel": orthogonal(rng, units, 4 * units, first.gain),
            "bias": bias,
        }

    def state_size(self, units: int) -> int:
        """The output h, then the memory c."""
        return 2 * units

    # One step, in NumPy.

    def step(self, weights: Weights, inputs: Floats, state: Floats, activation: str) -> Values:
        """The gates, the memory and the output, each (rows, units)."""
        before, memory = np.split(state, 2, axis=1)  # h_{t-1} and c_{t-1}: (rows, units)
        function = ACTIVATIONS[activation].function
        sums = inputs @ weights["kernel"] + before @ weights["recurrent_kernel"] + weights["bias"]
        # (rows, 4 units) as four sums (rows, units)
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
        before, memory = np.split(state, 2, axis=1)  # h_{t-1} and c_{t-1}: (rows, units)
        d_h, d_c = np.split(gradient, 2, axis=1)
        function, slope = ACTIVATIONS[activation].function, ACTIVATIONS[activation].slope
        i, f, g, o = (values[gate] for gate in "ifgo")
        squashed = function(values["c"])
        # c goes into the next step and, by h = o f(c), into the output: dL/dc is the sum of both.
        d_c = d_c + d_h * o * slope(squashed)
        # c = f c_{t-1} + i g: dL/di = dL/dc g, dL/df = dL/dc c_{t-1}, dL/dg = dL/dc i; and
        # dL/do = dL/dh f(c). Then through each gate's own slope: sigma' = y (1 - y).
        d_sums: Floats = np.concatenate(
            [
                d_c * g * i * (1 - i),
                d_c * memory * f * (1 - f),
                d_c * i * slope(g),
                d_h * squashed * o * (1 - o),
            ],
            axis=1,
        )  # (rows, 4 units)
        gradients: Weights = {
            "kernel": inputs.T @ d_sums,  # (features, 4 units)
            "recurrent_kernel": before.T @ d_sums,  # (units, 4 units)
            "bias": d_sums.sum(axis=0),  # (4 units,)
        }
        d_before = d_sums @ weights["recurrent_kernel"].T  # (rows, units)
        d_state = np.concatenate([d_before, d_c * f], axis=1)  # dL/dc_{t-1} = dL/dc f
        return gradients, d_sums @ weights["kernel"].T, d_state

    # A whole window, in the engine's operations.

    def forward(
        self,
        ops: Operations,
        weights: dict[str, Tensor],
        products: Tensor,
        state: Tensor,
        activation: str,
    ) -> Tape:
        """h and c, step by step; c, f(c) and the gates are saved for the backward pass."""
        function = ops.activation(activation).function
        units = weights["recurrent_kernel"].shape[0]
        from_inputs = products + weights["bias"][..., None]  # (timesteps, 4 units, rows)
        from_state = ops.product_with(weights["recurrent_kernel"])

        def step(carry: Tensor, slices: Tensors) -> tuple[Tensor, Tensors]:
            # The carry is h, then c: (2 units, rows). One product serves all four gates.
            sums = slices[0] + from_state(carry[:units])  # (4 units, rows)
            in_and_forget = ops.sigmoid(sums[: 2 * units])
            g = function(sums[2 * units : 3 * units])
            o = ops.sigmoid(sums[3 * units :])
            c = in_and_forget[units:] * carry[units:] + in_and_forget[:units] * g
            squashed = function(c)
            h = o * squashed
            return ops.concat([h, c], 0), (h, c, squashed, ops.concat([in_and_forget, g, o], 0))

        sizes = (units, units, units, 4 * units)
        final, (outputs, *saved) = ops.scan(step, state, (from_inputs,), sizes)
        return Tape(outputs, final, tuple(saved))

    def backward(
        self,
        ops: Operations,
        weights: dict[str, Tensor],
        state: Tensor,
        tape: Tape,
        d_outputs: Tensor,
        activation: str,
    ) -> tuple[dict[str, Tensor], Tensor]:
        """The chain rule on h and c together, from the last step to the first (see `step_back`)."""
        slope = ops.activation(activation).slope
        units = weights["recurrent_kernel"].shape[0]
        memories, squashed, gates = tape.saved  # c, f(c) and i, f, g, o of every step
        before = ops.concat([state[None, :units], tape.outputs[:-1]], 0)  # h_{t-1}
        memories_before = ops.concat([state[None, units:], memories[:-1]], 0)  # c_{t-1}
        to_state = ops.product_with_transpose(weights["recurrent_kernel"])
        d_output_slices, d_output_of = ops.at_each_step(d_outputs, tape.outputs)
        # What does not wait for a later step is done for all steps at once: by what dL/dc is
        # multiplied to give the gradients of the sums of i, f and g, and dL/dh to give that of o.
        i, f, g, o = (gates[:, k * units : (k + 1) * units] for k in range(4))
        by_memory = [g * i * (1.0 - i), memories_before * f * (1.0 - f), i * slope(g)]
        factors = ops.concat([*by_memory, squashed * o * (1.0 - o)], 1)
        through_output = o * slope(squashed)  # dh/dc; all are (timesteps, n units, rows)

        def step(carry: Tensors, slices: Tensors) -> tuple[Tensors, Tensors]:
            factor, through, forget, d_output = slices  # (4 units, rows), then (units, rows)
            # dL/dh_t and dL/dc_t come from step t + 1, from the layer above, and c_t's by h_t.
            d_h = d_output_of(d_output) + carry[0]
            d_c = carry[1] + d_h * through
            d_sums = factor * ops.concat([d_c, d_c, d_c, d_h], 0)  # (4 units, rows)
            return (to_state(d_sums), d_c * forget), (d_sums,)

        sequences = (factors, through_output, f, d_output_slices)
        zeros = ops.zeros_like(state[:units])
        _, (d_sums,) = ops.scan(step, (zeros, zeros), sequences, (4 * units,), reverse=True)
        gradients = {
            "recurrent_kernel": ops.kernel_gradient(before, d_sums),  # (units, 4 units)
            "bias": ops.bias_gradient(d_sums),  # (4 units,)
        }
        return gradients, d_sums  # (timesteps, 4 units, rows)


class FastLSTM(FastCell):
    """The gates i, f and o, the memory c = f c + i g, and h = o f(c)."""

    kernel_scale: ClassVar[tuple[float, ...]] = (0.5, 0.5, 1, 0.5)
    recurrent_scale: ClassVar[tuple[float, ...]] = kernel_scale

    def __init__(self, weights: StackedWeights, n_rows: int, activation: str) -> None:
        super().__init__(weights, n_rows, activation)
        self.memory = np.zeros((self.directions, n_rows, self.units), self.recurrent.dtype)

    def step(self, from_inputs: Floats, before: Floats, after: Floats) -> None:
        """Every line is one pass over the numbers of a step."""
        sums, memory = self.recurrent_products(before), self.memory[:, : before.shape[1]]
        i, f, g, o = (sums[:, gate] for gate in range(4))
        np.add(sums, from_inputs, out=sums)
        self.activate(g, g)
        for gates in (sums[:, :2], o):
            np.tanh(gates, out=gates)
            np.add(gates, 1, out=gates)
            np.multiply(gates, 0.5, out=gates)
        np.multiply(memory, f, out=memory)
        np.multiply(g, i, out=g)
        np.add(memory, g, out=memory)
        self.activate(memory, after)
        np.multiply(after, o, out=after)


CELL = LSTM()
FAST = FastLSTM
