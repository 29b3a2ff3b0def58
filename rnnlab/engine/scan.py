"""A rolled loop over time steps: compiles in the same time however many steps there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

Tensor = Any
Tensors = tuple[Tensor, ...]


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
