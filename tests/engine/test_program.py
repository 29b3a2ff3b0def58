"""The compiled training loop: what goes from update to update, and what compiles anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS, cell
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.engine import Architecture, Program, program

ROWS, WINDOW, UNITS, UPDATES = 4, 5, 3, 30
SOME = Architecture("simple_rnn", "tanh", "adagrad", ROWS, WINDOW, UNITS)
BIG = Architecture("simple_rnn", "tanh", "adam", rows=500, window=100, units=64)

EVERY_NETWORK = pytest.mark.parametrize(
    "architecture",
    [
        Architecture(name, activation, "adagrad", ROWS, WINDOW, UNITS)
        for name in CELLS
        for activation in ACTIVATIONS
    ],
    ids=lambda one: f"{one.cell}-{one.activation}",
)


def some_weights(architecture: Architecture, seed: int = 0) -> dict[str, np.ndarray]:
    """Random weights, the biases too."""
    rng = np.random.default_rng(seed)
    shapes = reference.weight_shapes(cell(architecture.cell), 1, architecture.units)
    return {
        name: (0.5 * rng.standard_normal(shape)).astype(np.float32)
        for name, shape in shapes.items()
    }


def some_windows(seed: int = 0, updates: int = UPDATES) -> tuple[np.ndarray, np.ndarray]:
    bits = np.random.default_rng(seed).integers(2, size=(2, updates, ROWS, WINDOW))
    return bits[0], bits[1]


def run(compiled: Program, carry, windows, rate: float = 0.1, carry_state: bool = True):
    return compiled.run(carry, *windows, learning_rate=rate, carry_state=carry_state)


def gradient_of(before: dict, after: dict) -> dict[str, np.ndarray]:
    """What Adagrad's first update, at rate 1, must have seen.

    The step d is g / sqrt(0.1 + g^2), so g = d sqrt(0.1 / (1 - d^2)).
    """
    steps = {name: before[name].astype(float) - after[name] for name in before}
    return {name: step * np.sqrt(0.1 / (1 - step**2)) for name, step in steps.items()}


@EVERY_NETWORK
@pytest.mark.parametrize("carry_state", [True, False], ids=["carried", "reset"])
def test_the_gradient_is_the_one_of_numpy(architecture, carry_state):
    compiled, weights = program(architecture), some_weights(architecture)
    first, second = some_windows(1, 1), some_windows(2, 1)
    carry, _ = run(compiled, compiled.begin(weights), first, rate=0.0)
    carry = compiled.begin(weights)._replace(state=carry.state)
    carry, chunk = run(compiled, carry, second, rate=1.0, carry_state=carry_state)

    layer = cell(architecture.cell)
    exact = {name: value.astype(float) for name, value in weights.items()}
    past = reference.forward(layer, exact, first[0][0][..., None], architecture.activation)
    state = past.final_state if carry_state else None
    inputs, targets = second[0][0][..., None], second[1][0]
    trace = reference.forward(layer, exact, inputs, architecture.activation, state)
    expected = reference.gradients(layer, exact, inputs, targets, trace, architecture.activation)

    assert chunk.losses[0] == pytest.approx(reference.loss(trace, targets), abs=1e-6)
    np.testing.assert_allclose(chunk.predicted, trace.probabilities[..., 1], atol=1e-6)
    np.testing.assert_allclose(carry.state.numpy().T, trace.final_state, atol=1e-6)
    for name, gradient in gradient_of(weights, compiled.weights(carry)).items():
        np.testing.assert_allclose(gradient, expected[name], atol=2e-6, err_msg=name)


@pytest.mark.parametrize("optimizer", ["adagrad", "adam"])
@pytest.mark.parametrize("carry_state", [True, False], ids=["carried", "reset"])
@pytest.mark.parametrize("size", [1, 7])
def test_many_updates_in_one_call_are_the_same_as_in_many_calls(optimizer, carry_state, size):
    compiled = program(Architecture("simple_rnn", "tanh", optimizer, ROWS, WINDOW, UNITS))
    start = compiled.begin(some_weights(compiled.architecture))
    inputs, targets = some_windows()
    once, whole = run(compiled, start, (inputs, targets), carry_state=carry_state)

    often, losses = start, []
    for begin, end in pairwise([*range(0, UPDATES, size), UPDATES]):
        part = inputs[begin:end], targets[begin:end]
        often, chunk = run(compiled, often, part, carry_state=carry_state)
        losses.append(chunk.losses)

    np.testing.assert_array_equal(np.concatenate(losses), whole.losses)
    np.testing.assert_array_equal(chunk.predicted, whole.predicted)
    for name in once._fields:
        np.testing.assert_array_equal(getattr(often, name), getattr(once, name), err_msg=name)
    assert int(once.count) == UPDATES


class Counted(Program):
    """A program that counts how often it is traced, and so compiled."""

    traces = 0

    def _trace(self, *arguments):
        self.traces += 1
        return super()._trace(*arguments)


def test_other_rates_seeds_data_and_lengths_compile_nothing_anew():
    compiled = Counted(SOME)
    compiled.compile()
    assert compiled.traces == 1
    for seed, (updates, rate) in enumerate([(30, 0.1), (1, 0.1), (7, 1), (30, np.float32(0.3))]):
        carry = compiled.begin(some_weights(SOME, seed))
        carry, _ = run(compiled, carry, some_windows(seed, updates), rate, carry_state=True)
        run(compiled, compiled.forget(carry), some_windows(seed, updates), rate, carry_state=False)
    assert compiled.traces == 1


def test_equal_architectures_share_one_program():
    again = Architecture("simple_rnn", "tanh", "adagrad", ROWS, WINDOW, UNITS)
    assert program(again) is program(SOME)
    assert program(Architecture("simple_rnn", "relu", "adagrad", ROWS, WINDOW, UNITS)) is not (
        program(SOME)
    )


def test_compiling_changes_nothing():
    fresh, start = Program(SOME), some_weights(SOME)
    without = run(fresh, fresh.begin(start), some_windows())[1].losses
    fresh.compile()
    np.testing.assert_array_equal(run(fresh, fresh.begin(start), some_windows())[1].losses, without)


def test_a_run_leaves_what_it_started_from_as_it_was():
    compiled = program(SOME)
    start, windows = compiled.begin(some_weights(SOME)), some_windows()
    kept = windows[0].copy()
    first = run(compiled, start, windows)[1].losses
    np.testing.assert_array_equal(run(compiled, start, windows)[1].losses, first)
    np.testing.assert_array_equal(windows[0], kept)


def test_to_forget_is_to_start_from_zero_with_what_was_learnt():
    compiled = program(SOME)
    carry, _ = run(compiled, compiled.begin(some_weights(SOME)), some_windows())
    assert np.abs(carry.state).max() > 0
    forgot = compiled.forget(carry)
    assert np.abs(forgot.state).max() == 0
    np.testing.assert_array_equal(forgot.weights, carry.weights)
    np.testing.assert_array_equal(forgot.slots, carry.slots)
    assert int(forgot.count) == UPDATES


def test_two_threads_can_use_one_program():
    compiled = Program(SOME)

    def losses(seed: int) -> np.ndarray:
        carry = compiled.begin(some_weights(SOME, seed))
        return run(compiled, carry, some_windows(seed))[1].losses

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(losses, [0, 1] * 6))
    for seed, values in enumerate(together):
        np.testing.assert_array_equal(values, losses(seed % 2))


@pytest.mark.parametrize("architecture", [SOME, BIG], ids=["small", "big"])
def test_a_call_holds_a_bounded_amount_of_data(architecture):
    inputs = architecture.rows * architecture.window
    assert 1 <= architecture.capacity <= 1024
    assert architecture.capacity * inputs <= 200_000


def test_a_chunk_has_one_loss_and_one_accuracy_for_each_update():
    compiled = program(SOME)
    _, chunk = run(compiled, compiled.begin(some_weights(SOME)), some_windows(updates=11))
    assert chunk.losses.shape == chunk.accuracies.shape == (11,)
    assert chunk.predicted.shape == (ROWS, WINDOW)
    whole_rights = chunk.accuracies * ROWS * WINDOW
    np.testing.assert_allclose(whole_rights, whole_rights.round(), atol=1e-4)
