"""One window, forward and back: the recurrent layers above each other, between input and loss.

A layer reads in one direction, or in two; what belongs to its directions is a list of one or two
tensors (timesteps, units, rows), each in the order in which it is read: to the one that reads
back, the last time step comes first. See `rnnlab.engine.operations` for the shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import tensorflow as tf

from rnnlab.cells.operations import Tape, Tensor
from rnnlab.engine import embedding, operations
from rnnlab.engine.directions import in_time, join, split
from rnnlab.engine.losses import read_out
from rnnlab.engine.operations import kernel_gradient, product_with, product_with_transpose
from rnnlab.engine.pooling import pool, pool_backward
from rnnlab.network import Network, layer_weights, network_names


class WindowResult(NamedTuple):
    """What a forward and backward pass over a window gives.

    `gradients` are those of its mean loss by each weight; `squares` are what optimizers take for
    the squares of some of them, which are not simply squared (`rnnlab.optimizers.Gradient`).
    """

    gradients: dict[str, Tensor]
    squares: dict[str, Tensor]
    state: Tensor
    loss: Tensor
    accuracy: Tensor
    predicted: Tensor


class LayerPass(NamedTuple):
    """What one layer's forward pass leaves: its inputs, its start, and each direction's tape."""

    inputs: Tensor
    state: Tensor
    tapes: list[Tape]

    @property
    def outputs(self) -> list[Tensor]:
        """The outputs of each direction, in the order in which it reads."""
        return [tape.outputs for tape in self.tapes]


def forward_and_backward(
    network: Network,
    weights: dict[str, Tensor],
    inputs: Tensor,
    targets: Tensor,
    state: Tensor,
    masks: list[Tensor],
    lengths: Tensor | None = None,
) -> WindowResult:
    """Forward over `inputs`, the loss of `targets` (timesteps read, rows), and back.

    With `lengths` (rows) each row is read for so many steps (`rnnlab.engine.lengths`).
    """
    layers = forward(network, weights, inputs, state, masks, lengths)
    top = layers[-1].outputs
    read = read_out(weights, pool(network, top, lengths), targets, classes=network.classes)
    d_outputs = pool_backward(network, top, read.d_outputs, lengths)
    gradients, squares = backward(network, weights, layers, d_outputs, masks, lengths)
    return WindowResult(
        read.gradients | gradients,
        squares,
        final_state(network, layers, lengths),
        read.loss,
        read.accuracy,
        read.predicted,
    )


def merge(parts: Sequence[WindowResult]) -> WindowResult:
    """The result for a window whose rows went in equal parts."""
    if len(parts) == 1:
        return parts[0]
    n = float(len(parts))
    gradients, squares, states, losses, accuracies, predicted = zip(*parts, strict=True)
    return WindowResult(
        {name: tf.add_n([part[name] for part in gradients]) / n for name in gradients[0]},
        # Each place's gradient is 1 / n of what it is in its part, its square 1 / n^2.
        {name: tf.add_n([part[name] for part in squares]) / (n * n) for name in squares[0]},
        tf.concat(states, -1),
        tf.add_n(losses) / n,
        tf.add_n(accuracies) / n,
        tf.concat(predicted, -1),
    )


def forward(
    network: Network,
    weights: dict[str, Tensor],
    inputs: Tensor,
    state: Tensor,
    masks: list[Tensor],
    lengths: Tensor | None = None,
) -> list[LayerPass]:
    """Run over `inputs` from `state` (all layers'): what each layer leaves, from below.

    `inputs` are (timesteps, features, rows), or the ids of words (timesteps, rows). `masks`
    are multiplied onto what goes from a layer to the next; empty without dropout.
    """
    layers: list[LayerPass] = []
    for number, start in enumerate(tf.split(state, network.layers)):
        if number:
            inputs = join(in_time(layers[-1].outputs, lengths))  # (timesteps, width, rows)
            inputs = inputs * masks[number - 1] if masks else inputs
        directions = _of_directions(network, weights, number)
        # The kernels of both directions are one: (inputs, directions * columns).
        kernel = join([direction["kernel"] for direction in directions])
        if number or not network.vocabulary:
            products = product_with(kernel)(inputs)  # (timesteps, directions * columns, rows)
        else:
            products = embedding.products(kernel, weights["embedding"], inputs)
        in_order = in_time(split(products, len(directions)), lengths)
        by_direction = zip(directions, in_order, strict=True)
        tapes = [
            network.cell_type.forward(operations, own, own_products, start, network.activation)
            for own, own_products in by_direction
        ]
        layers.append(LayerPass(inputs, start, tapes))
    return layers


def final_state(network: Network, layers: list[LayerPass], lengths: Tensor | None = None) -> Tensor:
    """The states of all layers after the window, one below the other.

    Zeros if the network is bidirectional: the direction that reads back comes from the future. And
    zeros with lengths: after a whole sequence another one begins.
    """
    if network.bidirectional or lengths is not None:
        return tf.concat([tf.zeros_like(layer.state) for layer in layers], 0)
    return tf.concat([layer.tapes[0].final_state for layer in layers], 0)


def backward(
    network: Network,
    weights: dict[str, Tensor],
    layers: list[LayerPass],
    d_outputs: list[Tensor],
    masks: list[Tensor],
    lengths: Tensor | None = None,
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The gradient of each weight, given that of the topmost outputs (Werbos 1990).

    It is cut at the window's start. Beside it the squares of those of which the gradient itself is
    not squared (`embedding.Gradients`).
    """
    gradients: dict[str, Tensor] = {}
    squares: dict[str, Tensor] = {}
    for number in reversed(range(network.layers)):
        directions = _of_directions(network, weights, number)
        kernel = join([direction["kernel"] for direction in directions])
        others, d_products = _backward(network, directions, layers[number], d_outputs, lengths)
        inputs = layers[number].inputs
        if number or not network.vocabulary:
            d_kernel = kernel_gradient(inputs, d_products)
        else:
            of_words = embedding.gradients(kernel, weights["embedding"], inputs, d_products)
            d_kernel, gradients["embedding"], squares["embedding"] = of_words
        d_kernels = split(d_kernel, len(directions))
        for direction, own, own_kernel in zip(network.directions, others, d_kernels, strict=True):
            gradients |= network_names(own | {"kernel": own_kernel}, number + 1, direction)
        if number:
            # The products are x W: dL/dx = dL/d(products) W^T, then through the mask.
            d_inputs = product_with_transpose(kernel)(d_products)
            d_inputs = d_inputs * masks[number - 1] if masks else d_inputs
            d_outputs = in_time(split(d_inputs, len(directions)), lengths)
    return gradients, squares


def _backward(
    network: Network,
    directions: list[dict[str, Tensor]],
    layer: LayerPass,
    d_outputs: list[Tensor],
    lengths: Tensor | None,
) -> tuple[list[dict[str, Tensor]], Tensor]:
    """Of each direction the gradients but the kernel's; of all that of the products, in time."""
    backward_passes = [
        network.cell_type.backward(operations, own, layer.state, tape, d_output, network.activation)
        for own, tape, d_output in zip(directions, layer.tapes, d_outputs, strict=True)
    ]
    gradients, d_products = zip(*backward_passes, strict=True)
    return list(gradients), join(in_time(list(d_products), lengths))


def _of_directions(
    network: Network, weights: dict[str, Tensor], number: int
) -> list[dict[str, Tensor]]:
    return [layer_weights(weights, number + 1, direction) for direction in network.directions]


def dropout_masks(
    network: Network, rate: Tensor, seed: Tensor, count: Tensor, shape: tuple[int, ...]
) -> list[Tensor]:
    """For each pair of neighbouring layers what to multiply with: 0, or 1 / (1 - rate).

    They are drawn from the seed, anew in update `count`; `shape` is (timesteps, width, rows).
    Srivastava et al. (2014), scaled while training, as in Keras.
    """
    masks = []
    for number in range(network.layers - 1):
        stream = count * network.layers + number
        draw = tf.random.stateless_uniform(shape, tf.stack([seed, stream]))
        masks.append(tf.cast(draw >= rate, tf.float32) / (1.0 - rate))
    return masks
