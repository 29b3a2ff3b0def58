"""A rolled loop over time steps: compiles in the same time however many steps there are."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import tensorflow as tf

Tensor = Any
Tensors = tuple[Tensor, ...]

LONG = 250_000
"""So many numbers are a megabyte."""


def scan(
    step: Callable[[Any, Tensors], tuple[Any, Tensors]],
    carry: Any,
    sequences: Tensors,
    sizes: tuple[int, ...],
    *,
    reverse: bool = False,
) -> tuple[Any, Tensors]:
    """The last carry, and each output of every step, stacked in the order of time.

    `step(carry, slices)` gives (carry, outputs); `sequences` have time as their first axis; output
    k has shape (sizes[k], *places), the places as in the carry. With `reverse` time runs
    backwards.
    """
    n_steps, places = sequences[0].shape[0], sequences[0].shape[2:]
    blank = tuple(
        tf.TensorArray(tf.float32, n_steps, element_shape=(size, *places)) for size in sizes
    )

    def body(i: Tensor, carry: Any, told: Tensors) -> tuple[Tensor, Any, Tensors]:
        t = n_steps - 1 - i if reverse else i
        carry, outputs = step(carry, tuple(sequence[t] for sequence in sequences))
        written = (one.write(t, output) for one, output in zip(told, outputs, strict=True))
        return i + 1, carry, tuple(written)

    _, carry, told = tf.while_loop(
        lambda i, *_: i < n_steps, body, (0, carry, blank), maximum_iterations=n_steps
    )
    return carry, tuple(one.stack() for one in told)


def is_long(outputs: Tensor) -> bool:
    """Whether what a layer says over a window is more than a core's cache holds."""
    return bool(math.prod(outputs.shape) >= LONG)


def at_each_step(d_outputs: Tensor, outputs: Tensor) -> tuple[Tensor, Callable[[Tensor], Tensor]]:
    """A sequence to scan, and what makes of its slice the gradient of a step's output.

    `outputs` (timesteps, …) is what `d_outputs` belongs to: all of it, or its last step alone. Then
    there are zeros before it; in a long window the sequence only says where the last step is.
    """
    n_steps = outputs.shape[0]
    if d_outputs.shape[0] < n_steps and is_long(outputs):
        is_last = tf.one_hot(n_steps - 1, n_steps)
        is_last = tf.reshape(is_last, (-1, *[1] * (outputs.shape.rank - 1)))
        return is_last, lambda now: now * d_outputs[-1]
    if d_outputs.shape[0] < n_steps:
        d_outputs = tf.concat([tf.zeros_like(outputs[:-1]), d_outputs], 0)
    return d_outputs, lambda now: now
