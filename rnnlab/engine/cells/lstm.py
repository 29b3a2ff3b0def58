"""LSTM over a window, forward and back; the four gates are one product a step."""

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
from rnnlab.engine.scan import Tensors, scan


def forward(weights: dict[str, Tensor], inputs: Tensor, state: Tensor, activation: str) -> Tape:
    """Output h and memory c, step by step; the gates i, f, g, o stay for the way back."""
    function = ACTIVATIONS[activation].function
    units = weights["recurrent_kernel"].shape[0]
    from_inputs = apply_kernel(weights["kernel"], inputs) + weights["bias"][..., None]
    recur = applying(weights["recurrent_kernel"])

    def step(carry: Tensor, now: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
        sums = now[0] + recur(carry[:units])
        in_and_forget = tf.sigmoid(sums[: 2 * units])
        g = function(sums[2 * units : 3 * units])
        o = tf.sigmoid(sums[3 * units :])
        c = in_and_forget[units:] * carry[units:] + in_and_forget[:units] * g
        squashed = function(c)
        h = o * squashed
        return tf.concat([h, c], 0), (h, c, squashed, tf.concat([in_and_forget, g, o], 0))

    sizes = (units, units, units, 4 * units)
    final, (outputs, *saved) = scan(step, state, (from_inputs,), sizes)
    return Tape(outputs, final, tuple(saved))


def backward(
    weights: dict[str, Tensor],
    inputs: Tensor,
    state: Tensor,
    tape: Tape,
    d_outputs: Tensor,
    activation: str,
) -> tuple[dict[str, Tensor], Tensor]:
    """The chain rule from the last step to the first, on h and c together."""
    slope = ACTIVATIONS[activation].slope
    units = weights["recurrent_kernel"].shape[0]
    memories, squashed, gates = tape.saved
    before = tf.concat([state[None, :units], tape.outputs[:-1]], 0)
    memories_before = tf.concat([state[None, units:], memories[:-1]], 0)
    back = applying_transpose(weights["recurrent_kernel"])

    def step(carry: Tensors, now: Tensors) -> tuple[Tensors, Tensors]:
        d_output, gate, squashed_now, memory_before = now
        i, f, g, o = (gate[k * units : (k + 1) * units] for k in range(4))
        d_h = d_output + carry[0]
        d_c = carry[1] + d_h * o * slope(squashed_now)
        d_sums = tf.concat(
            [
                d_c * g * i * (1.0 - i),
                d_c * memory_before * f * (1.0 - f),
                d_c * i * slope(g),
                d_h * squashed_now * o * (1.0 - o),
            ],
            0,
        )
        d_before = back(d_sums)
        return (d_before, d_c * f), (d_sums,)

    sequences = (d_outputs, gates, squashed, memories_before)
    nothing = tf.zeros_like(state[:units])
    _, (d_sums,) = scan(step, (nothing, nothing), sequences, (4 * units,), reverse=True)
    gradients = {
        "kernel": kernel_gradient(inputs, d_sums),
        "recurrent_kernel": kernel_gradient(before, d_sums),
        "bias": bias_gradient(d_sums),
    }
    return gradients, d_sums
