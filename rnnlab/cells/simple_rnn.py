"""The simple recurrent network: the new state is a squashed sum of input and old state.

Elman (1990); the articles' "SimpleRNN", and Keras' layer of that name. The backward pass is
backpropagation through time (Werbos 1990), written out by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.cells.cell import Cell, Floats, Values, Weights
from rnnlab.cells.fast import FastCell
from rnnlab.cells.initial import KERAS, FirstWeights, glorot_uniform, orthogonal
from rnnlab.cells.operations import Operations, Tape, Tensor, Tensors


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

    def initial_weights(
        self, rng: np.random.Generator, features: int, units: int, first: FirstWeights = KERAS
    ) -> Weights:
        """Glorot uniform kernel, orthogonal recurrent kernel, zero bias."""
        return {
            "kernel": glorot_uniform(rng, features, units),
            "recurrent_kernel": orthogonal(rng, units, units, first.gain),
            "bias": np.zeros(units, np.float32),
        }

    def state_size(self, units: int) -> int:
        """One number per unit: the last output."""
        return units

    # One step, in NumPy.

    def step(self, weights: Weights, inputs: Floats, state: Floats, activation: str) -> Values:
        """The sum `a` and the output `h`, both (rows, units)."""
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
        # h = f(a): dL/da = dL/dh f'(a), where f' is written by the output h.
        d_a: Floats = gradient * ACTIVATIONS[activation].slope(values["h"])  # (rows, units)
        # a = x W + h_{t-1} U + b: each factor's gradient is the other factor times dL/da.
        gradients: Weights = {
            "kernel": inputs.T @ d_a,  # (features, units)
            "recurrent_kernel": state.T @ d_a,  # (units, units)
            "bias": d_a.sum(axis=0),  # (units,)
        }
        return gradients, d_a @ weights["kernel"].T, d_a @ weights["recurrent_kernel"].T

    # A whole window, in the engine's operations.

    def forward(
        self,
        ops: Operations,
        weights: dict[str, Tensor],
        products: Tensor,
        state: Tensor,
        activation: str,
    ) -> Tape:
        """Only h_{t-1} U depends on the step before; x_t W comes for all steps at once."""
        function = ops.activation(activation).function
        from_inputs = products + weights["bias"][..., None]  # (timesteps, units, rows)
        from_state = ops.product_with(weights["recurrent_kernel"])

        def step(h: Tensor, slices: Tensors) -> tuple[Tensor, Tensors]:
            h = function(slices[0] + from_state(h))  # (units, rows)
            return h, (h,)

        final, (outputs,) = ops.scan(step, state, (from_inputs,), (state.shape[0],))
        return Tape(outputs, final, ())

    def backward(
        self,
        ops: Operations,
        weights: dict[str, Tensor],
        state: Tensor,
        tape: Tape,
        d_outputs: Tensor,
        activation: str,
    ) -> tuple[dict[str, Tensor], Tensor]:
        """dL/da_t = (dL/dh_t + dL/da_{t+1} U^T) f'(a_t), from the last step to the first."""
        slope = ops.activation(activation).slope
        kernel = weights["recurrent_kernel"]  # (units, units)
        to_state = ops.product_with_transpose(kernel)
        d_output_slices, d_output_of = ops.at_each_step(d_outputs, tape.outputs)

        def step(carry: Tensors, slices: Tensors) -> tuple[Tensors, Tensors]:
            d_a, *d_kernel = carry  # of step t + 1: (units, rows), (units, units)
            h, d_output = slices  # of step t: (units, rows) each
            # a_{t+1} has h_t U as a term: dL/dU gains h_t dL/da_{t+1}.
            d_kernel = [total + ops.outer(h, d_a) for total in d_kernel]
            # h_t goes up and, by U, into a_{t+1}: dL/dh_t is the sum of both.
            d_a = (d_output_of(d_output) + to_state(d_a)) * slope(h)
            return (d_a, *d_kernel), (d_a,)

        # In a long window dL/dU is summed step by step, as long as all is in the cache.
        in_steps = ops.is_wide(kernel) and ops.is_long(tape.outputs)
        start = (ops.zeros_like(state), *([ops.zeros_like(kernel)] if in_steps else []))
        sequences, sizes = (tape.outputs, d_output_slices), (state.shape[0],)
        (_, *by_step), (d_a,) = ops.scan(step, start, sequences, sizes, reverse=True)
        # d_a is (timesteps, units, rows).
        if by_step:
            # The first step's h_{t-1} is the window's state, which the loop has not come to.
            d_kernel = by_step[0] + ops.outer(state, d_a[0])
        else:
            before = ops.concat([state[None], tape.outputs[:-1]], 0)  # h_{t-1} of each step
            d_kernel = ops.kernel_gradient(before, d_a)
        return {"recurrent_kernel": d_kernel, "bias": ops.bias_gradient(d_a)}, d_a


class FastSimpleRNN(FastCell):
    """h = f(x W + h U + b)."""

    def step(self, from_inputs: Floats, before: Floats, after: Floats) -> None:
        """One product, one sum, one activation."""
        sums = self.recurrent_products(before)
        np.add(sums, from_inputs, out=sums)
        self.activate(sums[:, 0], after)


CELL = SimpleRNN()
FAST = FastSimpleRNN
