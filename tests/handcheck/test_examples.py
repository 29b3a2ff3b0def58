"""The benches that one finds: small, whole, and worth a calculation."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.handcheck.backward import backward
from rnnlab.handcheck.bench import ARTICLE, FIRST_BENCHES
from rnnlab.handcheck.forward import forward


def test_every_cell_has_its_own():
    assert list(FIRST_BENCHES) == list(CELLS)
    for name, bench in FIRST_BENCHES.items():
        assert bench.cell == name


def test_simple_rnn_opens_with_the_articles_numbers():
    assert FIRST_BENCHES["simple_rnn"] == ARTICLE
    assert ARTICLE.kernel == ((1, 0, 2), (2, 1, 3))
    assert ARTICLE.recurrent_kernel == ((1, 2, 1), (1, 0, 1), (0, 1, 0))
    assert ARTICLE.bias == ((0, 0, 1),)
    assert ARTICLE.inputs == ((1, 3), (1, 1), (2, 3))


@pytest.mark.parametrize("cell", CELLS)
def test_its_numbers_are_whole_and_small(cell):
    bench = FIRST_BENCHES[cell]
    for weight in (*bench.weights.values(), bench.sequence):
        assert (weight == np.round(weight)).all()
        assert np.abs(weight).max() <= 3


@pytest.mark.parametrize("cell", CELLS)
def test_there_is_something_to_learn_from_every_step(cell):
    bench = FIRST_BENCHES[cell]
    outputs = [tuple(step.output) for step in forward(bench)]
    assert len(set(outputs)) == bench.timesteps
    found = backward(bench)
    assert found.loss > 0.1
    for step in found.steps:
        assert np.abs(step.delta).max() > 0.001
