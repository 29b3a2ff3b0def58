"""Networks that only read: their losses, and not a weight that moves."""

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.engine import Architecture, Batches, Program
from rnnlab.network import Network
from rnnlab.optimizers import OPTIMIZERS
from tests.engine.windows import ROWS, TIMESTEPS, some_batches, some_weights

WINDOWS = 12


def expected(network: Network, weights, batches: Batches, number: int) -> list[float]:
    """The losses by the NumPy forward pass, window after window."""
    losses, states = [], None
    for window in range(WINDOWS):
        states = states if batches.keep[window] else None
        trace = reference.forward(network, weights, batches.inputs[window, number], states)
        losses.append(reference.loss(network, trace, batches.targets[window, number]))
        states = trace.final_states
    return losses


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_losses_are_those_of_the_same_weights_in_every_window(optimizer):
    network = Network(cell="gru", units=3, layers=2)
    architecture = Architecture(
        network, optimizer, ROWS, TIMESTEPS, with_dropout=True, with_clipping=True
    )
    weights = [some_weights(network, seed) for seed in (1, 2)]
    batches = some_batches(architecture, WINDOWS, networks=2)
    batches.keep[[0, 5]] = False
    read = Program(architecture).read(weights, batches)
    assert read.shape == (WINDOWS, 2)
    for number, own in enumerate(weights):
        np.testing.assert_allclose(read[:, number], expected(network, own, batches, number), 1e-4)


def test_more_windows_than_a_call_can_take_are_read_one_after_the_other(monkeypatch):
    architecture = Architecture(Network(units=3), "momentum", ROWS, TIMESTEPS)
    weights, batches = [some_weights(architecture.network)], some_batches(architecture, WINDOWS)
    whole = Program(architecture).read(weights, batches)
    monkeypatch.setattr("rnnlab.engine.architecture.MAX_UPDATES_A_CALL", 5)
    parts = Program(Architecture(Network(units=3), "momentum", ROWS, TIMESTEPS))
    assert parts.architecture.capacity == 5
    np.testing.assert_allclose(parts.read(weights, batches), whole, rtol=1e-6)
