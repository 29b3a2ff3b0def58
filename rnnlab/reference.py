"""A network's forward and backward pass in plain NumPy: the engine's judge, and what pages use.

Everything keeps the precision of the weights it is given, so that gradients can be checked in
float64. Nothing is left out by chance: what dropout hides is said by `masks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats, Values, Weights
from rnnlab.network import Network, of_layer

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """What happened in one recurrent layer.

    `steps` holds the cell's quantities by symbol for each time step, `states` the state before
    each (batch, state size), `outputs` (batch, timesteps, units) what the cell said.
    """

    steps: tuple[Values, ...]
    states: tuple[Floats, ...]
    outputs: Floats
    final_state: Floats


@dataclass(frozen=True, eq=False)
class Trace:
    """What happened in a forward pass over (batch, timesteps, …), layers from below.

    `predicted` is (batch, timesteps, outputs), or (batch, 1, outputs) if only the last step is
    read: probabilities of the classes (of class 1, if one output speaks for two), or the numbers
    themselves. `said` is what the dense layer says, before it becomes a probability.
    """

    layers: tuple[LayerTrace, ...]
    said: Floats
    predicted: Floats
    masks: tuple[Floats, ...] | None = None

    @property
    def final_states(self) -> tuple[Floats, ...]:
        """The state of each layer after the last step: what a next pass can go on from."""
        return tuple(layer.final_state for layer in self.layers)


def forward(
    network: Network,
    weights: Weights,
    inputs: Array,
    states: tuple[Array, ...] | None = None,
    masks: tuple[Array, ...] | None = None,
) -> Trace:
    """Run the network over `inputs`, from `states` or from zero.

    `inputs` are (batch, timesteps, features), or the ids of words, (batch, timesteps). `states`
    has one array (batch, state size) for each layer. `masks` has one (batch, timesteps, units)
    for each layer but the last, which multiplies what the layer above gets to see: 0 or
    1 / (1 - dropout).
    """
    kept = _kept(masks, weights)
    said = _seen_below(network, weights, inputs)
    layers: list[LayerTrace] = []
    for k in range(network.layers):
        if k > 0:
            said = _seen_above(layers[-1], kept, k)
        state = states[k] if states is not None else np.zeros((len(inputs), network.state_size))
        layers.append(_run(network, of_layer(weights, k + 1), said, state.astype(said.dtype)))
    read = layers[-1].outputs[:, -1:] if network.last_step else layers[-1].outputs
    dense = read @ weights["dense_kernel"] + weights["dense_bias"]
    return Trace(tuple(layers), dense, _predicted(network, dense), kept)


def loss(network: Network, trace: Trace, targets: Array) -> float:
    """The mean loss of what was predicted: cross-entropy in nats, or the squared error.

    `targets` are class numbers, or numbers: (batch, timesteps), or (batch, 1) if only the last
    step is read.
    """
    _check(targets, trace.predicted)
    if network.classes:
        logits = _of_each_class(network, trace.said)
        picked = np.take_along_axis(logits, targets[..., None].astype(int), axis=2)
        return float((np.logaddexp.reduce(logits, axis=2, keepdims=True) - picked).mean())
    return float(np.square(trace.predicted - targets[..., None]).mean())


def gradients(
    network: Network, weights: Weights, inputs: Array, targets: Array, trace: Trace
) -> Weights:
    """The gradient of `loss` by each weight: backpropagation through time (Werbos 1990).

    It stops at the first time step of `inputs`, whatever state the pass started from.
    """
    _check(targets, trace.predicted)
    d_logits = _slopes(network, trace.predicted, targets) / targets.size
    return _backward(network, weights, inputs, trace, d_logits)[0]


def last_step_input_gradient(
    network: Network,
    weights: Weights,
    inputs: Array,
    targets_of_last_step: Array,
    trace: Trace,
) -> Floats:
    """How each sample's loss at the last time step alone changes with each of its inputs.

    `targets_of_last_step` is (batch,). The result is (batch, timesteps, features), with the
    numbers of its word's embedding as the inputs where words are read; place -1 - k along its
    second axis belongs to the input k steps before the last.
    """
    last, targets = trace.predicted[:, -1:], targets_of_last_step.reshape(-1, 1)
    _check(targets, last)
    return _backward(network, weights, inputs, trace, _slopes(network, last, targets))[1]


def _run(network: Network, weights: Weights, inputs: Floats, state: Floats) -> LayerTrace:
    """One layer, over all time steps."""
    steps: list[Values] = []
    states: list[Floats] = []
    for t in range(inputs.shape[1]):
        states.append(state)
        steps.append(network.kind.step(weights, inputs[:, t], state, network.activation))
        state = network.kind.next_state(steps[-1])
    outputs = np.stack([next(reversed(values.values())) for values in steps], axis=1)
    return LayerTrace(tuple(steps), tuple(states), outputs, state)


def _backward(
    network: Network, weights: Weights, inputs: Array, trace: Trace, d_logits: Floats
) -> tuple[Weights, Floats]:
    """The gradients of the weights and of what the lowest layer reads.

    `d_logits` (batch, n, outputs) are those of the last n time steps before the softmax; what
    was said earlier does not count.
    """
    n, top = d_logits.shape[1], trace.layers[-1].outputs
    total: Weights = {
        "dense_kernel": np.tensordot(top[:, -n:], d_logits, axes=((0, 1), (0, 1))),
        "dense_bias": d_logits.sum(axis=(0, 1)),
    }
    d_said: Floats = np.zeros_like(top)
    d_said[:, -n:] = d_logits @ weights["dense_kernel"].T
    for k in reversed(range(network.layers)):
        seen = (
            _seen_above(trace.layers[k - 1], trace.masks, k)
            if k
            else _seen_below(network, weights, inputs)
        )
        own, d_said = _run_back(network, of_layer(weights, k + 1), seen, trace.layers[k], d_said)
        total |= {f"rnn{k + 1}_{name}": gradient for name, gradient in own.items()}
        if k > 0 and trace.masks is not None:
            d_said = d_said * trace.masks[k - 1]
    if network.vocabulary:
        total["embedding"] = np.zeros_like(weights["embedding"])
        np.add.at(total["embedding"], inputs, d_said)
    return {name: total[name] for name in weights}, d_said


def _run_back(
    network: Network, weights: Weights, inputs: Floats, trace: LayerTrace, d_outputs: Floats
) -> tuple[Weights, Floats]:
    """One layer, from the last time step back: gradients of its weights and of its inputs."""
    total = {name: np.zeros_like(value) for name, value in weights.items()}
    d_inputs = np.zeros_like(inputs)
    d_state = np.zeros_like(trace.final_state)
    for t in reversed(range(inputs.shape[1])):
        d_after = d_state.copy()
        d_after[:, : network.units] += d_outputs[:, t]
        own, d_inputs[:, t], d_state = network.kind.step_back(
            weights, inputs[:, t], trace.states[t], trace.steps[t], d_after, network.activation
        )
        for name, gradient in own.items():
            total[name] += gradient
    return total, d_inputs


def _seen_below(network: Network, weights: Weights, inputs: Array) -> Floats:
    """What the lowest layer reads: the inputs, or the numbers that their words stand for."""
    if not network.vocabulary:
        return inputs.astype(weights["dense_kernel"].dtype)
    network.check_inputs(inputs)
    return weights["embedding"][inputs]


def _seen_above(below: LayerTrace, masks: tuple[Floats, ...] | None, layer: int) -> Floats:
    """What layer `layer` (from 0) reads of the one below it."""
    return below.outputs if masks is None else below.outputs * masks[layer - 1]


def _slopes(network: Network, predicted: Floats, targets: Array) -> Floats:
    """The gradient of each prediction's own loss by what the dense layer says."""
    wanted = targets[..., None]
    if network.classes and not network.sigmoid:
        wanted = wanted == np.arange(network.outputs)
    return (predicted - wanted.astype(predicted.dtype)) * (1 if network.classes else 2)


def _kept(masks: tuple[Array, ...] | None, weights: Weights) -> tuple[Floats, ...] | None:
    dtype = weights["dense_kernel"].dtype
    return None if masks is None else tuple(mask.astype(dtype) for mask in masks)


def _check(targets: Array, predicted: Floats) -> None:
    """NumPy would stretch targets of a wrong shape without a word."""
    if targets.shape != predicted.shape[:2]:
        raise ValueError(f"Targets {targets.shape} do not belong to {predicted.shape[:2]} answers.")


def _of_each_class(network: Network, said: Floats) -> Floats:
    """A logit for each class: 0 for class 0 where one output speaks for two."""
    return np.concatenate([np.zeros_like(said), said], axis=-1) if network.sigmoid else said


def _predicted(network: Network, said: Floats) -> Floats:
    """Probabilities of the classes, or the numbers themselves."""
    if not network.classes:
        return said
    logits = _of_each_class(network, said)
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = odds / odds.sum(axis=-1, keepdims=True)
    return shares[..., 1:] if network.sigmoid else shares
