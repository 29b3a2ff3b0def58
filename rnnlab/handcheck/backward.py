"""The backward pass through a bench, and what Keras and finite differences say of the same.

The loss is half the squared distance of the last output from the target, so its gradient with
respect to that output is the error. The rest is backpropagation through time (Werbos 1990).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from rnnlab.cells.cell import Floats, Weights
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.forward import cell_steps, split_state
from rnnlab.progress import Event

STEP_SIZE = 1e-5
"""How far finite differences move each number."""

COPIES_AT_ONCE = 16
"""How many of their forward passes are made at once."""


@dataclass(frozen=True, eq=False)
class BackwardStep:
    """One time step of the backward pass; `t` from 1.

    `state_gradient` is the gradient of the loss with respect to the state after this step, by
    symbol, each (units,); `previous_state_gradient` that with respect to the state before it,
    which the step before receives. `input_gradient` is (features,). `gradients` is what this step
    adds to the gradient of each weight, in the shapes of the bench's matrices.
    """

    t: int
    state_gradient: Mapping[str, Floats]
    gradients: Weights
    input_gradient: Floats
    previous_state_gradient: Mapping[str, Floats]

    @property
    def delta(self) -> Floats:
        """The gradient of the pre-activations, in the shape of the bias.

        A bias enters each pre-activation once with factor 1, so this is what the step adds to the
        bias's gradient: one row for SimpleRNN (a_t) and LSTM (a part for each gate). For a GRU the
        first row belongs to what comes from the input, the second to what comes from the state.
        """
        return self.gradients["bias"]


@dataclass(frozen=True, eq=False)
class BackwardPass:
    """The whole backward pass: `loss`, `error` (units,) and the steps, the last time step first.

    `gradients` has the gradient of each weight, summed over all steps.
    """

    loss: float
    error: Floats
    steps: tuple[BackwardStep, ...]
    gradients: Weights


def backward(bench: Bench) -> BackwardPass:
    """The loss of the bench, and its gradient from the last time step back to the first."""
    cell_type, forward_steps = bench.cell_type, list(cell_steps(bench))
    error: Floats = next(reversed(forward_steps[-1][2].values()))[0] - bench.target_vector
    gradient: Floats = np.zeros_like(bench.initial_state)  # (1, state size)
    gradient[0, : bench.units] = error
    steps = []
    for t, (inputs, state, values) in reversed(list(enumerate(forward_steps, 1))):
        weights, d_inputs, d_state = cell_type.step_back(
            bench.weights, inputs, state, values, gradient, bench.activation
        )
        steps.append(
            BackwardStep(
                t,
                split_state(cell_type, gradient),
                {name: np.atleast_2d(value) for name, value in weights.items()},
                d_inputs[0],
                split_state(cell_type, d_state),
            )
        )
        gradient = d_state
    gradients: Weights = {
        name: np.sum([step.gradients[name] for step in steps], axis=0) for name in bench.weights
    }
    return BackwardPass(float(error @ error) / 2, error, tuple(steps), gradients)


@dataclass(frozen=True, eq=False)
class KerasAnswer(Event):
    """What Keras computes for a bench, in float64, as it comes back from the compute side.

    `outputs` (timesteps, units) are the layer's, `loss` half the squared distance of the last one
    from the target, `gradients` TensorFlow's of that loss by weight name, in the shapes of the
    bench's matrices.
    """

    outputs: Floats
    loss: float
    gradients: Weights


def difference(left: ArrayLike, right: ArrayLike) -> float:
    """The largest absolute difference of two arrays of the same shape; nan if either has one.

    `ValueError` if the shapes differ: NumPy would silently broadcast one of them.
    """
    a: np.ndarray[Any, Any] = np.asarray(left, dtype=np.float64)
    b: np.ndarray[Any, Any] = np.asarray(right, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"Shapes {a.shape} and {b.shape} cannot be compared.")
    return float(np.abs(a - b).max())


def finite_differences(bench: Bench) -> Weights:
    """The gradient by trying: each number a little up and a little down, (L+ - L-) / (up - down).

    Of each weight by its name, in the shapes of the bench's matrices.
    """
    return {name: _central_difference(bench, name) for name in bench.weights}


def _central_difference(bench: Bench, name: str) -> Floats:
    weight = np.atleast_2d(bench.weights[name])
    shift = STEP_SIZE * np.eye(weight.size).reshape(-1, *weight.shape)  # (numbers, rows, columns)
    up, down = weight + shift, weight - shift
    rise = _losses(bench, name, up) - _losses(bench, name, down)
    gradient: Floats = rise / (up - down).sum(axis=(1, 2))
    return gradient.reshape(weight.shape)


def _losses(bench: Bench, name: str, variants: Floats) -> Floats:
    """The loss with each of the `variants` of one weight, (variants, rows, columns)."""
    starts = range(0, len(variants), COPIES_AT_ONCE)
    return np.concatenate(
        [_losses_at_once(bench, name, variants[i : i + COPIES_AT_ONCE]) for i in starts]
    )


def _losses_at_once(bench: Bench, name: str, variants: Floats) -> Floats:
    """The same in one pass of a wide layer that holds a copy for each variant side by side."""
    copies = len(variants)
    shapes = bench.cell_type.weight_shapes(bench.features, copies * bench.units)
    stacked = {key: np.stack([value] * copies) for key, value in bench.weights.items()}
    weights: Weights = {
        key: _wide(bench, key, value).reshape(shapes[key])
        for key, value in (stacked | {name: variants}).items()
    }
    state = np.tile(bench.initial_state.reshape(-1, bench.units), copies).reshape(1, -1)
    *_, (_, _, values) = cell_steps(bench, weights, state)
    output = next(reversed(values.values())).reshape(copies, bench.units)
    losses: Floats = np.square(output - bench.target_vector).sum(axis=1) / 2
    return losses


def _wide(bench: Bench, name: str, copies: Floats) -> Floats:
    """Copies of a weight in one: all read the same input, and each of them only its own state."""
    blocks = copies.reshape(len(copies), -1, bench.cell_type.n_gates, bench.units)
    if name != "recurrent_kernel":
        return blocks.transpose(1, 2, 0, 3)
    block_diagonal: Floats = np.einsum("crgu,cd->crgdu", blocks, np.eye(len(copies)))
    return block_diagonal
