"""GRU over a window, forward and back; the reset gate acts after the recurrent product."""

from __future__ import annotations

import tensorflow as tf

from rnnlab.engine.activations import ACTIVATIONS
from rnnlab.engine.cells import Tape, Tensor
from rnnlab.engine.products import (
    applying,
    applying_transpose,
    bias_gradient,
    kernel_gradient,
)
from rnnlab.engine.scan import at_each_step, scan


def forward(weights: dict[str, Tensor], products: Tensor, state: Tensor, activation: str) -> Tape:
    """The output h, step by step; z, r, p and n stay for the way back."""
    function = ACTIVATIONS[activation].function
    units = weights["recurrent_kernel"].shape[0]
    from_inputs = products + weights["bias"][0][..., None]
    recur = applying(weights["recurrent_kernel"])

    def step(h: Tensor, now: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
        from_state = recur(h) + weights["bias"][1][..., None]
        gates = tf.sigmoid(now[0][: 2 * units] + from_state[: 2 * units])
        z, r, p = gates[:units], gates[units:], from_state[2 * units :]
        n = function(now[0][2 * units :] + r * p)
        h = z * h + (1.0 - z) * n
        return h, (h, tf.concat([gates, p, n], 0))

    final, (outputs, saved) = scan(step, state, (from_inputs,), (units, 4 * units))
    return Tape(outputs, final, (saved,))


def backward(
    weights: dict[str, Tensor],
    state: Tensor,
    tape: Tape,
    d_outputs: Tensor,
    activation: str,
) -> tuple[dict[str, Tensor], Tensor]:
    """The chain rule from the last step to the first."""
    slope = ACTIVATIONS[activation].slope
    units = weights["recurrent_kernel"].shape[0]
    before = tf.concat([state[None], tape.outputs[:-1]], 0)
    back = applying_transpose(weights["recurrent_kernel"])
    told, d_output_of = at_each_step(d_outputs, tape.outputs)

    def step(d_h: Tensor, now: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
        saved, h_before, d_output = now
        z, r, p, n = (saved[k * units : (k + 1) * units] for k in range(4))
        d_h = d_h + d_output_of(d_output)
        d_n = d_h * (1.0 - z) * slope(n)
        d_gates = tf.concat([d_h * (h_before - n) * z * (1.0 - z), d_n * p * r * (1.0 - r)], 0)
        from_state = tf.concat([d_gates, d_n * r], 0)
        d_before = d_h * z + back(from_state)
        return d_before, (tf.concat([d_gates, d_n], 0), from_state)

    _, (from_inputs, from_state) = scan(
        step,
        tf.zeros_like(state),
        (tape.saved[0], before, told),
        (3 * units, 3 * units),
        reverse=True,
    )
    gradients = {
        "recurrent_kernel": kernel_gradient(before, from_state),
        "bias": tf.stack([bias_gradient(from_inputs), bias_gradient(from_state)]),
    }
    return gradients, from_inputs
