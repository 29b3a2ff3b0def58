"""Sequences of unequal length: which steps of a window are theirs, and reading from their end.

A step under a mask changes nothing, so it can as well be left out: the rows begin at the first step
of the window, each has a length, and nothing of what stands behind is read. All that Keras' masks
give follows, wherever the padding was. `lengths` are whole numbers (rows,), from 1 on.
"""

from __future__ import annotations

import tensorflow as tf

from rnnlab.cells.operations import Tensor


def is_read(lengths: Tensor, timesteps: int) -> Tensor:
    """1 at the steps before the end of their sequence, else 0: (timesteps, 1, rows)."""
    return tf.cast(_steps(timesteps) < lengths, tf.float32)[:, None]


def is_last(lengths: Tensor, timesteps: int) -> Tensor:
    """1 at the last step of each sequence, else 0: (timesteps, 1, rows)."""
    return tf.cast(tf.equal(_steps(timesteps), lengths - 1), tf.float32)[:, None]


def turned(part: Tensor, lengths: Tensor | None) -> Tensor:
    """Each sequence of (timesteps, numbers, rows) from its end to its start.

    Without lengths all are as long as the window; what stands behind the end stays where it is.
    """
    if lengths is None:
        return tf.reverse(part, [0])
    return tf.reverse_sequence(part, lengths, seq_axis=0, batch_axis=2)


def _steps(timesteps: int) -> Tensor:
    """The steps from 0, (timesteps, 1), to be compared with lengths."""
    return tf.range(timesteps)[:, None]
