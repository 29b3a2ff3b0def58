"""The LSTM, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.cells import cell


def test_one_step_by_hand():
    # One unit, x = 1, h = 0.5, c = 2; sums: i = 1 + 0 = 1, f = 0 + 2 * 0.5 = 1, g = -1 + 0 = -1,
    # o = 0; sigma(1) = 0.731059, sigma(0) = 0.5, tanh(-1) = -0.761594.
    # c' = 0.731059 * 2 + 0.731059 * (-0.761594) = 1.462117 - 0.556770 = 0.905347,
    # h' = 0.5 * tanh(0.905347) = 0.5 * 0.718891 = 0.359446.
    weights = {
        "kernel": np.array([[1.0, 0.0, -1.0, 0.0]]),
        "recurrent_kernel": np.array([[0.0, 2.0, 0.0, 0.0]]),
        "bias": np.zeros(4),
    }
    values = cell("lstm").step(weights, np.array([[1.0]]), np.array([[0.5, 2.0]]), "tanh")
    step = {symbol: float(value[0, 0]) for symbol, value in values.items()}
    expected = {"i": 0.731059, "f": 0.731059, "g": -0.761594, "o": 0.5, "c": 0.905347}
    for symbol, value in (expected | {"h": 0.359446}).items():
        assert step[symbol] == pytest.approx(value, abs=1e-6), symbol


def test_it_begins_by_remembering():
    bias = cell("lstm").initial_weights(np.random.default_rng(0), 2, 3)["bias"]
    assert list(bias) == [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]
