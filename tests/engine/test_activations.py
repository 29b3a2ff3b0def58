"""Activations of the engine and their slopes, against NumPy and differences."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from rnnlab.cells import activations
from rnnlab.engine.activations import ACTIVATIONS


def test_the_engine_has_the_activations_that_the_cells_have():
    assert set(ACTIVATIONS) == set(activations.ACTIVATIONS)


@pytest.mark.parametrize("name", activations.ACTIVATIONS)
def test_activations_and_their_slopes_are_those_of_numpy(name):
    x = np.linspace(-3, 3, 40, dtype=np.float32)
    ours, numpys = ACTIVATIONS[name], activations.ACTIVATIONS[name]
    y = numpys.function(x)
    np.testing.assert_allclose(ours.function(x), y, atol=1e-6)
    np.testing.assert_allclose(ours.slope(tf.constant(y)), numpys.slope(y), atol=1e-6)


@pytest.mark.parametrize("name", activations.ACTIVATIONS)
def test_slopes_written_by_the_output_are_derivatives(name):
    x, step = np.linspace(-3, 3, 40), 1e-6  # 0, the kink of relu, is not among them
    one = activations.ACTIVATIONS[name]
    rise = (one.function(x + step) - one.function(x - step)) / (2 * step)
    np.testing.assert_allclose(one.slope(one.function(x)), rise, atol=1e-8)
