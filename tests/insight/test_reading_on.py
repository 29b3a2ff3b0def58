"""Reading on, part by part, against the forward pass that shows every quantity."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.insight.reading_on import ReadingOn
from rnnlab.network import Network
from rnnlab.reference import forward

ROWS, TIMESTEPS = 3, 17


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("cell", CELLS)
def test_part_by_part_it_answers_as_in_one_pass(cell, layers, activation):
    rng = np.random.default_rng(layers)
    network = Network(
        cell=cell, units=4, layers=layers, features=2, outputs=3, activation=activation
    )
    weights = {name: rng.normal(0, 0.4, shape) for name, shape in network.shapes.items()}
    inputs = rng.normal(size=(ROWS, TIMESTEPS, 2))
    reading = ReadingOn(network, weights, ROWS)
    parts = [reading.read(part) for part in np.split(inputs, [1, 6, 14], axis=1)]
    in_one_pass = forward(network, weights, inputs).outputs
    np.testing.assert_allclose(np.concatenate(parts, axis=1), in_one_pass, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("other", [{"bidirectional": True}, {"last_step": True}])
def test_who_needs_the_end_cannot_read_on(other):
    network = Network(units=2, **other)
    weights = network.initial_weights(np.random.default_rng(1))
    with pytest.raises(ValueError, match="read on"):
        ReadingOn(network, weights, ROWS)
