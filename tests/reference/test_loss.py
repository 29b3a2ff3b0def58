"""The loss: by hand, and against Keras'."""

from __future__ import annotations

import math

import keras
import numpy as np
import pytest

from rnnlab import reference
from rnnlab.network import Network
from tests.reference.cases import EVERY_READ_OUT, Case


def test_a_sigmoid_by_hand():
    # The weights are zero, so it always says its bias, ln 3: a 1 has probability 3/4. Targets 1
    # and 0 cost ln (4/3) and ln 4.
    network = Network(units=1, outputs=1)
    weights = {name: np.zeros(shape) for name, shape in network.shapes.items()}
    weights["dense_bias"] = np.array([math.log(3)])
    trace = reference.forward(network, weights, np.ones((1, 2, 1)))
    np.testing.assert_allclose(trace.predicted, np.full((1, 2, 1), 0.75))
    expected = (math.log(4 / 3) + math.log(4)) / 2
    assert reference.loss(network, trace, np.array([[1, 0]])) == pytest.approx(expected)


@pytest.mark.parametrize("outputs", [1, 2])
def test_who_is_quite_sure_and_wrong_has_a_finite_loss(outputs):
    case = Case(Network(units=2, outputs=outputs), seed=10)
    sure = case.weights | {
        "dense_kernel": np.zeros((2, outputs)),
        "dense_bias": np.array([0.0, 1e4][-outputs:]),
    }
    trace = case.forward(sure)
    right, wrong = np.ones((3, 5)), np.zeros((3, 5))
    assert reference.loss(case.network, trace, right) == 0
    assert reference.loss(case.network, trace, wrong) == 1e4


@EVERY_READ_OUT
def test_the_loss_is_that_of_keras(network):
    case = Case(network, seed=5)
    trace = case.forward()
    judge = keras.losses.MeanSquaredError()
    targets = case.targets[..., None]
    if network.sigmoid:
        judge = keras.losses.BinaryCrossentropy()
    elif network.classes:
        judge, targets = keras.losses.SparseCategoricalCrossentropy(), case.targets
    expected = float(judge(targets, trace.predicted))
    assert reference.loss(network, trace, case.targets) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("classes", [2, 5])
def test_who_knows_nothing_loses_the_logarithm_of_the_classes(classes):
    case = Case(Network(units=2, outputs=classes), seed=6)
    blind = case.weights | {
        "dense_kernel": np.zeros((2, classes)),
        "dense_bias": np.ones(classes),
    }
    assert case.loss(blind) == pytest.approx(math.log(classes))


def test_a_squared_error_by_hand():
    # The weights are zero, so it always says its bias, 2. Targets 2, 5: errors 0 and 9, mean 4.5.
    network = Network(units=1, outputs=1, classes=False, last_step=True)
    weights = {name: np.zeros(shape) for name, shape in network.shapes.items()}
    weights["dense_bias"] = np.array([2.0])
    trace = reference.forward(network, weights, np.ones((2, 3, 1)))
    assert reference.loss(network, trace, np.array([[2.0], [5.0]])) == 4.5


def test_a_very_sure_network_has_no_overflow():
    case = Case(Network(units=2), seed=10)
    sure = case.weights | {"dense_kernel": np.zeros((2, 2)), "dense_bias": np.array([1e4, 0.0])}
    np.testing.assert_array_equal(case.forward(sure).predicted[..., 0], np.ones((3, 5)))


@EVERY_READ_OUT
def test_targets_of_a_wrong_shape_are_not_stretched(network):
    case = Case(network)
    with pytest.raises(ValueError, match="do not belong"):
        reference.loss(network, case.forward(), case.targets[:1])
    with pytest.raises(ValueError, match="do not belong"):
        reference.gradients(network, case.weights, case.inputs, case.targets[:, 0], case.forward())
