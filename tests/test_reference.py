"""The NumPy network: its gradients against differences of its loss, its loss against Keras'."""

from __future__ import annotations

import math

import keras
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rnnlab import reference
from rnnlab.cells import CELLS, Cell
from rnnlab.cells.activations import ACTIVATIONS

STEP = 1e-6

EVERY_CELL = pytest.mark.parametrize("tried", CELLS.values(), ids=list(CELLS))
EVERY_ACTIVATION = pytest.mark.parametrize("activation", ACTIVATIONS)


class Case:
    """A random network in float64, with a state, inputs and targets for it."""

    def __init__(self, tried: Cell, activation: str, seed: int, sizes: tuple[int, int, int, int]):
        rng = np.random.default_rng(seed)
        rows, steps, features, units = sizes
        self.cell, self.activation = tried, activation
        shapes = reference.weight_shapes(tried, features, units)
        self.weights = {name: 0.6 * rng.standard_normal(shape) for name, shape in shapes.items()}
        self.inputs = rng.standard_normal((rows, steps, features))
        self.targets = rng.integers(2, size=(rows, steps))
        self.state = rng.uniform(-1, 1, (rows, tried.state_size(units)))

    def forward(self, weights: dict) -> reference.Trace:
        return reference.forward(self.cell, weights, self.inputs, self.activation, self.state)

    def gradients(self) -> dict:
        return reference.gradients(
            self.cell,
            self.weights,
            self.inputs,
            self.targets,
            self.forward(self.weights),
            self.activation,
        )

    def nearby(self, name: str, index: tuple[int, ...], change: float) -> reference.Trace:
        weights = {key: value.copy() for key, value in self.weights.items()}
        weights[name][index] += change
        return self.forward(weights)


def signs(trace: reference.Trace) -> list[bytes]:
    """Which side of zero everything is on: a kink lies between two traces where this differs."""
    return [(value > 0).tobytes() for values in trace.steps for value in values.values()]


@EVERY_CELL
@EVERY_ACTIVATION
@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    sizes=st.tuples(st.integers(1, 3), st.integers(1, 6), st.integers(1, 2), st.integers(1, 4)),
)
def test_gradients_equal_differences_of_the_loss(tried, activation, seed, sizes):
    case = Case(tried, activation, seed, sizes)
    gradients = case.gradients()
    assert list(gradients) == list(case.weights)
    for name, value in case.weights.items():
        expected = np.zeros_like(value)
        for index in np.ndindex(value.shape):
            above, below = case.nearby(name, index, STEP), case.nearby(name, index, -STEP)
            assume(signs(above) == signs(below))
            rise = reference.loss(above, case.targets) - reference.loss(below, case.targets)
            expected[index] = rise / (2 * STEP)
        np.testing.assert_allclose(gradients[name], expected, rtol=1e-5, atol=1e-8)


@EVERY_CELL
@EVERY_ACTIVATION
def test_the_loss_is_that_of_keras(tried, activation):
    case = Case(tried, activation, seed=5, sizes=(6, 9, 2, 4))
    trace = case.forward(case.weights)
    expected = keras.losses.SparseCategoricalCrossentropy()(case.targets, trace.probabilities)
    assert reference.loss(trace, case.targets) == pytest.approx(float(expected), rel=1e-6)


@EVERY_CELL
def test_who_knows_nothing_loses_ln_2(tried):
    case = Case(tried, "tanh", seed=6, sizes=(3, 8, 1, 2))
    blind = case.weights | {"dense_kernel": np.zeros((2, 2)), "dense_bias": np.ones(2)}
    assert reference.loss(case.forward(blind), case.targets) == pytest.approx(math.log(2))


@EVERY_CELL
@EVERY_ACTIVATION
def test_a_pass_can_be_cut_and_taken_up_again(tried, activation):
    case = Case(tried, activation, seed=7, sizes=(3, 8, 2, 4))
    whole = case.forward(case.weights)
    first = reference.forward(tried, case.weights, case.inputs[:, :5], activation, case.state)
    rest = reference.forward(tried, case.weights, case.inputs[:, 5:], activation, first.final_state)
    cut = np.concatenate([first.probabilities, rest.probabilities], axis=1)
    np.testing.assert_array_equal(cut, whole.probabilities)
    np.testing.assert_array_equal(rest.final_state, whole.final_state)


@EVERY_CELL
def test_without_a_state_a_pass_starts_from_zero(tried):
    case = Case(tried, "tanh", seed=8, sizes=(3, 4, 2, 4))
    from_zero = reference.forward(
        tried, case.weights, case.inputs, "tanh", np.zeros_like(case.state)
    )
    unsaid = reference.forward(tried, case.weights, case.inputs, "tanh")
    np.testing.assert_array_equal(unsaid.probabilities, from_zero.probabilities)
    assert not np.array_equal(unsaid.probabilities, case.forward(case.weights).probabilities)


@EVERY_CELL
def test_a_trace_tells_everything_of_every_step(tried):
    case = Case(tried, "tanh", seed=9, sizes=(3, 8, 2, 4))
    trace = case.forward(case.weights)
    assert len(trace.steps) == len(trace.states) == 8
    assert trace.outputs.shape == (3, 8, 4)
    np.testing.assert_allclose(trace.probabilities.sum(axis=2), np.ones((3, 8)))
    np.testing.assert_array_equal(trace.states[0], case.state)
    np.testing.assert_array_equal(trace.states[3], tried.next_state(trace.steps[2]))


def test_a_very_sure_network_has_no_overflow():
    case = Case(next(iter(CELLS.values())), "tanh", seed=10, sizes=(2, 3, 1, 2))
    sure = case.weights | {"dense_kernel": np.zeros((2, 2)), "dense_bias": np.array([1e4, 0.0])}
    np.testing.assert_array_equal(case.forward(sure).probabilities[..., 0], np.ones((2, 3)))
