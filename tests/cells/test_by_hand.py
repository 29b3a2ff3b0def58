"""Cells on paper, and initial weights as the papers describe them."""

import math

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS, cell
from rnnlab.cells.initial import FirstWeights, glorot_uniform, orthogonal
from rnnlab.network import Network, layer_weights

ARTICLE = {
    "rnn1_kernel": np.array([[1.0, 0, 2], [2, 1, 3]]),
    "rnn1_recurrent_kernel": np.array([[1.0, 2, 1], [1, 0, 1], [0, 1, 0]]),
    "rnn1_bias": np.array([0.0, 0, 1]),
    "dense_kernel": np.zeros((3, 2)),
    "dense_bias": np.zeros(2),
}
ARTICLE_INPUT = np.array([[[1.0, 3], [1, 1], [2, 3]]])


def test_the_hand_calculation_of_the_article():
    # h1 = [1 + 6, 3, 2 + 9] + [0, 0, 1]                                       = [7, 3, 12]
    # h2 = [1 + 2, 1, 2 + 3] + [7 + 3, 14 + 12, 7 + 3] + [0, 0, 1]             = [13, 27, 16]
    # h3 = [2 + 6, 3, 4 + 9] + [13 + 27, 26 + 16, 13 + 27] + [0, 0, 1]         = [48, 45, 54]
    network = Network(units=3, features=2, activation="linear")
    trace = reference.forward(network, ARTICLE, ARTICLE_INPUT).layers[0]
    np.testing.assert_array_equal(trace.outputs, [[[7, 3, 12], [13, 27, 16], [48, 45, 54]]])
    np.testing.assert_array_equal(trace.final_state, [[48, 45, 54]])


def test_the_sum_before_the_activation_is_shown_too():
    # x W + h U + b = [1, -1] W + [0, 0, 1] U + b = [-1, -1, -1] + [0, 1, 0] + [0, 0, 1]
    values = cell("simple_rnn").step(
        layer_weights(ARTICLE, 1), np.array([[1.0, -1.0]]), np.array([[0.0, 0.0, 1.0]]), "relu"
    )
    np.testing.assert_array_equal(values["a"], [[-1, 0, 0]])
    np.testing.assert_array_equal(values["h"], [[0, 0, 0]])


def test_backpropagation_through_two_steps_by_hand():
    # One unit, linear, kernel w = 2, recurrent kernel u = 3, bias 0, inputs 1 and 5, h0 = 0:
    # h1 = 2, h2 = 10 + 6 = 16. For L = h2: dL/dh1 = u = 3, dL/dw = x2 + u x1 = 5 + 3,
    # dL/du = h1 + u h0 = 2, dL/db = 1 + u = 4.
    simple = cell("simple_rnn")
    one = np.ones((1, 1))
    weights = {"kernel": 2 * one, "recurrent_kernel": 3 * one, "bias": np.zeros(1)}
    first = simple.step(weights, one, 0 * one, "linear")
    second = simple.step(weights, 5 * one, first["h"], "linear")
    late, _, d_h1 = simple.step_back(weights, 5 * one, first["h"], second, one, "linear")
    early, d_x1, d_h0 = simple.step_back(weights, one, 0 * one, first, d_h1, "linear")
    assert float(second["h"][0, 0]) == 16
    assert float(d_h1[0, 0]) == 3
    assert {name: float((late[name] + early[name]).sum()) for name in weights} == {
        "kernel": 8,
        "recurrent_kernel": 2,
        "bias": 4,
    }
    assert (float(d_x1[0, 0]), float(d_h0[0, 0])) == (6, 9)


def test_one_step_of_an_lstm():
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


def test_an_lstm_begins_by_remembering():
    bias = cell("lstm").initial_weights(np.random.default_rng(0), 2, 3)["bias"]
    assert list(bias) == [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]


def test_or_half_open_if_one_says_so():
    forgetful = FirstWeights(unit_forget_bias=False)
    drawn = cell("lstm").initial_weights(np.random.default_rng(0), 2, 3, forgetful)
    assert not drawn["bias"].any()


def test_one_step_of_a_gru():
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


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


@pytest.mark.parametrize(("rows", "columns"), [(1, 6), (6, 2), (40, 60)])
def test_glorot_kernels_fill_their_interval_and_no_more(rows, columns):
    limit = math.sqrt(6 / (rows + columns))
    draws = np.concatenate([glorot_uniform(child, rows, columns) for child in rng().spawn(500)])
    assert draws.shape == (500 * rows, columns)
    assert np.abs(draws).max() <= limit * (1 + 1e-6)
    assert np.abs(draws).max() > 0.99 * limit
    # A uniform distribution on [-1, 1] has the variance 1/3: that of Glorot & Bengio's eq. 12.
    assert draws.var() == pytest.approx(2 / (rows + columns), rel=0.05)
    assert abs(draws.mean()) < 0.05 * limit


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (4, 4), (3, 7), (64, 64), (8, 32)])
def test_the_shorter_sides_of_an_orthogonal_kernel_are_orthonormal(rows, columns):
    kernel = orthogonal(rng(), rows, columns).astype(float)
    assert kernel.shape == (rows, columns)
    short = kernel if rows <= columns else kernel.T
    np.testing.assert_allclose(short @ short.T, np.eye(min(rows, columns)), atol=1e-6)


def test_orthogonal_kernels_have_no_favourite_direction():
    # Uniform over rotations and reflections: every entry has mean 0 and variance 1 / 3.
    draws = np.stack([orthogonal(child, 3, 3) for child in rng().spawn(4000)])
    np.testing.assert_allclose(draws.mean(axis=0), 0, atol=4 * math.sqrt(1 / 3 / 4000))
    np.testing.assert_allclose((draws**2).mean(axis=0), 1 / 3, atol=0.03)


@pytest.mark.parametrize("gain", [0.0, 0.5, 1.0, 1.3])
@pytest.mark.parametrize("cell_name", CELLS)
def test_the_gain_stretches_the_recurrent_kernel_and_nothing_else(cell_name, gain):
    plain = cell(cell_name).initial_weights(rng(), 2, 5)
    drawn = cell(cell_name).initial_weights(rng(), 2, 5, FirstWeights(gain=gain))
    for name, value in plain.items():
        expected = gain * value if name == "recurrent_kernel" else value
        np.testing.assert_allclose(drawn[name], expected, rtol=1e-6)
    lengths = np.linalg.svd(drawn["recurrent_kernel"].astype(float), compute_uv=False)
    np.testing.assert_allclose(lengths, gain, atol=1e-6)
