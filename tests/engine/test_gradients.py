"""What one update does: the gradient of NumPy, clipped or not, from the state it should be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.engine import Architecture, Dials, Program, program
from rnnlab.network import Network
from tests.engine.windows import WIDE_UNITS, begun, dials, some_batches, some_weights

ROWS, WINDOW = 4, 5
NUMBERS = {"classes": False, "outputs": 1}
SOME = Architecture(Network(units=3), "adagrad", ROWS, WINDOW)

KINDS = (
    {"units": 6, "features": 2, "activation": "relu"},
    {"units": 3, "layers": 2, "features": 2, "last_step": True, **NUMBERS},
    {"features": 2, "activation": "linear", **NUMBERS},
)
NETWORKS = [
    Network(cell=cell, **{"units": WIDE_UNITS[cell]} | kind) for cell in CELLS for kind in KINDS
]


def numpys_state(compiled: Program, carry, network: int = 0) -> tuple[np.ndarray, ...]:
    """The state of one network as `reference` has it: an array (batch, state size) a layer."""
    a = compiled.architecture
    state = carry.state.numpy().reshape(-1, a.networks, a.rows)[:, network].T.astype(float)
    return tuple(np.split(state, a.network.layers, axis=1))


def exact(weights: dict) -> dict:
    return {name: value.astype(float) for name, value in weights.items()}


def assert_step(before: dict, after: dict, gradient: dict, atol: float) -> None:
    """Whether plain gradient descent at rate 1 made this step."""
    assert max(np.abs(value).max() for value in gradient.values()) > 100 * atol
    for name, value in gradient.items():
        np.testing.assert_allclose(
            before[name].astype(float) - after[name], value, atol=atol, err_msg=name
        )


@pytest.mark.parametrize("network", NETWORKS, ids=lambda one: f"{one.cell}-{one.activation}")
def test_the_gradient_is_the_one_of_numpy(network):
    architecture = Architecture(network, "sgd", 12, WINDOW)
    compiled, weights = program(architecture), some_weights(network)
    first, second = (some_batches(architecture, 1, seed) for seed in (1, 2))
    start = compiled.begin([weights])
    warm, _ = compiled.run(start, first, Dials(0.0))
    assert np.abs(warm.state).max() > 0.01
    for keep in (True, False):
        batches = second._replace(keep=np.array([keep]))
        carry, chunk = compiled.run(warm, batches, Dials(1.0))
        state = numpys_state(compiled, warm) if keep else None
        inputs, targets = second.inputs[0, 0], second.targets[0, 0]
        trace = reference.forward(network, exact(weights), inputs, state)
        gradient = reference.gradients(network, exact(weights), inputs, targets, trace)

        expected = reference.loss(network, trace, targets)
        assert chunk.losses[0, 0] == pytest.approx(expected, abs=1e-6)
        said = trace.predicted[..., 1 if network.classes else 0]
        np.testing.assert_allclose(chunk.predicted, said, atol=1e-5)
        after = np.concatenate(numpys_state(compiled, carry), axis=1)
        np.testing.assert_allclose(after, np.concatenate(trace.final_states, axis=1), atol=1e-5)
        assert_step(weights, compiled.weights(carry), gradient, atol=5e-6)


@pytest.mark.parametrize("norm", [0.01, 0.1])
def test_a_clipped_gradient_has_the_norm_asked_for_and_points_where_it_did(norm):
    free = Architecture(Network(units=3, layers=2), "sgd", ROWS, WINDOW, 2)
    steps = []
    for one in (free, replace(free, with_clipping=True)):
        compiled, batches = program(one), some_batches(one, 1)
        start = begun(compiled)
        after, _ = compiled.run(start, batches, dials(one, 1.0, clip=norm))
        steps.append(start.weights.numpy() - after.weights.numpy())
    lengths, clipped_lengths = (np.linalg.norm(step, axis=0) for step in steps)
    assert lengths.min() > norm
    np.testing.assert_allclose(clipped_lengths, norm, rtol=1e-3)
    np.testing.assert_allclose(steps[1] / norm, steps[0] / lengths, atol=1e-4)


def test_the_state_is_forgotten_just_where_it_is_not_to_be_kept():
    compiled, batches = program(SOME), some_batches(SOME, 3)
    weights = some_weights(SOME.network)
    start = begun(compiled)
    for forgotten in (1, 2):
        keep = np.arange(3) != forgotten
        still = Dials(0.0)
        losses = compiled.run(start, batches._replace(keep=keep), still)[1].losses[:, 0]
        states = None
        for number in range(3):
            trace = reference.forward(
                SOME.network, weights, batches.inputs[number, 0], states if keep[number] else None
            )
            expected = reference.loss(SOME.network, trace, batches.targets[number, 0])
            assert losses[number] == pytest.approx(expected, abs=1e-6)
            states = trace.final_states
