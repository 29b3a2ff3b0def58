"""The activations of `rnnlab.cells.activations`, on tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow as tf

Tensor = Any


class Activation(NamedTuple):
    """A function, and its derivative as a function of the output."""

    function: Callable[[Tensor], Tensor]
    slope: Callable[[Tensor], Tensor]


ACTIVATIONS = {
    "tanh": Activation(tf.tanh, lambda y: 1.0 - y * y),
    "relu": Activation(tf.nn.relu, lambda y: tf.cast(y > 0.0, tf.float32)),
    "linear": Activation(tf.identity, tf.ones_like),
}
