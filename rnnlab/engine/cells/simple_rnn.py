"""SimpleRNN over a window, forward and back, the way back written out by hand (Werbos 1990).

Only what depends on the step before runs step by step; input products and weight gradients are
taken over all time steps at once.
"""

from __future__ import annotations

import tensorflow as tf

from rnnlab.engine.activations import ACTIVATIONS
from rnnlab.engine.cells import Tape, Tensor
from rnnlab.engine.products import (
    applying,
    applying_transpose,
    bias_gradient,
    is_wide,
    kernel_gradient,
    outer,
)
from rnnlab.engine.scan import Tensors, at_each_step, is_long, scan


def forward(weights: dict[str, Tensor], products: Tensor, state: Tensor, activation: str) -> Tape:
    """h_t = f(x_t W + h_{t-1} U + b) over the window."""
    function = ACTIVATIONS[activation].function
    from_inputs = products + weights["bias"][..., None]
    recur = applying(weights["recurrent_kernel"])

    def step(h: Tensor, now: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
        h = function(now[0] + recur(h))
        return h, (h,)

    final, (outputs,) = scan(step, state, (from_inputs,), (state.shape[0],))
    return Tape(outputs, final, ())


def backward(
    weights: dict[str, Tensor],
    state: Tensor,
    tape: Tape,
    d_outputs: Tensor,
    activation: str,
) -> tuple[dict[str, Tensor], Tensor]:
    """dL/da_t = (dL/dh_t + U dL/da_{t+1}) f'(a_t), from the last step to the first."""
    slope = ACTIVATIONS[activation].slope
    kernel = weights["recurrent_kernel"]
    back = applying_transpose(kernel)
    told, d_output_of = at_each_step(d_outputs, tape.outputs)

    def step(carry: Tensors, now: Tensors) -> tuple[Tensors, Tensors]:
        d_a, *gradient = carry
        output, d_output = now
        gradient = [sum_so_far + outer(output, d_a) for sum_so_far in gradient]
        d_a = (d_output_of(d_output) + back(d_a)) * slope(output)
        return (d_a, *gradient), (d_a,)

    # In a long window the gradient is summed step by step, as long as all is in the cache.
    by_step = [tf.zeros_like(kernel)] if is_wide(kernel) and is_long(tape.outputs) else []
    (_, *by_step), (d_a,) = scan(
        step,
        (tf.zeros_like(state), *by_step),
        (tape.outputs, told),
        (state.shape[0],),
        reverse=True,
    )
    if by_step:
        gradient = by_step[0] + outer(state, d_a[0])
    else:
        gradient = kernel_gradient(tf.concat([state[None], tape.outputs[:-1]], 0), d_a)
    return {"recurrent_kernel": gradient, "bias": bias_gradient(d_a)}, d_a
