"""The GRU, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.cells import cell


def test_one_step_by_hand():
    # One unit, x = 1, h = 0.5. z: 0 + 0 = 0, so 0.5. r: 1, so 0.731059.
    # p = 2 * 0.5 + 1 = 2. n = tanh(-1 + 0.731059 * 2) = tanh(0.462117) = 0.431808.
    # h' = 0.5 * 0.5 + 0.5 * 0.431808 = 0.465904.
    weights = {
        "kernel": np.array([[0.0, 1.0, -1.0]]),
        "recurrent_kernel": np.array([[0.0, 0.0, 2.0]]),
        "bias": np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
    }
    values = cell("gru").step(weights, np.array([[1.0]]), np.array([[0.5]]), "tanh")
    step = {symbol: float(value[0, 0]) for symbol, value in values.items()}
    expected = {"z": 0.5, "r": 0.731059, "p": 2.0, "n": 0.431808, "h": 0.465904}
    for symbol, value in expected.items():
        assert step[symbol] == pytest.approx(value, abs=1e-6), symbol
