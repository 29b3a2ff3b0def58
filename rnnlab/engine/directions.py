"""What belongs to the directions of a layer: side by side, and each in the order of its reading."""

from __future__ import annotations

import tensorflow as tf

from rnnlab.cells.operations import Tensor
from rnnlab.engine.lengths import turned


def join(parts: list[Tensor], axis: int = 1) -> Tensor:
    """What belongs to each direction, side by side."""
    return parts[0] if len(parts) == 1 else tf.concat(parts, axis)


def split(whole: Tensor, n: int, axis: int = 1) -> list[Tensor]:
    """The backward pass of `join`, for `n` directions."""
    return [whole] if n == 1 else tf.split(whole, n, axis)


def in_time(parts: list[Tensor], lengths: Tensor | None = None) -> list[Tensor]:
    """From the order in which each direction reads to that of time; or from time to reading."""
    forwards, *backwards = parts
    return [forwards, *(turned(part, lengths) for part in backwards)]
