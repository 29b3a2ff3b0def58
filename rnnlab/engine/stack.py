"""Recurrent layers above each other, over one window, forward and back."""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf

from rnnlab.engine import words
from rnnlab.engine.cells import Tape, engine_cell
from rnnlab.engine.directions import apart, beside, turned
from rnnlab.engine.products import apply_kernel, apply_transpose, kernel_gradient
from rnnlab.network import Network, layer_weights, network_names

Tensor = Any


class Layer(NamedTuple):
    """What one layer's forward pass leaves: its inputs, and of each direction start and tape."""

    inputs: Tensor
    state: Tensor
    tapes: list[Tape]

    @property
    def outputs(self) -> list[Tensor]:
        """What each direction says, in the order in which it reads: (timesteps, units, *places)."""
        return [tape.outputs for tape in self.tapes]


def forward(
    network: Network,
    weights: dict[str, Tensor],
    inputs: Tensor,
    state: Tensor,
    masks: list[Tensor],
) -> list[Layer]:
    """Run over `inputs` from `state` (all layers'): what each layer leaves, from below.

    `inputs` are (timesteps, features, *places), or the ids of words (timesteps, *places). `masks`
    are multiplied onto what goes from a layer to the next; empty without dropout.
    """
    cell = engine_cell(network.cell)
    layers: list[Layer] = []
    for number, start in enumerate(tf.split(state, network.layers)):
        if number:
            inputs = beside(turned(layers[-1].outputs))
            inputs = inputs * masks[number - 1] if masks else inputs
        own = _of_directions(network, weights, number)
        kernel = beside([one["kernel"] for one in own])
        if number or not network.vocabulary:
            products = apply_kernel(kernel, inputs)
        else:
            products = words.products(kernel, weights["embedding"], inputs)
        of_each = zip(own, turned(apart(products, len(own))), strict=True)
        tapes = [cell.forward(*one, start, network.activation) for one in of_each]
        layers.append(Layer(inputs, start, tapes))
    return layers


def final_state(network: Network, layers: list[Layer]) -> Tensor:
    """The states of all layers after the window, one below the other.

    Zeros, if the network is bidirectional: who reads back comes from the future.
    """
    if network.bidirectional:
        return tf.concat([tf.zeros_like(layer.state) for layer in layers], 0)
    return tf.concat([layer.tapes[0].final_state for layer in layers], 0)


def backward(
    network: Network,
    weights: dict[str, Tensor],
    layers: list[Layer],
    d_outputs: list[Tensor],
    masks: list[Tensor],
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The gradient of each weight, given that of the outputs (`Layer`); cut at the window's start.

    And the squares of those of which the gradient itself is not squared (`words.Gradients`).
    """
    gradients: dict[str, Tensor] = {}
    squares: dict[str, Tensor] = {}
    for number in reversed(range(network.layers)):
        own = _of_directions(network, weights, number)
        kernel = beside([one["kernel"] for one in own])
        found, d_products = _backward(network, own, layers[number], d_outputs)
        inputs = layers[number].inputs
        if number or not network.vocabulary:
            d_kernel = kernel_gradient(inputs, d_products)
        else:
            of_words = words.gradients(kernel, weights["embedding"], inputs, d_products)
            d_kernel, gradients["embedding"], squares["embedding"] = of_words
        d_kernels = apart(d_kernel, len(own))
        for way, others, one in zip(network.directions, found, d_kernels, strict=True):
            gradients |= network_names(others | {"kernel": one}, number + 1, way)
        if number:
            d_inputs = apply_transpose(kernel, d_products)
            d_inputs = d_inputs * masks[number - 1] if masks else d_inputs
            d_outputs = turned(apart(d_inputs, len(own)))
    return gradients, squares


def _backward(
    network: Network, own: list[dict[str, Tensor]], layer: Layer, d_outputs: list[Tensor]
) -> tuple[list[dict[str, Tensor]], Tensor]:
    """Of each direction the gradients but the kernel's; of all that of the products, in time."""
    cell = engine_cell(network.cell)
    told = [
        cell.backward(weights, layer.state, tape, d_said, network.activation)
        for weights, tape, d_said in zip(own, layer.tapes, d_outputs, strict=True)
    ]
    found, d_products = zip(*told, strict=True)
    return list(found), beside(turned(list(d_products)))


def _of_directions(
    network: Network, weights: dict[str, Tensor], number: int
) -> list[dict[str, Tensor]]:
    return [layer_weights(weights, number + 1, direction) for direction in network.directions]


def dropout_masks(
    network: Network, rate: Tensor, seeds: Tensor, count: Tensor, shape: tuple[int, ...]
) -> list[Tensor]:
    """For each pair of neighbouring layers what to multiply: 0, or 1 / (1 - rate).

    Each network draws from its own seed, anew in update `count`; `shape` is (timesteps, width,
    *places). Srivastava et al. (2014), scaled while training, as in Keras.
    """
    timesteps, width, *networks, batch = shape
    masks = []
    for number in range(network.layers - 1):
        place = count * network.layers + number
        draws = [
            tf.random.stateless_uniform((timesteps, width, batch), tf.stack([seed, place]))
            for seed in tf.unstack(seeds)
        ]
        draw = tf.stack(draws, 2) if networks else draws[0]
        masks.append(tf.cast(draw >= rate, tf.float32) / (1.0 - rate))
    return masks
