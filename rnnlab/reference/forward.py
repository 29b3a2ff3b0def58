"""The forward pass through all layers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats, Values, Weights
from rnnlab.network import BACKWARD, Network, layer_weights
from rnnlab.reference.losses import predict, read
from rnnlab.reference.trace import LayerTrace, Trace

Array = NDArray[Any]


def forward(
    network: Network,
    weights: Weights,
    inputs: Array,
    states: tuple[Array, ...] | None = None,
    masks: tuple[Array, ...] | None = None,
) -> Trace:
    """Run the network over `inputs`, from `states` or from zero.

    `inputs` are (rows, timesteps, features), or the ids of words, (rows, timesteps). `states`
    has one array (rows, state size) for each layer; a bidirectional network always starts from
    zero, and a `ValueError` says so. `masks` has one (rows, timesteps, width) for each layer but
    the last, which multiplies what the layer above reads: 0 or 1 / (1 - dropout).
    """
    if states is not None and network.bidirectional:
        raise ValueError("A bidirectional network starts every window from zero.")
    dtype = weights["dense_kernel"].dtype
    own_masks = None if masks is None else tuple(mask.astype(dtype) for mask in masks)
    layer_inputs = lowest_inputs(network, weights, inputs)
    layers: list[LayerTrace] = []
    for k in range(network.layers):
        if k > 0:
            layer_inputs = inputs_from_below(layers[-1], own_masks, k)
        state = states[k] if states is not None else np.zeros((len(inputs), network.state_size))
        state = state.astype(layer_inputs.dtype)
        layers.append(_both_directions(network, weights, k + 1, layer_inputs, state))
    outputs = read(network, layers[-1]) @ weights["dense_kernel"] + weights["dense_bias"]
    return Trace(tuple(layers), outputs, predict(network, outputs), own_masks)


def lowest_inputs(network: Network, weights: Weights, inputs: Array) -> Floats:
    """What the lowest layer reads: the inputs, or the numbers that their words stand for."""
    if not network.vocabulary:
        return inputs.astype(weights["dense_kernel"].dtype)
    network.check_inputs(inputs)
    return weights["embedding"][inputs]  # (rows, timesteps, features)


def inputs_from_below(below: LayerTrace, masks: tuple[Floats, ...] | None, layer: int) -> Floats:
    """What layer `layer` (from 0) reads of the one below it: (rows, timesteps, width)."""
    outputs = below.joined_outputs
    return outputs if masks is None else outputs * masks[layer - 1]


def _both_directions(
    network: Network, weights: Weights, layer: int, inputs: Floats, state: Floats
) -> LayerTrace:
    """One layer (from 1) in the network's directions."""
    trace = _run(network, layer_weights(weights, layer), inputs, state)
    if not network.bidirectional:
        return trace
    backward = _run(network, layer_weights(weights, layer, BACKWARD), inputs[:, ::-1], state)
    return replace(trace, backward=backward)


def _run(network: Network, weights: Weights, inputs: Floats, state: Floats) -> LayerTrace:
    """One layer, over all time steps."""
    steps: list[Values] = []
    states: list[Floats] = []
    for t in range(inputs.shape[1]):
        states.append(state)  # (rows, state size)
        steps.append(network.cell_type.step(weights, inputs[:, t], state, network.activation))
        state = network.cell_type.next_state(steps[-1])
    outputs = np.stack([next(reversed(values.values())) for values in steps], axis=1)
    return LayerTrace(tuple(steps), tuple(states), outputs, state)
