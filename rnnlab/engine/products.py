"""Matrix products of small layers on feature-major arrays (..., features, batch)."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

Tensor = Any


def apply_kernel(kernel: Tensor, values: Tensor) -> Tensor:
    """`kernel` (inputs, outputs) times `values` (..., inputs, batch): (..., outputs, batch)."""
    return tf.reduce_sum(values[..., :, None, :] * kernel[:, :, None], axis=-3)


def apply_transpose(kernel: Tensor, values: Tensor) -> Tensor:
    """The way back through `apply_kernel`: (..., outputs, batch) to (..., inputs, batch)."""
    return tf.reduce_sum(values[..., None, :, :] * kernel[:, :, None], axis=-2)


def kernel_gradient(inputs: Tensor, d_outputs: Tensor) -> Tensor:
    """The gradient of a kernel used at every time step: (inputs, outputs).

    `inputs` (timesteps, inputs, batch), `d_outputs` (timesteps, outputs, batch).
    """
    return tf.reduce_sum(inputs[:, :, None, :] * d_outputs[:, None, :, :], axis=[0, 3])
