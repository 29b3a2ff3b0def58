"""The operations that cells, optimizers and the layers around them are written in.

Arrays are feature-major, (..., features, rows): the rows of a batch are the contiguous axis, so
that one instruction works on many of them. A kernel is (inputs, outputs).

A narrow matrix product is written as a product and a sum, which the compiler fuses with its
neighbours; a wide one is a real matrix product, which is slow when tiny. WIDE says where they meet
(measured).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from rnnlab.cells.operations import Map, Tensor, TensorActivation, Tensors
from rnnlab.engine.compiler import LARGEST_LOOP

WIDE = 600
"""A kernel is wide from so many weights on."""

LONG = 250_000
"""A window is long from so many outputs of a layer on: they are a megabyte."""

concat = tf.concat
stack = tf.stack
zeros_like = tf.zeros_like
sigmoid = tf.sigmoid
sqrt = tf.sqrt
power = tf.pow

_ACTIVATIONS = {
    "tanh": TensorActivation(tf.tanh, lambda y: 1.0 - y * y),
    "relu": TensorActivation(tf.nn.relu, lambda y: tf.cast(y > 0.0, tf.float32)),
    "linear": TensorActivation(tf.identity, tf.ones_like),
}


def activation(name: str) -> TensorActivation:
    """The activation of this name in `rnnlab.cells.activations`, on tensors."""
    return _ACTIVATIONS[name]


def to_float(value: Tensor) -> Tensor:
    """Whole numbers as 32-bit floats."""
    return tf.cast(value, tf.float32)


def scan(
    step: Callable[[Any, Tensors], tuple[Any, Tensors]],
    carry: Any,
    sequences: Tensors,
    sizes: tuple[int, ...],
    *,
    reverse: bool = False,
) -> tuple[Any, Tensors]:
    """The last carry, and each output of every step, stacked in the order of time.

    A rolled loop over time steps, which compiles in the same time however many there are.
    `step(carry, slices)` gives (carry, outputs); `sequences` have time as their first axis; output
    k has shape (sizes[k], rows), the rows as in the sequences. With `reverse` time runs
    backwards.
    """
    n_steps, n_rows = sequences[0].shape[0], sequences[0].shape[2]
    empty = tuple(
        tf.TensorArray(tf.float32, n_steps, element_shape=(size, n_rows)) for size in sizes
    )

    def body(i: Tensor, carry: Any, arrays: Tensors) -> tuple[Tensor, Any, Tensors]:
        t = n_steps - 1 - i if reverse else i
        carry, outputs = step(carry, tuple(sequence[t] for sequence in sequences))
        written = (array.write(t, output) for array, output in zip(arrays, outputs, strict=True))
        return i + 1, carry, tuple(written)

    _, carry, arrays = tf.while_loop(
        lambda i, *_: i < n_steps, body, (0, carry, empty), maximum_iterations=n_steps
    )
    return carry, tuple(array.stack() for array in arrays)


def is_long(outputs: Tensor) -> bool:
    """Whether the outputs of a layer over a window are more than a core's cache holds."""
    return bool(math.prod(outputs.shape) >= LONG)


def at_each_step(d_outputs: Tensor, outputs: Tensor) -> tuple[Tensor, Map]:
    """A sequence to scan, and the function from its slice to the gradient of a step's output.

    `outputs` (timesteps, …) is what `d_outputs` belongs to: all of it, or its last step alone. Then
    there are zeros before it; in a long window the sequence only says which step is the last.
    """
    n_steps = outputs.shape[0]
    if d_outputs.shape[0] < n_steps and is_long(outputs):
        is_last = tf.one_hot(n_steps - 1, n_steps)[:, None, None]
        return is_last, lambda last: last * d_outputs[-1]
    if d_outputs.shape[0] < n_steps:
        d_outputs = tf.concat([tf.zeros_like(outputs[:-1]), d_outputs], 0)
    return d_outputs, lambda d_output: d_output


def product_with(kernel: Tensor) -> Map:
    """The function from values (..., inputs, rows) to their product (..., outputs, rows).

    What can be done once is done when the function is made, before the time steps.
    """
    if not is_wide(kernel):
        return lambda values: _sum_of_products(kernel, values)
    transposed = tf.transpose(kernel)
    return lambda values: tf.matmul(transposed, values)


def product_with_transpose(kernel: Tensor) -> Map:
    """The backward pass of `product_with`: (..., outputs, rows) to (..., inputs, rows)."""
    if not is_wide(kernel):
        transposed = tf.transpose(kernel)
        return lambda values: _sum_of_products(transposed, values)
    return lambda values: tf.matmul(kernel, values)


def kernel_gradient(inputs: Tensor, d_outputs: Tensor) -> Tensor:
    """The gradient of a kernel used at every time step, of the kernel's shape: sum of x_t dL/dy_t.

    `inputs` (timesteps, inputs, rows), `d_outputs` (timesteps, outputs, rows).
    """
    if _is_large(d_outputs):
        by_unit, d_by_unit = (_by_unit(values) for values in (inputs, d_outputs))
        return tf.matmul(by_unit, d_by_unit, transpose_b=True)
    if _wide(inputs.shape[1], d_outputs.shape[1]):
        return tf.einsum("tib,tob->io", inputs, d_outputs)
    # The products are (timesteps, inputs, outputs, rows), summed over time, then over rows.
    return sum_over_rows(tf.reduce_sum(inputs[:, :, None] * d_outputs[:, None], axis=0))


def outer(inputs: Tensor, d_outputs: Tensor) -> Tensor:
    """What one step of (inputs, rows) and (outputs, rows) adds to a kernel's gradient."""
    return tf.matmul(inputs, tf.transpose(d_outputs))


def is_wide(kernel: Tensor) -> bool:
    """Whether products with this kernel are real matrix products."""
    return _wide(*kernel.shape)


def bias_gradient(d_outputs: Tensor) -> Tensor:
    """The gradient of a bias added at every time step: (outputs,)."""
    return sum_over_rows(tf.reduce_sum(d_outputs, axis=0))


def sum_over_rows(values: Tensor) -> Tensor:
    """The sum over the last axis, as a product with ones: the compiler vectorizes only that."""
    n_rows = values.shape[-1]
    flat = tf.reshape(values, (-1, n_rows))
    return tf.reshape(tf.matmul(flat, tf.ones((n_rows, 1))), values.shape[:-1])


def _by_unit(values: Tensor) -> Tensor:
    """(timesteps, units, rows) as (units, timesteps * rows)."""
    return tf.reshape(tf.transpose(values, (1, 0, 2)), (values.shape[1], -1))


def _is_large(values: Tensor) -> bool:
    """Whether a loop that reads these numbers twice is too large to become one function.

    For so large a product the library is faster; of all forms only this one is left to it.
    """
    return bool(2 * 4 * math.prod(values.shape) >= LARGEST_LOOP)


def _sum_of_products(kernel: Tensor, values: Tensor) -> Tensor:
    spread = values[..., None, :]  # (..., inputs, 1, rows)
    return tf.reduce_sum(spread * kernel[..., None], axis=-3)


def _wide(inputs: int, outputs: int) -> bool:
    return inputs > 1 and inputs * outputs >= WIDE
