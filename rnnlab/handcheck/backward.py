"""The way back through a bench: what each step adds to the gradient of each weight.

The loss is half the squared distance of the last output from the target, so that its gradient by
that output is simply what is wrong with it. The rest is backpropagation through time (Werbos 1990).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rnnlab.cells.cell import Floats, Weights
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.forward import by_symbol, passed


@dataclass(frozen=True, eq=False)
class StepBack:
    """One time step on the way back; `t` from 1.

    `arrives` is the gradient of the loss by the state after this step, by symbol, each (units,);
    `leaves` that by the state before it, which is what the step before receives. `weights` is what
    this step adds to the gradient of each weight, in the shapes of the bench's matrices; `inputs`
    (features,) is the gradient by what came in.
    """

    t: int
    arrives: Mapping[str, Floats]
    weights: Weights
    inputs: Floats
    leaves: Mapping[str, Floats]

    @property
    def delta(self) -> Floats:
        """The gradient by the sums before the squashing, in the shape of the bias.

        A bias enters each sum once and with factor 1, so this is what the step adds to the bias's
        own gradient: one row for SimpleRNN (by a_t) and LSTM (a part for each gate). For a GRU the
        first row is by what comes from the input, the second by what comes from the state.
        """
        return self.weights["bias"]


@dataclass(frozen=True, eq=False)
class Backward:
    """The whole way back: `loss`, `error` (units,) and the steps, the last time step first.

    `total` is the gradient by each weight, the sum of all steps' `weights`.
    """

    loss: float
    error: Floats
    steps: tuple[StepBack, ...]
    total: Weights

    @property
    def inputs(self) -> Floats:
        """The gradient by the inputs, (timesteps, features)."""
        return np.stack([step.inputs for step in reversed(self.steps)])


def backward(bench: Bench) -> Backward:
    """The loss of the bench, and its gradient from the last time step back to the first."""
    kind, way = bench.kind, list(passed(bench))
    error = _error(bench)
    gradient: Floats = np.zeros_like(bench.first_state)
    gradient[0, : bench.units] = error
    steps = []
    for t, (inputs, state, values) in reversed(list(enumerate(way, 1))):
        weights, by_inputs, by_state = kind.step_back(
            bench.weights, inputs, state, values, gradient, bench.activation
        )
        own = {name: np.atleast_2d(value) for name, value in weights.items()}
        arrives, leaves = by_symbol(kind, gradient), by_symbol(kind, by_state)
        steps.append(StepBack(t, arrives, own, by_inputs[0], leaves))
        gradient = by_state
    total: Weights = {
        name: np.sum([step.weights[name] for step in steps], axis=0) for name in bench.weights
    }
    return Backward(_half_square(error), error, tuple(steps), total)


def loss(bench: Bench) -> float:
    """Half the squared distance of the last output from the target."""
    return _half_square(_error(bench))


def finite_differences(
    bench: Bench, epsilon: float = 1e-5, matrices: Sequence[str] | None = None
) -> dict[str, Floats]:
    """The gradient by trying: each number a little up and a little down, (L+ - L-) / 2 epsilon.

    By name, in the shapes of the bench's matrices: of all weights, or of those of the bench's
    fields that `matrices` names, e.g. "inputs".
    """
    return {name: _tried(bench, name, epsilon) for name in matrices or bench.weights}


def _tried(bench: Bench, name: str, epsilon: float) -> Floats:
    matrix = np.array(getattr(bench, name), dtype=np.float64)
    gradient = np.zeros_like(matrix)
    for place in np.ndindex(matrix.shape):
        up, down = matrix.copy(), matrix.copy()
        up[place] += epsilon
        down[place] -= epsilon
        gradient[place] = (_loss_with(bench, name, up) - _loss_with(bench, name, down)) / (
            up[place] - down[place]
        )
    return gradient


def _loss_with(bench: Bench, name: str, matrix: Floats) -> float:
    rows = tuple(tuple(float(value) for value in row) for row in matrix)
    changed: Mapping[str, object] = {name: rows}
    return loss(replace(bench, **changed))  # type: ignore[arg-type]


def _error(bench: Bench) -> Floats:
    *_, (_, _, values) = passed(bench)
    error: Floats = next(reversed(values.values()))[0] - bench.wanted
    return error


def _half_square(error: Floats) -> float:
    return float(error @ error) / 2
