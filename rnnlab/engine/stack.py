"""Recurrent layers above each other, over one window, forward and back."""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf

from rnnlab.engine import words
from rnnlab.engine.cells import Tape, engine_cell
from rnnlab.engine.products import apply_kernel, apply_transpose, kernel_gradient
from rnnlab.network import Network, of_layer

Tensor = Any


class Stack(NamedTuple):
    """What a forward pass leaves: each layer's inputs, the state it began with, and its tape."""

    inputs: list[Tensor]
    states: list[Tensor]
    tapes: list[Tape]

    @property
    def outputs(self) -> Tensor:
        """What the topmost layer says, (timesteps, units, *places)."""
        return self.tapes[-1].outputs

    @property
    def final_state(self) -> Tensor:
        """The states of all layers after the window, one below the other."""
        return tf.concat([tape.final_state for tape in self.tapes], 0)


def forward(
    network: Network,
    weights: dict[str, Tensor],
    inputs: Tensor,
    state: Tensor,
    masks: list[Tensor],
) -> Stack:
    """Run over `inputs` from `state` (all layers').

    `inputs` are (timesteps, features, *places), or the ids of words (timesteps, *places). `masks`
    are multiplied onto what goes from a layer to the next; empty without dropout.
    """
    layer = engine_cell(network.cell)
    stack = Stack([], tf.split(state, network.layers), [])
    for number in range(network.layers):
        if number and masks:
            inputs = inputs * masks[number - 1]
        own = of_layer(weights, number + 1)
        if number or not network.vocabulary:
            products = apply_kernel(own["kernel"], inputs)
        else:
            products = words.products(own["kernel"], weights["embedding"], inputs)
        tape = layer.forward(own, products, stack.states[number], network.activation)
        stack.inputs.append(inputs)
        stack.tapes.append(tape)
        inputs = tape.outputs
    return stack


def backward(
    network: Network,
    weights: dict[str, Tensor],
    stack: Stack,
    d_outputs: Tensor,
    masks: list[Tensor],
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The gradient of each weight, given that of the outputs; cut at the window's start.

    And the squares of those of which the gradient itself is not squared (`words.Gradients`).
    """
    layer = engine_cell(network.cell)
    gradients: dict[str, Tensor] = {}
    squares: dict[str, Tensor] = {}
    for number in reversed(range(network.layers)):
        own = of_layer(weights, number + 1)
        state, tape = stack.states[number], stack.tapes[number]
        found, d_products = layer.backward(own, state, tape, d_outputs, network.activation)
        inputs = stack.inputs[number]
        if number or not network.vocabulary:
            found["kernel"] = kernel_gradient(inputs, d_products)
        else:
            table = weights["embedding"]
            of_words = words.gradients(own["kernel"], table, inputs, d_products)
            found["kernel"], gradients["embedding"], squares["embedding"] = of_words
        gradients |= {f"rnn{number + 1}_{name}": value for name, value in found.items()}
        if number:
            d_outputs = apply_transpose(own["kernel"], d_products)
            d_outputs = d_outputs * masks[number - 1] if masks else d_outputs
    return gradients, squares


def dropout_masks(
    network: Network, rate: Tensor, seeds: Tensor, count: Tensor, shape: tuple[int, ...]
) -> list[Tensor]:
    """For each pair of neighbouring layers what to multiply: 0, or 1 / (1 - rate).

    Each network draws from its own seed, anew in update `count`; `shape` is (timesteps, units,
    *places). Srivastava et al. (2014), scaled while training, as in Keras.
    """
    timesteps, units, *networks, batch = shape
    masks = []
    for number in range(network.layers - 1):
        place = count * network.layers + number
        draws = [
            tf.random.stateless_uniform((timesteps, units, batch), tf.stack([seed, place]))
            for seed in tf.unstack(seeds)
        ]
        draw = tf.stack(draws, 2) if networks else draws[0]
        masks.append(tf.cast(draw >= rate, tf.float32) / (1.0 - rate))
    return masks
