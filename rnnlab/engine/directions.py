"""The directions in which a layer reads: the outputs of each, in the order in which it reads.

Lists have one array (timesteps, units, *places) for each direction: of one that reads on, and in a
bidirectional layer of one that reads back, to which the last time step comes first.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

Tensor = Any


def beside(parts: list[Tensor], axis: int = 1) -> Tensor:
    """What belongs to each direction, side by side."""
    return parts[0] if len(parts) == 1 else tf.concat(parts, axis)


def apart(whole: Tensor, n: int, axis: int = 1) -> list[Tensor]:
    """The way back through `beside`, for `n` directions."""
    return [whole] if n == 1 else tf.split(whole, n, axis)


def turned(parts: list[Tensor]) -> list[Tensor]:
    """From the order of time to that in which each direction reads; or from that to time."""
    on, *back = parts
    return [on, *(tf.reverse(one, [0]) for one in back)]
