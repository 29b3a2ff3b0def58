"""What the dense layer reads of the topmost layer: each step, the last, or a mean and a largest.

Outputs are lists over the directions, each in the order in which it reads, see `directions`.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from rnnlab.engine.directions import apart, beside, turned
from rnnlab.network import Network

Tensor = Any


def pooled(network: Network, outputs: list[Tensor]) -> Tensor:
    """What is read, (timesteps read, numbers read, *places)."""
    if network.pooling:
        means = [tf.reduce_mean(one, axis=0, keepdims=True) for one in outputs]
        largest = [tf.reduce_max(one, axis=0, keepdims=True) for one in outputs]
        return tf.concat([*means, *largest], 1)
    if network.last_step:
        return beside([one[-1:] for one in outputs])
    return beside(turned(outputs))


def pooled_back(network: Network, outputs: list[Tensor], d_read: Tensor) -> list[Tensor]:
    """The gradient of each direction's outputs, or of its last step alone, given that of `pooled`.

    Where several steps are the largest, they share its gradient, as in Keras on TensorFlow.
    """
    n = len(outputs)
    if network.pooling:
        parts = tf.split(d_read, 2 * n, axis=1)
        return [_of_each_step(*one) for one in zip(outputs, parts[:n], parts[n:], strict=True)]
    d_outputs = apart(d_read, n)
    return d_outputs if network.last_step else turned(d_outputs)


def _of_each_step(outputs: Tensor, d_mean: Tensor, d_largest: Tensor) -> Tensor:
    largest = outputs >= tf.reduce_max(outputs, axis=0, keepdims=True)
    is_largest = tf.cast(largest, tf.float32)
    share = d_largest / tf.reduce_sum(is_largest, axis=0, keepdims=True)
    return d_mean / outputs.shape[0] + is_largest * share
