"""The way back: the gradients of the weights and of the inputs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats, Weights
from rnnlab.network import BACKWARD, Network, layer_weights, network_names
from rnnlab.reference.readout import read, read_back, slopes
from rnnlab.reference.trace import LayerTrace, Trace
from rnnlab.reference.way_forward import seen_above, seen_below

Array = NDArray[Any]


def gradients(
    network: Network, weights: Weights, inputs: Array, targets: Array, trace: Trace
) -> Weights:
    """The gradient of `loss` by each weight: backpropagation through time (Werbos 1990).

    It stops at the first time step of `inputs`, whatever state the pass started from.
    """
    d_logits = slopes(network, trace.predicted, targets) / targets.size
    return _backward(network, weights, inputs, trace, d_logits)[0]


def last_step_input_gradient(
    network: Network,
    weights: Weights,
    inputs: Array,
    targets_of_last_step: Array,
    trace: Trace,
) -> Floats:
    """How each sample's loss of its last answer alone changes with each of its inputs.

    `targets_of_last_step` is (batch,). The result is (batch, timesteps, features), with the
    numbers of its word's embedding as the inputs where words are read; place -1 - k along its
    second axis belongs to the input k steps before the last.
    """
    last, targets = trace.predicted[:, -1:], targets_of_last_step.reshape(-1, 1)
    return _backward(network, weights, inputs, trace, slopes(network, last, targets))[1]


def _backward(
    network: Network, weights: Weights, inputs: Array, trace: Trace, d_logits: Floats
) -> tuple[Weights, Floats]:
    """The gradients of the weights and of what the lowest layer reads.

    `d_logits` (batch, n, outputs) are those of the last n answers before the softmax; what was
    said earlier does not count.
    """
    top = trace.layers[-1]
    answered = read(network, top)[:, -d_logits.shape[1] :]
    total: Weights = {
        "dense_kernel": np.tensordot(answered, d_logits, axes=((0, 1), (0, 1))),
        "dense_bias": d_logits.sum(axis=(0, 1)),
    }
    d_said = read_back(network, top, d_logits @ weights["dense_kernel"].T)
    for k in reversed(range(network.layers)):
        seen = (
            seen_above(trace.layers[k - 1], trace.masks, k)
            if k
            else seen_below(network, weights, inputs)
        )
        own, d_said = _both_ways_back(network, weights, k + 1, seen, trace.layers[k], d_said)
        total |= own
        if k > 0 and trace.masks is not None:
            d_said = d_said * trace.masks[k - 1]
    if network.vocabulary:
        total["embedding"] = np.zeros_like(weights["embedding"])
        np.add.at(total["embedding"], inputs, d_said)
    return {name: total[name] for name in weights}, d_said


def _both_ways_back(
    network: Network,
    weights: Weights,
    layer: int,
    inputs: Floats,
    trace: LayerTrace,
    d_said: Floats,
) -> tuple[Weights, Floats]:
    """One layer (from 1) in its directions: gradients of its weights and of its inputs."""
    on, back = np.split(d_said, [network.units], axis=2)
    own, d_inputs = _run_back(network, layer_weights(weights, layer), inputs, trace, on)
    total = network_names(own, layer)
    if trace.backward is not None:
        of_direction = layer_weights(weights, layer, BACKWARD), inputs[:, ::-1], trace.backward
        own, d_reversed = _run_back(network, *of_direction, back[:, ::-1])
        total |= network_names(own, layer, BACKWARD)
        d_inputs = d_inputs + d_reversed[:, ::-1]
    return total, d_inputs


def _run_back(
    network: Network, weights: Weights, inputs: Floats, trace: LayerTrace, d_outputs: Floats
) -> tuple[Weights, Floats]:
    """One layer, from the step it read last back: gradients of its weights and of its inputs."""
    total = {name: np.zeros_like(value) for name, value in weights.items()}
    d_inputs = np.zeros_like(inputs)
    d_state = np.zeros_like(trace.final_state)
    for t in reversed(range(inputs.shape[1])):
        d_after = d_state.copy()
        d_after[:, : network.units] += d_outputs[:, t]
        own, d_inputs[:, t], d_state = network.cell_type.step_back(
            weights, inputs[:, t], trace.states[t], trace.steps[t], d_after, network.activation
        )
        for name, gradient in own.items():
            total[name] += gradient
    return total, d_inputs
