"""One window, forward and back: what an update needs to know of it, whole or in parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from rnnlab.engine import stack
from rnnlab.engine.pooling import pooled, pooled_back
from rnnlab.engine.readout import read
from rnnlab.network import Network

Tensor = Any


class Passed(NamedTuple):
    """What a pass over a window gives.

    `gradients` are those of its mean loss by each weight; `squares` are what optimizers take for
    the squares of some of them, which are not simply squared (`optimizers.Gradient`).
    """

    gradients: dict[str, Tensor]
    squares: dict[str, Tensor]
    state: Tensor
    loss: Tensor
    accuracy: Tensor
    predicted: Tensor


def passed(
    network: Network,
    weights: dict[str, Tensor],
    inputs: Tensor,
    targets: Tensor,
    state: Tensor,
    masks: list[Tensor],
) -> Passed:
    """Forward over `inputs`, read against `targets` (timesteps read, *places), and back."""
    layers = stack.forward(network, weights, inputs, state, masks)
    top = layers[-1].outputs
    reading = read(weights, pooled(network, top), targets, classes=network.classes)
    d_outputs = pooled_back(network, top, reading.d_outputs)
    gradients, squares = stack.backward(network, weights, layers, d_outputs, masks)
    return Passed(
        reading.gradients | gradients,
        squares,
        stack.final_state(network, layers),
        reading.loss,
        reading.accuracy,
        reading.predicted,
    )


def merged(parts: Sequence[Passed]) -> Passed:
    """The pass over a window whose rows went in equal parts."""
    if len(parts) == 1:
        return parts[0]
    n = float(len(parts))
    gradients, squares, states, losses, accuracies, predicted = zip(*parts, strict=True)
    return Passed(
        {name: tf.add_n([one[name] for one in gradients]) / n for name in gradients[0]},
        # Each place's gradient is 1 / n of what it is in its part, its square so much less again.
        {name: tf.add_n([one[name] for one in squares]) / (n * n) for name in squares[0]},
        tf.concat(states, -1),
        tf.add_n(losses) / n,
        tf.add_n(accuracies) / n,
        tf.concat(predicted, -1),
    )
