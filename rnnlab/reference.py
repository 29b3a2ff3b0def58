"""A network's forward and backward pass in plain NumPy: the engine's judge, and what pages use.

A network is a recurrent cell read out by a dense softmax at every time step. Its weights are one
dictionary: the cell's own names, then `dense_kernel` (units, classes) and `dense_bias` (classes,).
Everything keeps the precision of the weights it is given, so that gradients can be checked in
float64.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.cells.cell import Cell, Floats, Values, Weights
from rnnlab.cells.initial import glorot_uniform

N_CLASSES = 2


@dataclass(frozen=True)
class Trace:
    """What happened in a forward pass over (batch, timesteps, features).

    `steps` holds the cell's quantities by symbol for each time step, `states` the state before
    each, `outputs` (batch, timesteps, units), `probabilities` (batch, timesteps, classes).
    """

    steps: tuple[Values, ...]
    states: tuple[Floats, ...]
    outputs: Floats
    probabilities: Floats
    final_state: Floats


def weight_shapes(cell: Cell, features: int, units: int) -> dict[str, tuple[int, ...]]:
    """The shape of each of the network's weights by name."""
    return cell.weight_shapes(features, units) | {
        "dense_kernel": (units, N_CLASSES),
        "dense_bias": (N_CLASSES,),
    }


def initial_weights(cell: Cell, rng: np.random.Generator, features: int, units: int) -> Weights:
    """The network's weights as Keras draws them by default."""
    return cell.initial_weights(rng, features, units) | {
        "dense_kernel": glorot_uniform(rng, units, N_CLASSES),
        "dense_bias": np.zeros(N_CLASSES, np.float32),
    }


def forward(
    cell: Cell,
    weights: Weights,
    inputs: Floats,
    activation: str = "tanh",
    state: Floats | None = None,
) -> Trace:
    """Run the network over `inputs` (batch, timesteps, features), from `state` or from zero."""
    if state is None:
        units = weights["dense_kernel"].shape[0]
        state = np.zeros((len(inputs), cell.state_size(units)), weights["dense_kernel"].dtype)
    steps: list[Values] = []
    states: list[Floats] = []
    for t in range(inputs.shape[1]):
        states.append(state)
        steps.append(cell.step(weights, inputs[:, t], state, activation))
        state = cell.next_state(steps[-1])
    outputs = np.stack([next(reversed(values.values())) for values in steps], axis=1)
    logits = outputs @ weights["dense_kernel"] + weights["dense_bias"]
    return Trace(tuple(steps), tuple(states), outputs, _softmax(logits), state)


def loss(trace: Trace, targets: np.ndarray) -> float:
    """Mean cross-entropy in nats of `targets` (batch, timesteps), whole numbers below 2."""
    picked = np.take_along_axis(trace.probabilities, targets[..., None].astype(int), axis=2)
    return float(-np.log(picked).mean())


def gradients(
    cell: Cell,
    weights: Weights,
    inputs: Floats,
    targets: np.ndarray,
    trace: Trace,
    activation: str = "tanh",
) -> Weights:
    """The gradient of `loss` by each weight: backpropagation through time (Werbos 1990).

    It stops at the first time step of `inputs`, whatever state the pass started from.
    """
    d_logits = (
        trace.probabilities
        - np.eye(N_CLASSES, dtype=trace.probabilities.dtype)[targets.astype(int)]
    ) / targets.size
    d_outputs = d_logits @ weights["dense_kernel"].T
    total = {name: np.zeros_like(value) for name, value in weights.items()}
    total["dense_kernel"] = np.einsum("btu,btc->uc", trace.outputs, d_logits)
    total["dense_bias"] = d_logits.sum(axis=(0, 1))
    d_state = np.zeros_like(trace.final_state)
    units = trace.outputs.shape[2]
    for t in reversed(range(inputs.shape[1])):
        d_state[:, :units] += d_outputs[:, t]
        step = cell.step_back(
            weights, inputs[:, t], trace.states[t], trace.steps[t], d_state, activation
        )
        for name, gradient in step[0].items():
            total[name] = total[name] + gradient
        d_state = step[2].copy()
    return total


def _softmax(logits: Floats) -> Floats:
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = odds / odds.sum(axis=-1, keepdims=True)
    return shares
