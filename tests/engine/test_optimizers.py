"""One update of each optimizer, and clipping: as Keras does it, and on paper."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from rnnlab.engine import operations
from rnnlab.engine.program import clipped
from rnnlab.optimizers import OPTIMIZERS, Gradient
from tests.engine.windows import some

NETWORKS = 3


def some_gradient(values) -> Gradient:
    return Gradient.of(tf.constant(values))


def keras_optimizer(name: str) -> keras.optimizers.Optimizer:
    own = OPTIMIZERS[name]
    return getattr(keras.optimizers, own.keras_class)(0.05, **own.keras_options)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_updates_are_those_of_keras(name):
    sizes = np.repeat(np.float32(10.0) ** np.arange(-5, 2, dtype=np.float32), 3)
    gradients = some(80, 21) * sizes
    theirs, variable = keras_optimizer(name), keras.Variable(np.zeros(21, np.float32))
    ours = OPTIMIZERS[name]
    weights = tf.zeros(21)
    slots = np.multiply.outer(np.array(ours.initial_slots), np.ones(21))
    slots = tf.constant(slots, tf.float32)
    for count, gradient in enumerate(gradients):
        theirs.apply([gradient], [variable])
        weights, slots = ours.update(
            operations,
            weights,
            slots,
            some_gradient(gradient),
            tf.constant(0.05),
            tf.constant(count),
        )
        np.testing.assert_allclose(weights, variable.numpy(), rtol=1e-4, atol=1e-8)
    assert np.abs(weights).min() > 1e-8
    assert slots.shape == (len(ours.initial_slots), 21)


def test_adagrad_by_hand():
    # Accumulator 0.1 + 3^2 = 9.1, step 0.5 * 3 / sqrt(9.1) = 1.5 / 3.016621 = 0.497245;
    # then 9.1 + 1^2 = 10.1, step 0.5 * 1 / sqrt(10.1) = 0.157329.
    update, slots = OPTIMIZERS["adagrad"].update, tf.constant([[[0.1]]])
    rate, count = tf.constant(0.5), tf.constant(0)
    weights, slots = update(
        operations, tf.constant([[2.0]]), slots, some_gradient([[3.0]]), rate, count
    )
    assert float(weights[0, 0]) == pytest.approx(2 - 0.497245, abs=1e-6)
    weights, slots = update(operations, weights, slots, some_gradient([[1.0]]), rate, count + 1)
    assert float(weights[0, 0]) == pytest.approx(2 - 0.497245 - 0.157329, abs=1e-6)


def test_momentum_by_hand():
    # Speeds -0.5 * 3 = -1.5, then 0.9 * -1.5 - 0.5 * 1 = -1.85.
    update, rate, count = OPTIMIZERS["momentum"].update, tf.constant(0.5), tf.constant(0)
    weights, slots = update(
        operations, tf.constant([[2.0]]), tf.zeros((1, 1, 1)), some_gradient([[3.0]]), rate, count
    )
    assert float(weights[0, 0]) == pytest.approx(0.5)
    weights, slots = update(operations, weights, slots, some_gradient([[1.0]]), rate, count + 1)
    assert float(weights[0, 0]) == pytest.approx(0.5 - 1.85)


@pytest.mark.parametrize("gradient", [1e-3, 5.0, -200.0])
def test_the_first_step_of_adam_has_the_length_of_the_rate(gradient):
    weights, _ = OPTIMIZERS["adam"].update(
        operations,
        tf.zeros((1, 1)),
        tf.zeros((2, 1, 1)),
        some_gradient([[gradient]]),
        tf.constant(0.01),
        tf.constant(0),
    )
    assert float(weights[0, 0]) == pytest.approx(-0.01 * np.sign(gradient), rel=5e-3)


def test_only_gradients_that_are_too_long_are_shortened():
    # Lengths 5, 13 and 0: the first fits, the second is 13 / 6.5 = 2 times too long.
    for gradient, expected in (([3, 4], [3, 4]), ([5, 12], [2.5, 6]), ([0, 0], [0, 0])):
        fitting = clipped(some_gradient(np.float32(gradient)), tf.constant(6.5)).values
        np.testing.assert_allclose(fitting, expected, rtol=1e-6)


@pytest.mark.parametrize("norm", [1e-3, 0.7, 100.0])
def test_clipping_is_that_of_keras(norm):
    gradient = some(50)
    theirs = keras.optimizers.SGD(1.0, global_clipnorm=norm)
    # Keras takes the norm over all variables together.
    variables = [keras.Variable(np.zeros(20, np.float32)), keras.Variable(np.zeros(30, np.float32))]
    theirs.apply([gradient[:20], gradient[20:]], variables)
    ours = clipped(some_gradient(gradient), tf.constant(norm)).values
    np.testing.assert_allclose(ours, -np.concatenate(variables), rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("norm", [0.7, 100.0])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_weights_that_the_input_picks_are_updated_as_keras_does(name, norm):
    # Of five rows the last is never picked, and the first by three of four places.
    theirs = keras_optimizer(name)
    theirs.global_clipnorm = norm
    variable = keras.Variable(np.zeros((5, 2), np.float32))
    ours, weights = OPTIMIZERS[name], tf.zeros(10)
    slots = np.multiply.outer(np.array(ours.initial_slots), np.ones(10))
    slots = tf.constant(slots, tf.float32)
    for count in range(20):
        picked = np.array([[0, 0, 3, 0], [1, 2, 3, 3]][count % 2])
        places = np.random.default_rng(count).standard_normal((4, 2)).astype(np.float32)
        theirs.apply([tf.IndexedSlices(places, picked, (5, 2))], [variable])
        values, squares = np.zeros((2, 5, 2), np.float32)
        np.add.at(values, picked, places)
        np.add.at(squares, picked, places**2)
        gradient = Gradient(tf.constant(values.ravel()), tf.constant(squares.ravel()))
        gradient = clipped(gradient, tf.constant(norm))
        weights, slots = ours.update(
            operations, weights, slots, gradient, tf.constant(0.05), tf.constant(count)
        )
        np.testing.assert_allclose(weights, np.ravel(variable), rtol=1e-4, atol=1e-6)
