"""Architectures of nearby widths share a program, and each trains as it would alone."""

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.engine import Architecture, NarrowProgram, Program, program
from rnnlab.network import Network
from rnnlab.optimizers import OPTIMIZERS
from tests.engine.windows import (
    ROWS,
    TIMESTEPS,
    begun,
    hyperparameters,
    some_batches,
    some_weights,
)

UPDATES = 30
KINDS = {
    "plain": {},
    "deep": {"layers": 2},
    "both ways": {"bidirectional": True},
    "a number": {"last_step": True, "outputs": 1, "classes": False},
}


def trained(compiled: Program, clip: float = 1.0, networks: int = 1):
    return compiled.run(
        begun(compiled, networks=networks),
        some_batches(compiled.architecture, UPDATES, networks=networks),
        hyperparameters(clip=clip, networks=networks),
    )


def assert_alike(architecture: Architecture, networks: int = 1) -> None:
    alone, shared = Program(architecture), program(architecture)
    assert isinstance(shared, NarrowProgram)
    (state, chunk), (shared_state, shared_chunk) = (
        trained(one, 0.5, networks) for one in (alone, shared)
    )
    np.testing.assert_allclose(shared_chunk.losses, chunk.losses, atol=1e-5)
    np.testing.assert_array_equal(shared_chunk.losses[0], chunk.losses[0])
    np.testing.assert_allclose(shared_chunk.predicted, chunk.predicted, atol=1e-4)
    for network in range(networks):
        weights = shared.weights(shared_state, network)
        for name, own in alone.weights(state, network).items():
            np.testing.assert_allclose(weights[name], own, atol=1e-4, err_msg=name)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", CELLS)
def test_a_shared_program_trains_each_kind_of_network_as_its_own_would(cell, kind):
    network = Network(cell=cell, units=3, features=3, **KINDS[kind])
    assert_alike(Architecture(network, "adam", ROWS, TIMESTEPS, with_clipping=True))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_and_with_every_optimizer_and_several_networks(optimizer):
    network = Network(units=5, features=3)
    assert_alike(Architecture(network, optimizer, ROWS, TIMESTEPS, with_clipping=True), networks=2)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_silent_units_stay_silent_to_the_last_bit(optimizer):
    narrow = program(Architecture(Network(cell="gru", units=5), optimizer, ROWS, TIMESTEPS))
    state, _ = trained(narrow)
    wide = program(Architecture(Network(cell="gru", units=6), optimizer, ROWS, TIMESTEPS))
    assert type(wide) is Program
    weights = wide.weights(state)
    kernel = weights["rnn1_kernel"].reshape(-1, 3, 6)
    assert (kernel[..., 5] == 0).all()
    assert (kernel[..., :5] != 0).all()
    assert (weights["dense_kernel"][5] == 0).all()


def test_neighbours_compile_once():
    architectures = [
        Architecture(Network(units=units), "sgd", ROWS, TIMESTEPS + 3) for units in (7, 8)
    ]
    narrow, wide = map(program, architectures)
    narrow.compile()
    assert wide._compiled
    assert not isinstance(wide, NarrowProgram)


def test_what_only_reads_is_padded_too():
    architecture = Architecture(Network(units=5), "adam", ROWS, TIMESTEPS)
    weights, batches = [some_weights(architecture.network)], some_batches(architecture, 4)
    expected = Program(architecture).read(weights, batches)
    np.testing.assert_allclose(program(architecture).read(weights, batches), expected, rtol=1e-6)
