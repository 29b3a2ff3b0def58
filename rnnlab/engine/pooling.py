"""What the dense layer reads of the topmost layer, and the way back.

With `lengths` (`rnnlab.engine.lengths`) the last step is each sequence's own, and mean and maximum
are over its own steps.
"""

from __future__ import annotations

import tensorflow as tf

from rnnlab.cells.operations import Tensor
from rnnlab.engine.directions import in_time, join, split
from rnnlab.engine.lengths import is_last, is_read
from rnnlab.network import Network


def pool(network: Network, outputs: list[Tensor], lengths: Tensor | None = None) -> Tensor:
    """What the dense layer reads: (timesteps read, numbers read, rows).

    Each step of the topmost layer, its last one, or the mean and the maximum over time.
    """
    if network.pooling:
        means = [_mean(own, lengths) for own in outputs]
        maxima = [_maximum(own, lengths) for own in outputs]
        return tf.concat([*means, *maxima], 1)
    if network.last_step:
        return join([_last(own, lengths) for own in outputs])
    return join(in_time(outputs))


def pool_backward(
    network: Network, outputs: list[Tensor], d_read: Tensor, lengths: Tensor | None = None
) -> list[Tensor]:
    """The gradient of each direction's outputs, or of its last step alone, given that of `pool`.

    Where several steps are the maximum, they share its gradient, as in Keras on TensorFlow.
    """
    n = len(outputs)
    if network.pooling:
        parts = tf.split(d_read, 2 * n, axis=1)
        by_direction = zip(outputs, parts[:n], parts[n:], strict=True)
        return [_of_each_step(*direction, lengths) for direction in by_direction]
    d_outputs = split(d_read, n)
    if lengths is not None:
        last = is_last(lengths, outputs[0].shape[0])
        return [last * own for own in d_outputs]
    return d_outputs if network.last_step else in_time(d_outputs)


def _last(outputs: Tensor, lengths: Tensor | None) -> Tensor:
    if lengths is None:
        return outputs[-1:]
    last = is_last(lengths, outputs.shape[0])
    return tf.reduce_sum(tf.where(last > 0.0, outputs, 0.0), axis=0, keepdims=True)


def _mean(outputs: Tensor, lengths: Tensor | None) -> Tensor:
    if lengths is None:
        return tf.reduce_mean(outputs, axis=0, keepdims=True)
    own = tf.where(is_read(lengths, outputs.shape[0]) > 0.0, outputs, 0.0)
    return tf.reduce_sum(own, axis=0, keepdims=True) / tf.cast(lengths, tf.float32)


def _maximum(outputs: Tensor, lengths: Tensor | None) -> Tensor:
    if lengths is not None:
        lowest = outputs.dtype.min
        outputs = tf.where(is_read(lengths, outputs.shape[0]) > 0.0, outputs, lowest)
    return tf.reduce_max(outputs, axis=0, keepdims=True)


def _of_each_step(
    outputs: Tensor, d_mean: Tensor, d_maximum: Tensor, lengths: Tensor | None
) -> Tensor:
    """A mean gives each step 1 / timesteps of its gradient, a maximum all of it to its steps."""
    is_maximum = tf.cast(outputs >= _maximum(outputs, lengths), tf.float32)
    d_each = d_mean / outputs.shape[0]
    if lengths is not None:
        own = is_read(lengths, outputs.shape[0])
        is_maximum, d_each = is_maximum * own, own * d_mean / tf.cast(lengths, tf.float32)
    share = d_maximum / tf.reduce_sum(is_maximum, axis=0, keepdims=True)
    return d_each + is_maximum * share  # (timesteps, units, rows)
