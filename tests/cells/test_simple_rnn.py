"""The simple recurrent network against numbers worked out on paper."""

from __future__ import annotations

import numpy as np

from rnnlab import reference
from rnnlab.cells import cell
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
