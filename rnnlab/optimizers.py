"""The optimizers, each an entry of `OPTIMIZERS`: Keras' class, and the same arithmetic by hand.

The engine keeps all weights in one flat vector. Weights and gradient are (weights,);
`slots` are what an optimizer remembers, of shape (number of slots, weights); `count` is
the number of updates done before this one. An update is a pure function in the engine's
operations (`rnnlab.cells.operations`), so that settings and scripts need no TensorFlow to know it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rnnlab.cells.operations import Operations, Tensor

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


Update = Callable[[Operations, Tensor, Tensor, Gradient, Tensor, Tensor], tuple[Tensor, Tensor]]
"""From (operations, weights, slots, gradient, learning rate, count) to (weights, slots)."""


@dataclass(frozen=True)
class Optimizer:
    """An optimizer of Keras, with the options that are not Keras' defaults, and its update.

    `initial_slots` is the number that each slot starts from.
    """

    keras_class: str
    update: Update
    initial_slots: tuple[float, ...] = ()
    keras_options: Mapping[str, float] = field(default_factory=dict)


def _sgd(
    _ops: Operations,
    weights: Tensor,
    slots: Tensor,
    gradient: Gradient,
    rate: Tensor,
    _count: Tensor,
) -> tuple[Tensor, Tensor]:
    """Steepest descent: no memory at all."""
    return weights - rate * gradient.values, slots


def _momentum(
    _ops: Operations,
    weights: Tensor,
    slots: Tensor,
    gradient: Gradient,
    rate: Tensor,
    _count: Tensor,
) -> tuple[Tensor, Tensor]:
    """Steepest descent with inertia: 0.9 of the last step is done again (Polyak 1964)."""
    velocity = 0.9 * slots[0] - rate * gradient.values
    return weights + velocity, velocity[None]


def _adagrad(
    ops: Operations,
    weights: Tensor,
    slots: Tensor,
    gradient: Gradient,
    rate: Tensor,
    _count: Tensor,
) -> tuple[Tensor, Tensor]:
    """Duchi, Hazan & Singer (2011)."""
    squares = slots[0] + gradient.squares
    return weights - rate * gradient.values / ops.sqrt(squares + EPSILON), squares[None]


def _rmsprop(
    ops: Operations,
    weights: Tensor,
    slots: Tensor,
    gradient: Gradient,
    rate: Tensor,
    _count: Tensor,
) -> tuple[Tensor, Tensor]:
    """Tieleman & Hinton (2012), lecture 6.5; a running mean of the squares, 0.9 of it kept."""
    squares = 0.9 * slots[0] + (1.0 - 0.9) * gradient.squares
    return weights - rate * gradient.values / ops.sqrt(squares + EPSILON), squares[None]


def _adam(
    ops: Operations,
    weights: Tensor,
    slots: Tensor,
    gradient: Gradient,
    rate: Tensor,
    count: Tensor,
) -> tuple[Tensor, Tensor]:
    """Kingma & Ba (2015), with the bias corrections folded into the rate as in their section 2."""
    t = ops.to_float(count + 1)
    mean = slots[0] + (gradient.values - slots[0]) * (1.0 - 0.9)
    square = slots[1] + (gradient.squares - slots[1]) * (1.0 - 0.999)
    corrected = rate * ops.sqrt(1.0 - ops.power(0.999, t)) / (1.0 - ops.power(0.9, t))
    return weights - corrected * mean / (ops.sqrt(square) + EPSILON), ops.stack([mean, square])


OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": Optimizer("SGD", _sgd),
    "momentum": Optimizer("SGD", _momentum, (0.0,), {"momentum": 0.9}),
    "adagrad": Optimizer("Adagrad", _adagrad, (0.1,)),
    "rmsprop": Optimizer("RMSprop", _rmsprop, (0.0,)),
    "adam": Optimizer("Adam", _adam, (0.0, 0.0)),
}
