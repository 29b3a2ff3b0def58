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
    time_mask: Array | None = None,
) -> Trace:
    """Run the network over `inputs`, from `states` or from zero.

    `inputs` are (rows, timesteps, features), or the ids of words, (rows, timesteps). `states`
    has one array (rows, state size) for each layer; a bidirectional network always starts from
    zero, and a `ValueError` says so. `masks` has one (rows, timesteps, width) for each layer but
    the last, which multiplies what the layer above reads: 0 or 1 / (1 - dropout).

    `time_mask` (rows, timesteps) is Keras' `mask`: False at steps that are not read. There every
    state stays as it is, in both directions, and pooling leaves them out. It is for networks with
    one answer a window, which is then the same as if those steps were cut out.
    """
    if time_mask is not None and not network.last_step:
        raise ValueError("A mask over time needs a network with one answer a window.")
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
        layers.append(_both_directions(network, weights, k + 1, layer_inputs, state, time_mask))
    outputs = read(network, layers[-1], time_mask) @ weights["dense_kernel"] + weights["dense_bias"]
    return Trace(tuple(layers), outputs, predict(network, outputs), own_masks, time_mask)


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
    network: Network,
    weights: Weights,
    layer: int,
    inputs: Floats,
    state: Floats,
    time_mask: Array | None,
) -> LayerTrace:
    """One layer (from 1) in the network's directions."""
    trace = _run(network, layer_weights(weights, layer), inputs, state, time_mask)
    if not network.bidirectional:
        return trace
    reversed_mask = None if time_mask is None else time_mask[:, ::-1]
    own = layer_weights(weights, layer, BACKWARD)
    return replace(trace, backward=_run(network, own, inputs[:, ::-1], state, reversed_mask))


def _run(
    network: Network, weights: Weights, inputs: Floats, state: Floats, time_mask: Array | None
) -> LayerTrace:
    """One layer, over all time steps."""
    steps: list[Values] = []
    states: list[Floats] = []
    outputs: list[Floats] = []
    for t in range(inputs.shape[1]):
        states.append(state)  # (rows, state size)
        steps.append(network.cell_type.step(weights, inputs[:, t], state, network.activation))
        after = network.cell_type.next_state(steps[-1])
        state = after if time_mask is None else np.where(time_mask[:, t, None], after, state)
        outputs.append(state[:, : network.units])
    return LayerTrace(tuple(steps), tuple(states), np.stack(outputs, axis=1), state)
