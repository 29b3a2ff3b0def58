"""The engine's gradients are those of the NumPy reference, for every kind of network."""

from dataclasses import replace

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.engine import Architecture, Hyperparameters, operations, program
from rnnlab.network import Network
from tests.engine.windows import (
    BOTH,
    FEW_WORDS,
    NUMBER,
    POOLED,
    ROWS,
    TIMESTEPS,
    WIDE_UNITS,
    WORDS,
    assert_numpys_step,
    begun,
    hyperparameters,
    name_of,
    some_batches,
    some_network,
    some_weights,
)

SOME = Architecture(Network(units=3), "adagrad", ROWS, TIMESTEPS)


def networks_of(cell: str) -> list[Network]:
    """One cell, from below and above in every way."""
    wide = {"units": WIDE_UNITS[cell]}
    return [
        some_network(cell, wide, activation="relu", features=2),
        some_network(cell, NUMBER, units=3, layers=2, last_step=True),
        some_network(cell, wide, NUMBER, features=2, activation="linear"),
        some_network(cell, FEW_WORDS, outputs=1, last_step=True),
        some_network(cell, WORDS, outputs=12),
        some_network(cell, BOTH, WORDS, layers=2, outputs=1, last_step=True),
        some_network(cell, BOTH, NUMBER, wide, last_step=True),
        some_network(cell, POOLED, FEW_WORDS, layers=2, outputs=3),
        some_network(cell, BOTH, POOLED, WORDS, layers=2, outputs=1),
        some_network(cell, BOTH, outputs=2),
    ]


@pytest.mark.parametrize(
    "network", [network for cell in CELLS for network in networks_of(cell)], ids=name_of
)
def test_the_gradient_is_the_one_of_numpy(network):
    assert_numpys_step(network)


@pytest.mark.parametrize("last_step", [True, False], ids=["last step", "each step"])
@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_of_a_long_window_is_the_one_of_numpy(cell, last_step, monkeypatch):
    monkeypatch.setattr(operations, "LONG", 0)
    wide = {"units": WIDE_UNITS[cell], "outputs": 1, "last_step": last_step}
    assert_numpys_step(some_network(cell, FEW_WORDS, wide))
    if last_step:
        assert_numpys_step(some_network(cell, BOTH, WORDS, wide))


@pytest.mark.parametrize("norm", [0.01, 0.1])
def test_a_clipped_gradient_has_the_norm_asked_for_and_points_where_it_did(norm):
    free = Architecture(Network(units=3, layers=2), "sgd", ROWS, TIMESTEPS)
    steps = []
    for architecture in (free, replace(free, with_clipping=True)):
        compiled, batches = program(architecture), some_batches(architecture, 1)
        (start,) = begun(compiled)
        (after,), _ = compiled.run((start,), batches, hyperparameters(1.0, clip=norm))
        steps.append(start.weights.numpy() - after.weights.numpy())
    length, clipped_length = map(np.linalg.norm, steps)
    assert length > norm
    assert clipped_length == pytest.approx(norm, rel=1e-3)
    np.testing.assert_allclose(steps[1] / norm, steps[0] / length, atol=1e-4)


def test_the_state_is_forgotten_just_where_it_is_not_to_be_kept():
    compiled, batches = program(SOME), some_batches(SOME, 3)
    weights, start = some_weights(SOME.network), begun(compiled)
    for forgotten in (1, 2):
        keep = np.arange(3) != forgotten
        kept = batches._replace(keep=keep)
        losses = compiled.run(start, kept, Hyperparameters(0.0))[1].losses[:, 0]
        states = None
        for number in range(3):
            trace = reference.forward(
                SOME.network, weights, batches.inputs[number, 0], states if keep[number] else None
            )
            expected = reference.loss(SOME.network, trace, batches.targets[number, 0])
            assert losses[number] == pytest.approx(expected, abs=1e-6)
            states = trace.final_states


def test_every_window_of_a_bidirectional_network_begins_with_zeros():
    architecture = Architecture(some_network("lstm", BOTH, outputs=2), "sgd", ROWS, TIMESTEPS)
    compiled, batches = program(architecture), some_batches(architecture, 2, carry_state=True)
    start = begun(compiled)
    (after,), chunk = compiled.run(start, batches, Hyperparameters(0.0))
    assert not after.state.numpy().any()
    backwards = batches._replace(inputs=batches.inputs[::-1], targets=batches.targets[::-1])
    other = compiled.run(start, backwards, Hyperparameters(0.0))[1]
    np.testing.assert_array_equal(other.losses, chunk.losses[::-1])


def test_ids_of_no_word_are_refused():
    architecture = Architecture(some_network("gru", FEW_WORDS), "sgd", ROWS, TIMESTEPS)
    compiled, batches = program(architecture), some_batches(architecture, 1)
    batches.inputs[0, 0, 3, 2] = 20
    with pytest.raises(ValueError, match="The words are 0 to 19"):
        compiled.run(begun(compiled), batches, Hyperparameters(0.1))
