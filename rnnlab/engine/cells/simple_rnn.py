"""SimpleRNN over a window, forward and back, the way back written out by hand (Werbos 1990).

Only what depends on the step before runs step by step; input products and weight gradients are
taken over all time steps at once.
"""

from __future__ import annotations

import tensorflow as tf

from rnnlab.engine.activations import ACTIVATIONS
from rnnlab.engine.cells import Tape, Tensor
from rnnlab.engine.products import (
    apply_kernel,
    applying,
    applying_transpose,
    bias_gradient,
    kernel_gradient,
)
from rnnlab.engine.scan import scan


def forward(weights: dict[str, Tensor], inputs: Tensor, state: Tensor, activation: str) -> Tape:
    """h_t = f(x_t W + h_{t-1} U + b) over the window."""
    function = ACTIVATIONS[activation].function
    from_inputs = apply_kernel(weights["kernel"], inputs) + weights["bias"][..., None]
    recur = applying(weights["recurrent_kernel"])

    def step(h: Tensor, now: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
        h = function(now[0] + recur(h))
        return h, (h,)

    final, (outputs,) = scan(step, state, (from_inputs,), (state.shape[0],))
    return Tape(outputs, final, ())


def backward(
    weights: dict[str, Tensor],
    inputs: Tensor,
    state: Tensor,
    tape: Tape,
    d_outputs: Tensor,
    activation: str,
) -> tuple[dict[str, Tensor], Tensor]:
    """dL/da_t = (dL/dh_t + U dL/da_{t+1}) f'(a_t), from the last step to the first."""
    slope = ACTIVATIONS[activation].slope
    back = applying_transpose(weights["recurrent_kernel"])

    def step(d_a: Tensor, now: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
        d_output, output = now
        d_h = d_output + back(d_a)
        d_a = d_h * slope(output)
        return d_a, (d_a,)

    sequences = (d_outputs, tape.outputs)
    _, (d_a,) = scan(step, tf.zeros_like(state), sequences, (state.shape[0],), reverse=True)
    before = tf.concat([state[None], tape.outputs[:-1]], 0)
    gradients = {
        "kernel": kernel_gradient(inputs, d_a),
        "recurrent_kernel": kernel_gradient(before, d_a),
        "bias": bias_gradient(d_a),
    }
    return gradients, d_a
