"""The way back through a bench: what each step adds to the gradient of each weight.

The loss is half the squared distance of the last output from the target, so that its gradient by
that output is simply what is wrong with it. The rest is backpropagation through time (Werbos 1990).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnlab.cells.cell import Floats, Weights
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.forward import by_symbol, passed, passed_with

LITTLE = 1e-5
"""How far finite differences move each number."""

SIDE_BY_SIDE = 16
"""How many of their passes are made at once."""


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


def backward(bench: Bench) -> Backward:
    """The loss of the bench, and its gradient from the last time step back to the first."""
    kind, way = bench.kind, list(passed(bench))
    error: Floats = next(reversed(way[-1][2].values()))[0] - bench.wanted
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
    return Backward(float(error @ error) / 2, error, tuple(steps), total)


def finite_differences(bench: Bench) -> Weights:
    """The gradient by trying: each number a little up and a little down, (L+ - L-) / (up - down).

    Of each weight by its name, in the shapes of the bench's matrices.
    """
    return {name: _tried(bench, name) for name in bench.weights}


def _tried(bench: Bench, name: str) -> Floats:
    weight = np.atleast_2d(bench.weights[name])
    little = LITTLE * np.eye(weight.size).reshape(-1, *weight.shape)
    up, down = weight + little, weight - little
    apart = _losses(bench, name, up) - _losses(bench, name, down)
    gradient: Floats = apart / (up - down).sum(axis=(1, 2))
    return gradient.reshape(weight.shape)


def _losses(bench: Bench, name: str, variants: Floats) -> Floats:
    """The loss with each of the `variants` of one weight, (variants, rows, columns)."""
    firsts = range(0, len(variants), SIDE_BY_SIDE)
    found = [_losses_at_once(bench, name, variants[i : i + SIDE_BY_SIDE]) for i in firsts]
    return np.concatenate(found)


def _losses_at_once(bench: Bench, name: str, variants: Floats) -> Floats:
    """The same in one pass: of a wide layer, in which a copy for each variant lies side by side."""
    copies = len(variants)
    shapes = bench.kind.weight_shapes(bench.features, copies * bench.units)
    all_of = {each: np.stack([value] * copies) for each, value in bench.weights.items()}
    weights: Weights = {
        each: _wide(bench, each, value).reshape(shapes[each])
        for each, value in (all_of | {name: variants}).items()
    }
    state = np.tile(bench.first_state.reshape(-1, bench.units), copies).reshape(1, -1)
    *_, (_, _, values) = passed_with(bench, weights, state)
    output = next(reversed(values.values())).reshape(copies, bench.units)
    halves: Floats = np.square(output - bench.wanted).sum(axis=1) / 2
    return halves


def _wide(bench: Bench, name: str, copies: Floats) -> Floats:
    """Copies of a weight in one: all hear the same input, and each of them only its own state."""
    parts = copies.reshape(len(copies), -1, bench.kind.n_gates, bench.units)
    if name != "recurrent_kernel":
        return parts.transpose(1, 2, 0, 3)
    wide: Floats = np.einsum("crgu,cd->crgdu", parts, np.eye(len(copies)))
    return wide
