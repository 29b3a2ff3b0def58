"""The backward pass: the gradients of the weights and of the inputs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats, Weights
from rnnlab.network import BACKWARD, Network, layer_weights, network_names
from rnnlab.reference.forward import inputs_from_below, lowest_inputs
from rnnlab.reference.losses import output_gradients, read, read_backward
from rnnlab.reference.trace import LayerTrace, Trace

Array = NDArray[Any]


def gradients(
    network: Network, weights: Weights, inputs: Array, targets: Array, trace: Trace
) -> Weights:
    """The gradient of `loss` by each weight: backpropagation through time (Werbos 1990).

    It stops at the first time step of `inputs`, whatever state the pass started from.
    """
    d_outputs = output_gradients(network, trace.predicted, targets) / targets.size
    return _backward(network, weights, inputs, trace, d_outputs)[0]


def last_step_input_gradient(
    network: Network,
    weights: Weights,
    inputs: Array,
    targets_of_last_step: Array,
    trace: Trace,
) -> Floats:
    """How each sample's loss of its last answer alone changes with each of its inputs.

    `targets_of_last_step` is (rows,). The result is (rows, timesteps, features), with the
    numbers of its word's embedding as the inputs where words are read; index -1 - k along its
    second axis belongs to the input k steps before the last.
    """
    last, targets = trace.predicted[:, -1:], targets_of_last_step.reshape(-1, 1)
    return _backward(network, weights, inputs, trace, output_gradients(network, last, targets))[1]


def _backward(
    network: Network, weights: Weights, inputs: Array, trace: Trace, d_dense: Floats
) -> tuple[Weights, Floats]:
    """The gradients of the weights and of what the lowest layer reads.

    `d_dense` (rows, n, outputs) are those of the dense layer's last n outputs, before the softmax;
    earlier ones do not count.
    """
    top = trace.layers[-1]
    # outputs = read W + b: dL/dW = read^T dL/d(outputs), summed over rows and answers.
    n_answers = d_dense.shape[1]
    last_read = read(network, top, trace.time_mask)[:, -n_answers:]  # (rows, n, numbers read)
    total: Weights = {
        "dense_kernel": np.tensordot(last_read, d_dense, axes=((0, 1), (0, 1))),
        "dense_bias": d_dense.sum(axis=(0, 1)),
    }
    d_read = d_dense @ weights["dense_kernel"].T
    d_outputs = read_backward(network, top, d_read, trace.time_mask)
    for k in reversed(range(network.layers)):
        layer_inputs = (
            inputs_from_below(trace.layers[k - 1], trace.masks, k)
            if k
            else lowest_inputs(network, weights, inputs)
        )
        own, d_outputs = _both_directions_back(
            network, weights, k + 1, layer_inputs, trace.layers[k], d_outputs, trace.time_mask
        )
        total |= own
        if k > 0 and trace.masks is not None:
            d_outputs = d_outputs * trace.masks[k - 1]
    if network.vocabulary:
        # Each word's row gets the sum over the places where it stands.
        total["embedding"] = np.zeros_like(weights["embedding"])
        np.add.at(total["embedding"], inputs, d_outputs)
    return {name: total[name] for name in weights}, d_outputs


def _both_directions_back(
    network: Network,
    weights: Weights,
    layer: int,
    inputs: Floats,
    trace: LayerTrace,
    d_outputs: Floats,
    time_mask: Array | None,
) -> tuple[Weights, Floats]:
    """One layer (from 1) in its directions: gradients of its weights and of its inputs."""
    forwards, backwards = np.split(d_outputs, [network.units], axis=2)
    of_direction = layer_weights(weights, layer), inputs, trace
    own, d_inputs = _run_back(network, *of_direction, forwards, time_mask)
    total = network_names(own, layer)
    if trace.backward is not None:
        of_direction = layer_weights(weights, layer, BACKWARD), inputs[:, ::-1], trace.backward
        reversed_mask = None if time_mask is None else time_mask[:, ::-1]
        own, d_reversed = _run_back(network, *of_direction, backwards[:, ::-1], reversed_mask)
        total |= network_names(own, layer, BACKWARD)
        d_inputs = d_inputs + d_reversed[:, ::-1]  # both directions read the same inputs
    return total, d_inputs


def _run_back(
    network: Network,
    weights: Weights,
    inputs: Floats,
    trace: LayerTrace,
    d_outputs: Floats,
    time_mask: Array | None,
) -> tuple[Weights, Floats]:
    """One layer, from the step it read last back: gradients of its weights and of its inputs."""
    total = {name: np.zeros_like(value) for name, value in weights.items()}
    d_inputs = np.zeros_like(inputs)  # (rows, timesteps, features)
    d_state = np.zeros_like(trace.final_state)  # nothing comes from beyond the last step
    for t in reversed(range(inputs.shape[1])):
        # The state after step t goes into step t + 1; its first `units` numbers are the output too.
        d_after = d_state.copy()
        d_after[:, : network.units] += d_outputs[:, t]
        # A row that does not read this step hands its gradient on as it is.
        is_read = np.ones((len(inputs), 1), bool) if time_mask is None else time_mask[:, t, None]
        own, d_inputs[:, t], d_state = network.cell_type.step_back(
            weights,
            inputs[:, t],
            trace.states[t],
            trace.steps[t],
            d_after * is_read,
            network.activation,
        )
        d_state = np.where(is_read, d_state, d_after)
        # The same weights serve every step: their gradient is the sum over the steps.
        for name, gradient in own.items():
            total[name] += gradient
    return total, d_inputs
