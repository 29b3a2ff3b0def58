"""Matrix products on feature-major arrays (..., features, networks, batch).

Kernels are (inputs, outputs, networks): every network of a run has its own. A narrow product is
written as a product and a sum, which the compiler fuses with its neighbours; a wide one is a real
matrix product, which is slow when tiny. `WIDE` is where they meet (measured).
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

Tensor = Any

WIDE = 64
WORTH_IT = 2000
"""A product is wide from so many weights on, if there are so many multiplications in it."""


def apply_kernel(kernel: Tensor, values: Tensor) -> Tensor:
    """`kernel` times `values` (..., inputs, networks, batch): (..., outputs, networks, batch)."""
    if not _wide(kernel.shape, values.shape[-1]):
        return tf.reduce_sum(values[..., :, None, :, :] * kernel[..., None], axis=-4)
    return _matmul(tf.transpose(kernel, (2, 1, 0)), values)


def apply_transpose(kernel: Tensor, values: Tensor) -> Tensor:
    """The way back through `apply_kernel`: from (..., outputs, …) to (..., inputs, …)."""
    if not _wide(kernel.shape, values.shape[-1]):
        return tf.reduce_sum(values[..., None, :, :, :] * kernel[..., None], axis=-3)
    return _matmul(tf.transpose(kernel, (2, 0, 1)), values)


def kernel_gradient(inputs: Tensor, d_outputs: Tensor) -> Tensor:
    """The gradient of a kernel used at every time step: (inputs, outputs, networks).

    `inputs` (timesteps, inputs, networks, batch), `d_outputs` (timesteps, outputs, …).
    """
    if not _wide((inputs.shape[1], d_outputs.shape[1]), inputs.shape[0] * inputs.shape[3]):
        return tf.reduce_sum(inputs[:, :, None] * d_outputs[:, None], axis=[0, 4])
    gradient = tf.matmul(_flat(inputs), _flat(d_outputs), transpose_b=True)
    return tf.transpose(gradient, (1, 2, 0))


def bias_gradient(d_outputs: Tensor) -> Tensor:
    """The gradient of a bias added at every time step: (outputs, networks)."""
    return tf.reduce_sum(d_outputs, axis=[0, 3])


def _wide(kernel: Any, batch: int) -> bool:
    """Whether a kernel of this shape, used on so many columns, is better a matrix product."""
    weights = kernel[0] * kernel[1]
    return bool(kernel[0] > 1 and weights >= WIDE and weights * batch >= WORTH_IT)


def _matmul(kernel: Tensor, values: Tensor) -> Tensor:
    """`kernel` (networks, outputs, inputs) times `values` (..., inputs, networks, batch)."""
    first = list(range(values.shape.rank - 3))
    swapped = [*first, len(first) + 1, len(first), len(first) + 2]
    for size in reversed(values.shape[: len(first)]):
        kernel = tf.tile(kernel[None], (size, *[1] * kernel.shape.rank))
    return tf.transpose(tf.matmul(kernel, tf.transpose(values, swapped)), swapped)


def _flat(values: Tensor) -> Tensor:
    """(timesteps, features, networks, batch) as (networks, features, timesteps * batch)."""
    timesteps, features, networks, batch = values.shape
    return tf.reshape(tf.transpose(values, (2, 1, 0, 3)), (networks, features, timesteps * batch))
