"""A rolled loop over time steps: compiles in the same time however many steps there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

Tensor = Any
Step = Callable[[Tensor, tuple[Tensor, ...]], tuple[Tensor, Tensor]]


def scan(
    step: Step, carry: Tensor, sequences: tuple[Tensor, ...], *, reverse: bool = False
) -> tuple[Tensor, Tensor]:
    """The last carry, and the outputs of every step stacked in the order of time.

    `step(carry, slices)` gives (carry, output); `sequences` have time as their first axis, and an
    output has the shape of the carry. With `reverse` time runs backwards.
    """
    n_steps = sequences[0].shape[0]
    outputs = tf.TensorArray(tf.float32, n_steps, element_shape=carry.shape)

    def body(i: Tensor, carry: Tensor, outputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        t = n_steps - 1 - i if reverse else i
        carry, output = step(carry, tuple(sequence[t] for sequence in sequences))
        return i + 1, carry, outputs.write(t, output)

    _, carry, outputs = tf.while_loop(
        lambda i, *_: i < n_steps, body, (0, carry, outputs), maximum_iterations=n_steps
    )
    return carry, outputs.stack()
