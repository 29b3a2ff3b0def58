"""Optimizers on one flat vector of all weights: each a pure function, arithmetic as in Keras.

Weights and gradient are (weights, networks); `slots` are what an optimizer remembers, of shape
(number of slots, weights, networks); `count` is the number of updates done before this one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow as tf

Tensor = Any
EPSILON = 1e-7


class Gradient(NamedTuple):
    """A gradient, and what optimizers take for its square.

    That is the square of each number, but for a weight that the input picks. Such a gradient is a
    sum over the places that picked it, and Keras on TensorFlow squares each before it sums.
    """

    values: Tensor
    squares: Tensor

    @classmethod
    def of(cls, values: Tensor) -> Gradient:
        """The gradient of weights that are used whatever the input."""
        return cls(values, values * values)


class Optimizer(NamedTuple):
    """What each slot starts from, and the update: gradient to (weights, slots)."""

    initial_slots: tuple[float, ...]
    update: Callable[[Tensor, Tensor, Gradient, Tensor, Tensor], tuple[Tensor, Tensor]]


def _adagrad(
    weights: Tensor, slots: Tensor, gradient: Gradient, rate: Tensor, _count: Tensor
) -> tuple[Tensor, Tensor]:
    """Duchi, Hazan & Singer (2011)."""
    squares = slots[0] + gradient.squares
    return weights - rate * gradient.values / tf.sqrt(squares + EPSILON), squares[None]


def _adam(
    weights: Tensor, slots: Tensor, gradient: Gradient, rate: Tensor, count: Tensor
) -> tuple[Tensor, Tensor]:
    """Kingma & Ba (2015), with the bias corrections folded into the rate as in their section 2."""
    t = tf.cast(count + 1, tf.float32)
    mean = slots[0] + (gradient.values - slots[0]) * (1.0 - 0.9)
    square = slots[1] + (gradient.squares - slots[1]) * (1.0 - 0.999)
    corrected = rate * tf.sqrt(1.0 - tf.pow(0.999, t)) / (1.0 - tf.pow(0.9, t))
    return weights - corrected * mean / (tf.sqrt(square) + EPSILON), tf.stack([mean, square])


def _sgd(
    weights: Tensor, slots: Tensor, gradient: Gradient, rate: Tensor, _count: Tensor
) -> tuple[Tensor, Tensor]:
    """Steepest descent: no memory at all."""
    return weights - rate * gradient.values, slots


def _momentum(
    weights: Tensor, slots: Tensor, gradient: Gradient, rate: Tensor, _count: Tensor
) -> tuple[Tensor, Tensor]:
    """Steepest descent with inertia: 0.9 of the last step is done again (Polyak 1964)."""
    speed = 0.9 * slots[0] - rate * gradient.values
    return weights + speed, speed[None]


def _rmsprop(
    weights: Tensor, slots: Tensor, gradient: Gradient, rate: Tensor, _count: Tensor
) -> tuple[Tensor, Tensor]:
    """Tieleman & Hinton (2012), lecture 6.5; a running mean of the squares, 0.9 of it kept."""
    squares = 0.9 * slots[0] + (1.0 - 0.9) * gradient.squares
    return weights - rate * gradient.values / tf.sqrt(squares + EPSILON), squares[None]


OPTIMIZERS = {
    "sgd": Optimizer((), _sgd),
    "momentum": Optimizer((0.0,), _momentum),
    "rmsprop": Optimizer((0.0,), _rmsprop),
    "adagrad": Optimizer((0.1,), _adagrad),
    "adam": Optimizer((0.0, 0.0), _adam),
}


def clipped(gradient: Gradient, norm: Tensor) -> Gradient:
    """Each network's gradient, shortened to `norm` where it is longer (Pascanu et al. 2013).

    As in Keras, the length is that of the squares, but what comes out is squared as it is.
    """
    length = tf.sqrt(tf.reduce_sum(gradient.squares, axis=0))
    return Gradient.of(gradient.values * (norm * tf.minimum(1.0 / length, 1.0 / norm)))
