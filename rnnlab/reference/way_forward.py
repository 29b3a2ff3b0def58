"""The way forward through all layers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats, Values, Weights
from rnnlab.network import BACKWARD, Network, layer_weights
from rnnlab.reference.readout import predicted, read
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

    `inputs` are (batch, timesteps, features), or the ids of words, (batch, timesteps). `states`
    has one array (batch, state size) for each layer; a bidirectional network always starts from
    zero, and a `ValueError` says so. `masks` has one (batch, timesteps, width) for each layer but
    the last, which multiplies what the layer above gets to see: 0 or 1 / (1 - dropout).
    """
    if states is not None and network.bidirectional:
        raise ValueError("A bidirectional network starts every window from zero.")
    kept = _kept(masks, weights)
    seen = seen_below(network, weights, inputs)
    layers: list[LayerTrace] = []
    for k in range(network.layers):
        if k > 0:
            seen = seen_above(layers[-1], kept, k)
        state = states[k] if states is not None else np.zeros((len(inputs), network.state_size))
        layers.append(_both_ways(network, weights, k + 1, seen, state.astype(seen.dtype)))
    dense = read(network, layers[-1]) @ weights["dense_kernel"] + weights["dense_bias"]
    return Trace(tuple(layers), dense, predicted(network, dense), kept)


def seen_below(network: Network, weights: Weights, inputs: Array) -> Floats:
    """What the lowest layer reads: the inputs, or the numbers that their words stand for."""
    if not network.vocabulary:
        return inputs.astype(weights["dense_kernel"].dtype)
    network.check_inputs(inputs)
    return weights["embedding"][inputs]


def seen_above(below: LayerTrace, masks: tuple[Floats, ...] | None, layer: int) -> Floats:
    """What layer `layer` (from 0) reads of the one below it."""
    return below.said if masks is None else below.said * masks[layer - 1]


def _both_ways(
    network: Network, weights: Weights, layer: int, inputs: Floats, state: Floats
) -> LayerTrace:
    """One layer (from 1) in the network's directions."""
    trace = _run(network, layer_weights(weights, layer), inputs, state)
    if not network.bidirectional:
        return trace
    back = _run(network, layer_weights(weights, layer, BACKWARD), inputs[:, ::-1], state)
    return replace(trace, backward=back)


def _run(network: Network, weights: Weights, inputs: Floats, state: Floats) -> LayerTrace:
    """One layer, over all time steps."""
    steps: list[Values] = []
    states: list[Floats] = []
    for t in range(inputs.shape[1]):
        states.append(state)
        steps.append(network.cell_type.step(weights, inputs[:, t], state, network.activation))
        state = network.cell_type.next_state(steps[-1])
    outputs = np.stack([next(reversed(values.values())) for values in steps], axis=1)
    return LayerTrace(tuple(steps), tuple(states), outputs, state)


def _kept(masks: tuple[Array, ...] | None, weights: Weights) -> tuple[Floats, ...] | None:
    dtype = weights["dense_kernel"].dtype
    return None if masks is None else tuple(mask.astype(dtype) for mask in masks)
