"""LSTM over a window, forward and back; the four gates are one product a step."""

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
from rnnlab.engine.scan import Tensors, at_each_step, scan


def forward(weights: dict[str, Tensor], products: Tensor, state: Tensor, activation: str) -> Tape:
    """Output h and memory c, step by step; the gates i, f, g, o stay for the way back."""
    function = ACTIVATIONS[activation].function
    units = weights["recurrent_kernel"].shape[0]
    from_inputs = products + weights["bias"][..., None]
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
    told, d_output_of = at_each_step(d_outputs, tape.outputs)
    # What does not wait for a later step is done for all steps at once.
    i, f, g, o = (gates[:, k * units : (k + 1) * units] for k in range(4))
    by_memory = [g * i * (1.0 - i), memories_before * f * (1.0 - f), i * slope(g)]
    slopes = tf.concat([*by_memory, squashed * o * (1.0 - o)], 1)
    through_output = o * slope(squashed)

    def step(carry: Tensors, now: Tensors) -> tuple[Tensors, Tensors]:
        sloped, through, forget, d_output = now
        d_h = d_output_of(d_output) + carry[0]
        d_c = carry[1] + d_h * through
        d_sums = sloped * tf.concat([d_c, d_c, d_c, d_h], 0)
        return (back(d_sums), d_c * forget), (d_sums,)

    sequences = (slopes, through_output, f, told)
    nothing = tf.zeros_like(state[:units])
    _, (d_sums,) = scan(step, (nothing, nothing), sequences, (4 * units,), reverse=True)
    gradients = {
        "recurrent_kernel": kernel_gradient(before, d_sums),
        "bias": bias_gradient(d_sums),
    }
    return gradients, d_sums
