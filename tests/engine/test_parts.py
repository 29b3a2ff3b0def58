"""The engine's tools, each against NumPy, Keras or paper."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

import rnnlab.settings
from rnnlab.cells import activations
from rnnlab.engine.activations import ACTIVATIONS
from rnnlab.engine.optimizers import OPTIMIZERS
from rnnlab.engine.products import apply_kernel, apply_transpose, kernel_gradient
from rnnlab.engine.readout import read
from rnnlab.engine.scan import scan

STEPS, INPUTS, OUTPUTS, BATCH = 6, 3, 4, 5


def some(*shape: int) -> np.ndarray:
    return np.random.default_rng(len(shape)).standard_normal(shape).astype(np.float32)


def test_the_engine_has_what_the_settings_offer():
    assert set(OPTIMIZERS) == set(rnnlab.settings.OPTIMIZERS)
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


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_updates_are_those_of_keras(name):
    gradients = some(80, 7) * np.float32(10.0) ** np.arange(-5, 2, dtype=np.float32)
    variable = keras.Variable(np.zeros(7, np.float32))
    theirs = keras.optimizers.get(name)
    theirs.learning_rate = 0.05
    theirs.build([variable])
    ours = OPTIMIZERS[name]
    weights, slots = tf.zeros(7), tf.constant(np.outer(ours.initial_slots, np.ones(7)), tf.float32)
    for count, gradient in enumerate(gradients):
        theirs.apply([gradient], [variable])
        weights, slots = ours.update(
            weights, slots, tf.constant(gradient), tf.constant(0.05), tf.constant(count)
        )
        np.testing.assert_allclose(weights, variable, rtol=1e-4, atol=1e-8)
    assert np.abs(weights).min() > 1e-6


def test_adagrad_by_hand():
    # Accumulator 0.1 + 3^2 = 9.1, step 0.5 * 3 / sqrt(9.1) = 1.5 / 3.016621 = 0.497245;
    # then 9.1 + 1^2 = 10.1, step 0.5 * 1 / sqrt(10.1) = 0.157329.
    update, slots = OPTIMIZERS["adagrad"].update, tf.constant([[0.1]])
    rate, count = tf.constant(0.5), tf.constant(0)
    weights, slots = update(tf.constant([2.0]), slots, tf.constant([3.0]), rate, count)
    assert float(weights[0]) == pytest.approx(2 - 0.497245, abs=1e-6)
    weights, slots = update(weights, slots, tf.constant([1.0]), rate, count + 1)
    assert float(weights[0]) == pytest.approx(2 - 0.497245 - 0.157329, abs=1e-6)


@pytest.mark.parametrize("gradient", [1e-3, 5.0, -200.0])
def test_the_first_step_of_adam_has_the_length_of_the_rate(gradient):
    weights, _ = OPTIMIZERS["adam"].update(
        tf.zeros(1), tf.zeros((2, 1)), tf.constant([gradient]), tf.constant(0.01), tf.constant(0)
    )
    assert float(weights[0]) == pytest.approx(-0.01 * np.sign(gradient), rel=5e-3)


def test_products_are_matrix_products():
    kernel, values, back = (
        some(INPUTS, OUTPUTS),
        some(STEPS, INPUTS, BATCH),
        some(STEPS, OUTPUTS, BATCH),
    )
    expected = np.einsum("io,tib->tob", kernel, values)
    np.testing.assert_allclose(apply_kernel(kernel, tf.constant(values)), expected, atol=1e-5)
    expected = np.einsum("io,tob->tib", kernel, back)
    np.testing.assert_allclose(apply_transpose(kernel, tf.constant(back)), expected, atol=1e-5)
    expected = np.einsum("tib,tob->io", values, back)
    np.testing.assert_allclose(kernel_gradient(values, back), expected, atol=1e-5)


@pytest.mark.parametrize(
    ("reverse", "sums"), [(False, [1, 3, 6, 10]), (True, [10, 9, 7, 4])], ids=["on", "back"]
)
def test_a_scan_carries_on_and_keeps_the_order_of_time(reverse, sums):
    def add(carry, now):
        return carry + now[0], (carry + now[0],)

    numbers = tf.constant([[[1.0]], [[2.0]], [[3.0]], [[4.0]]])
    last, (outputs,) = scan(add, tf.zeros((1, 1)), (numbers,), (1,), reverse=reverse)
    np.testing.assert_array_equal(outputs[:, 0, 0], sums)
    assert float(last[0, 0]) == 10


def test_the_read_out_by_hand():
    # Two classes, logits (0, ln 3): probabilities 1/4 and 3/4. Targets 1, 1, 0 and 1 cost
    # 3 ln (4/3) + ln 4 in all, and three of four guesses are right.
    weights = {"dense_kernel": tf.zeros((1, 2)), "dense_bias": tf.constant([0.0, np.log(3.0)])}
    reading = read(weights, tf.ones((2, 1, 2)), tf.constant([[1, 1], [0, 1]]))
    assert float(reading.loss) == pytest.approx((3 * np.log(4 / 3) + np.log(4)) / 4)
    assert float(reading.accuracy) == 0.75
    np.testing.assert_allclose(reading.probabilities[:, 1], np.full((2, 2), 0.75), rtol=1e-6)
    # The gradient of a bias is the mean of (probability - what came): 1/4 - 1/4 = 0 and 3/4 - 3/4.
    np.testing.assert_allclose(reading.gradients["dense_bias"], [0, 0], atol=1e-7)
