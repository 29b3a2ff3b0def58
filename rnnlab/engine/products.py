"""Matrix products on feature-major arrays (..., features, *places).

The places are (batch,), or (networks, batch) where several networks train side by side; a kernel is
then (inputs, outputs) or (inputs, outputs, networks). A narrow product is written as a product and
a sum, which the compiler fuses with its neighbours; a wide one is a real matrix product, which is
slow when tiny. WIDE says where they meet (measured).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

Tensor = Any
Product = Callable[[Tensor], Tensor]

WIDE = 600
"""A kernel is wide from so many weights on."""


def applying(kernel: Tensor) -> Product:
    """`kernel` times values (..., inputs, *places): (..., outputs, *places).

    What can be done once is done here, before the time steps.
    """
    if not _wide(*kernel.shape[:2]):
        return lambda values: _sum_of_products(kernel, values)
    return _matmul(tf.einsum("io...->oi...", kernel))


def applying_transpose(kernel: Tensor) -> Product:
    """The way back through `applying`: from (..., outputs, *places) to (..., inputs, *places)."""
    if not _wide(*kernel.shape[:2]):
        turned = tf.einsum("io...->oi...", kernel)
        return lambda values: _sum_of_products(turned, values)
    return _matmul(kernel)


def apply_kernel(kernel: Tensor, values: Tensor) -> Tensor:
    """`applying` a kernel once."""
    return applying(kernel)(values)


def apply_transpose(kernel: Tensor, values: Tensor) -> Tensor:
    """`applying_transpose` of a kernel once."""
    return applying_transpose(kernel)(values)


def kernel_gradient(inputs: Tensor, d_outputs: Tensor) -> Tensor:
    """The gradient of a kernel used at every time step: of the kernel's shape.

    `inputs` (timesteps, inputs, *places), `d_outputs` (timesteps, outputs, *places).
    """
    if _wide(inputs.shape[1], d_outputs.shape[1]):
        return tf.einsum("ti...b,to...b->io...", inputs, d_outputs)
    return over_batch(tf.reduce_sum(inputs[:, :, None] * d_outputs[:, None], axis=0))


def outer(inputs: Tensor, d_outputs: Tensor) -> Tensor:
    """What one step of (inputs, batch) and (outputs, batch) adds to a kernel's gradient."""
    return tf.matmul(inputs, d_outputs, transpose_b=True)


def is_wide(kernel: Tensor) -> bool:
    """Whether products with this kernel of one network are real matrix products."""
    return bool(kernel.shape.rank == 2 and _wide(*kernel.shape))


def bias_gradient(d_outputs: Tensor) -> Tensor:
    """The gradient of a bias added at every time step: (outputs,) or (outputs, networks)."""
    return over_batch(tf.reduce_sum(d_outputs, axis=0))


def over_batch(values: Tensor) -> Tensor:
    """The sum over the last axis, as a product with ones: the compiler vectorizes only that."""
    batch = values.shape[-1]
    rows = tf.reshape(values, (-1, batch))
    return tf.reshape(tf.matmul(rows, tf.ones((batch, 1))), values.shape[:-1])


def _sum_of_products(kernel: Tensor, values: Tensor) -> Tensor:
    places = kernel.shape.rank - 1
    spread = tf.expand_dims(values, -places - 1)
    return tf.reduce_sum(spread * kernel[..., None], axis=-places - 2)


def _matmul(kernel: Tensor) -> Product:
    """`kernel` (outputs, inputs[, networks]) times (..., inputs, *places)."""
    if kernel.shape.rank == 2:
        return lambda values: tf.matmul(kernel, values)
    return lambda values: tf.einsum("oin,...inb->...onb", kernel, values)


def _wide(inputs: int, outputs: int) -> bool:
    return inputs > 1 and inputs * outputs >= WIDE
