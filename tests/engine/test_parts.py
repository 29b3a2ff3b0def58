"""The engine's tools, each against NumPy, Keras or paper."""

from __future__ import annotations

import math

import keras
import numpy as np
import pytest
import tensorflow as tf

import rnnlab.settings
from rnnlab.cells import activations
from rnnlab.engine.activations import ACTIVATIONS
from rnnlab.engine.optimizers import OPTIMIZERS, clipped
from rnnlab.engine.products import (
    WIDE,
    apply_kernel,
    apply_transpose,
    applying,
    applying_transpose,
    bias_gradient,
    kernel_gradient,
    over_batch,
)
from rnnlab.engine.readout import read
from rnnlab.engine.scan import scan

STEPS, NETWORKS = 6, 3
PLACES = {"one network": (), "side by side": (NETWORKS,)}
"""What of the networks is in the shape of an array."""

AS_SUMS = {"tiny": (3, 4), "narrow": (12, 48), "one input": (1, 700)}
AS_PRODUCTS = {"wide": (13, 52), "square": (25, 25), "one output": (600, 1)}
"""Inputs and outputs of kernels on both sides of the switch."""

each_place = pytest.mark.parametrize("networks", PLACES.values(), ids=PLACES)


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


def keras_optimizer(name: str) -> keras.optimizers.Optimizer:
    if name == "momentum":
        return keras.optimizers.SGD(0.05, momentum=0.9)
    theirs = keras.optimizers.get(name)
    theirs.learning_rate = 0.05
    return theirs


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_updates_are_those_of_keras_for_each_network_by_itself(name):
    sizes = np.float32(10.0) ** np.arange(-5, 2, dtype=np.float32)
    gradients = some(80, 7, NETWORKS) * sizes[:, None]
    variables = [keras.Variable(np.zeros(7, np.float32)) for _ in range(NETWORKS)]
    theirs = [keras_optimizer(name) for _ in variables]
    ours = OPTIMIZERS[name]
    weights = tf.zeros((7, NETWORKS))
    slots = np.multiply.outer(np.array(ours.initial_slots), np.ones((7, NETWORKS)))
    slots = tf.constant(slots, tf.float32)
    for count, gradient in enumerate(gradients):
        for number, (one, variable) in enumerate(zip(theirs, variables, strict=True)):
            one.apply([gradient[:, number]], [variable])
        weights, slots = ours.update(
            weights, slots, tf.constant(gradient), tf.constant(0.05), tf.constant(count)
        )
        np.testing.assert_allclose(weights, np.stack(variables, 1), rtol=1e-4, atol=1e-8)
    assert np.abs(weights).min() > 1e-8
    assert slots.shape == (len(ours.initial_slots), 7, NETWORKS)


def test_adagrad_by_hand():
    # Accumulator 0.1 + 3^2 = 9.1, step 0.5 * 3 / sqrt(9.1) = 1.5 / 3.016621 = 0.497245;
    # then 9.1 + 1^2 = 10.1, step 0.5 * 1 / sqrt(10.1) = 0.157329.
    update, slots = OPTIMIZERS["adagrad"].update, tf.constant([[[0.1]]])
    rate, count = tf.constant(0.5), tf.constant(0)
    weights, slots = update(tf.constant([[2.0]]), slots, tf.constant([[3.0]]), rate, count)
    assert float(weights[0, 0]) == pytest.approx(2 - 0.497245, abs=1e-6)
    weights, slots = update(weights, slots, tf.constant([[1.0]]), rate, count + 1)
    assert float(weights[0, 0]) == pytest.approx(2 - 0.497245 - 0.157329, abs=1e-6)


def test_momentum_by_hand():
    # Speeds -0.5 * 3 = -1.5, then 0.9 * -1.5 - 0.5 * 1 = -1.85.
    update, rate, count = OPTIMIZERS["momentum"].update, tf.constant(0.5), tf.constant(0)
    weights, slots = update(
        tf.constant([[2.0]]), tf.zeros((1, 1, 1)), tf.constant([[3.0]]), rate, count
    )
    assert float(weights[0, 0]) == pytest.approx(0.5)
    weights, slots = update(weights, slots, tf.constant([[1.0]]), rate, count + 1)
    assert float(weights[0, 0]) == pytest.approx(0.5 - 1.85)


@pytest.mark.parametrize("gradient", [1e-3, 5.0, -200.0])
def test_the_first_step_of_adam_has_the_length_of_the_rate(gradient):
    weights, _ = OPTIMIZERS["adam"].update(
        tf.zeros((1, 1)),
        tf.zeros((2, 1, 1)),
        tf.constant([[gradient]]),
        tf.constant(0.01),
        tf.constant(0),
    )
    assert float(weights[0, 0]) == pytest.approx(-0.01 * np.sign(gradient), rel=5e-3)


def test_only_gradients_that_are_too_long_are_shortened_each_network_by_itself():
    # Lengths 5, 13 and 0: the first fits, the second is 13 / 6.5 = 2 times too long.
    gradient = np.array([[3, 5, 0], [4, 12, 0]], np.float32)
    fitting = clipped(tf.constant(gradient), tf.constant(6.5))
    np.testing.assert_allclose(fitting, [[3, 2.5, 0], [4, 6, 0]], rtol=1e-6)


@pytest.mark.parametrize("norm", [1e-3, 0.7, 100.0])
def test_clipping_is_that_of_keras(norm):
    gradient = some(50)
    theirs = keras.optimizers.SGD(1.0, global_clipnorm=norm)
    # Keras takes the norm over all variables together.
    variables = [keras.Variable(np.zeros(20, np.float32)), keras.Variable(np.zeros(30, np.float32))]
    theirs.apply([gradient[:20], gradient[20:]], variables)
    ours = clipped(tf.constant(gradient[:, None]), tf.constant(norm))
    np.testing.assert_allclose(ours[:, 0], -np.concatenate(variables), rtol=1e-5, atol=1e-9)


def some_kernel(inputs: int, outputs: int, networks: tuple[int, ...], batch: int = 30) -> tuple:
    """A kernel, values that go through it, and some that come back."""
    kernel = some(inputs, outputs, *networks)
    values, back = (some(STEPS, size, *networks, batch) for size in (inputs, outputs))
    return tuple(map(tf.constant, (kernel, values, back)))


@each_place
@pytest.mark.parametrize(
    ("inputs", "outputs"), (AS_SUMS | AS_PRODUCTS).values(), ids=AS_SUMS | AS_PRODUCTS
)
def test_products_are_matrix_products_of_each_network_by_itself(inputs, outputs, networks):
    kernel, values, back = some_kernel(inputs, outputs, networks)
    close = {"rtol": 1e-4, "atol": 1e-4}
    expected = np.einsum("io...,ti...b->to...b", kernel, values)
    np.testing.assert_allclose(apply_kernel(kernel, values), expected, **close)
    np.testing.assert_allclose(applying(kernel)(values[0]), expected[0], **close)
    expected = np.einsum("io...,to...b->ti...b", kernel, back)
    np.testing.assert_allclose(apply_transpose(kernel, back), expected, **close)
    np.testing.assert_allclose(applying_transpose(kernel)(back[0]), expected[0], **close)
    expected = np.einsum("ti...b,to...b->io...", values, back)
    np.testing.assert_allclose(kernel_gradient(values, back), expected, **close)
    np.testing.assert_allclose(bias_gradient(back), np.sum(back, axis=(0, -1)), **close)


@pytest.mark.parametrize(("inputs", "outputs"), AS_PRODUCTS.values(), ids=AS_PRODUCTS)
def test_wide_products_of_two_networks_are_those_of_each_alone(inputs, outputs):
    kernel, values, back = some_kernel(inputs, outputs, (2,))
    for number in range(2):
        own, into, out = kernel[..., number], values[:, :, number], back[:, :, number]
        for together, alone in (
            (apply_kernel(kernel, values)[:, :, number], apply_kernel(own, into)),
            (apply_transpose(kernel, back)[:, :, number], apply_transpose(own, out)),
            (kernel_gradient(values, back)[..., number], kernel_gradient(into, out)),
            (bias_gradient(back)[..., number], bias_gradient(out)),
        ):
            np.testing.assert_allclose(together, alone, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("shape", [(1,), (7,), (3, 1), (3, 500), (2, 3, 5), (4, 3, 2, 8)], ids=str)
def test_the_sum_over_the_batch_is_a_sum(shape):
    values = some(*shape)
    summed = over_batch(tf.constant(values))
    assert summed.shape == shape[:-1]
    np.testing.assert_allclose(summed, values.sum(axis=-1), rtol=1e-5, atol=1e-5)


def real_products(function, *shapes: tuple[int, ...]) -> int:
    """How many matrix products TensorFlow is asked for, those with vectors of ones apart."""
    specs = [tf.TensorSpec(shape) for shape in shapes]
    graph = tf.function(function, autograph=False).get_concrete_function(*specs).graph
    products = [
        one
        for one in graph.get_operations()
        if "MatMul" in one.type or one.type == "Einsum"
        if len(one.inputs) == 2  # with one it only turns a kernel
    ]
    return sum(one.inputs[1].op.type != "Const" for one in products)


@each_place
@pytest.mark.parametrize(
    ("inputs", "outputs", "products"),
    [(*sizes, 0) for sizes in AS_SUMS.values()] + [(*sizes, 1) for sizes in AS_PRODUCTS.values()],
    ids=AS_SUMS | AS_PRODUCTS,
)
def test_narrow_products_are_sums_and_wide_ones_real_products(inputs, outputs, products, networks):
    kernel = (inputs, outputs, *networks)
    into, out = ((STEPS, size, *networks, 30) for size in (inputs, outputs))
    assert real_products(apply_kernel, kernel, into) == products
    assert real_products(apply_transpose, kernel, out) == products
    assert real_products(kernel_gradient, into, out) == products


def test_the_kernels_lie_close_to_the_switch_on_both_sides():
    assert 0.9 * WIDE < math.prod(AS_SUMS["narrow"]) < WIDE
    assert math.prod(AS_PRODUCTS["one output"]) == WIDE
    assert WIDE < math.prod(AS_PRODUCTS["square"]) < 1.1 * WIDE


@pytest.mark.parametrize(
    ("reverse", "sums"), [(False, [1, 3, 6, 10]), (True, [10, 9, 7, 4])], ids=["on", "back"]
)
def test_a_scan_carries_on_and_keeps_the_order_of_time(reverse, sums):
    def add(carry, now):
        return carry + now[0], (carry + now[0],)

    numbers = tf.reshape(tf.constant([1.0, 2.0, 3.0, 4.0]), (4, 1, 1, 1)) * tf.ones((1, 1, 2, 3))
    last, (outputs,) = scan(add, tf.zeros((1, 2, 3)), (numbers,), (1,), reverse=reverse)
    assert outputs.shape == (4, 1, 2, 3)
    np.testing.assert_array_equal(outputs[:, 0, 1, 2], sums)
    np.testing.assert_array_equal(last, np.full((1, 2, 3), 10))


def test_the_read_out_of_classes_by_hand():
    # Two classes, logits (0, ln 3): probabilities 1/4 and 3/4. Targets 1, 1, 0 and 1 cost
    # 3 ln (4/3) + ln 4 in all, and three of four guesses are right.
    weights = {
        "dense_kernel": tf.zeros((1, 2, 1)),
        "dense_bias": tf.constant([[0.0], [np.log(3.0)]]),
    }
    targets = tf.constant([[[1.0, 1.0]], [[0.0, 1.0]]])
    reading = read(weights, tf.ones((2, 1, 1, 2)), targets, classes=True)
    assert float(reading.loss[0]) == pytest.approx((3 * np.log(4 / 3) + np.log(4)) / 4)
    assert float(reading.accuracy[0]) == 0.75
    np.testing.assert_allclose(reading.predicted, np.full((2, 1, 2), 0.75), rtol=1e-6)
    # The gradient of a bias is the mean of (probability - what came): 1/4 - 1/4 = 0 and 3/4 - 3/4.
    np.testing.assert_allclose(reading.gradients["dense_bias"], [[0], [0]], atol=1e-7)


def test_the_read_out_of_numbers_by_hand():
    # 2 h + 1 for h = 1, 2, 3, 4 is 3, 5, 7, 9, and should be 3, 4, 5, 11: errors 0, 1, 2, -2.
    weights = {"dense_kernel": tf.constant([[[2.0]]]), "dense_bias": tf.constant([[1.0]])}
    outputs = tf.reshape(tf.constant([1.0, 2.0, 3.0, 4.0]), (1, 1, 1, 4))
    targets = tf.constant([[[3.0, 4.0, 5.0, 11.0]]])
    reading = read(weights, outputs, targets, classes=False)
    assert float(reading.loss[0]) == pytest.approx((0 + 1 + 4 + 4) / 4)
    np.testing.assert_allclose(reading.predicted, [[[3, 5, 7, 9]]])
    # Slopes 2 e / 4 = 0, 1/2, 1, -1; by the kernel 0 * 1 + 1/2 * 2 + 1 * 3 - 1 * 4 = 0.
    np.testing.assert_allclose(reading.gradients["dense_bias"], [[0.5]])
    np.testing.assert_allclose(reading.gradients["dense_kernel"], [[[0.0]]], atol=1e-6)
    np.testing.assert_allclose(reading.d_outputs[0, 0, 0], [0, 1, 2, -2])


def test_logits_of_any_size_have_a_loss():
    # The right class is 1,000 ahead, then 1,000 behind: costs of 0 and 1,000 nats.
    weights = {"dense_kernel": tf.zeros((1, 2, 1)), "dense_bias": tf.constant([[-500.0], [500.0]])}
    reading = read(weights, tf.ones((1, 1, 1, 2)), tf.constant([[[1.0, 0.0]]]), classes=True)
    assert float(reading.loss[0]) == pytest.approx(500.0)
    assert float(reading.accuracy[0]) == 0.5
    np.testing.assert_array_equal(reading.predicted, [[[1, 1]]])


def test_who_cannot_decide_between_two_classes_is_right_half_of_the_time():
    # This is every network at its first step: zero state, zero input, zero biases.
    weights = {"dense_kernel": tf.ones((1, 2, 1)), "dense_bias": tf.zeros((2, 1))}
    targets = tf.constant([[[0.0, 1.0, 0.0, 1.0]]])
    reading = read(weights, tf.zeros((1, 1, 1, 4)), targets, classes=True)
    assert float(reading.accuracy[0]) == 0.5
