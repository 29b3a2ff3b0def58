"""The dense layer: losses, right guesses and gradients, on paper."""

import numpy as np
import pytest
import tensorflow as tf

from rnnlab.engine import losses
from rnnlab.engine.losses import read_out
from tests.engine.windows import some


def test_the_read_out_of_classes_by_hand():
    # Two classes, logits (0, ln 3): probabilities 1/4 and 3/4. Targets 1, 1, 0 and 1 cost
    # 3 ln (4/3) + ln 4 in all, and three of four guesses are right.
    weights = {
        "dense_kernel": tf.zeros((1, 2)),
        "dense_bias": tf.constant([0.0, np.log(3.0)], tf.float32),
    }
    targets = tf.constant([[1.0, 1.0], [0.0, 1.0]])
    result = read_out(weights, tf.ones((2, 1, 2)), targets, classes=True)
    assert float(result.loss) == pytest.approx((3 * np.log(4 / 3) + np.log(4)) / 4)
    assert float(result.accuracy) == 0.75
    np.testing.assert_allclose(result.predicted, np.full((2, 2), 0.75), rtol=1e-6)
    # The gradient of a bias is the mean of (probability - what came): 1/4 - 1/4 = 0 and 3/4 - 3/4.
    np.testing.assert_allclose(result.gradients["dense_bias"], [0, 0], atol=1e-7)


def test_the_read_out_of_numbers_by_hand():
    # 2 h + 1 for h = 1, 2, 3, 4 is 3, 5, 7, 9, and should be 3, 4, 5, 11: errors 0, 1, 2, -2.
    weights = {"dense_kernel": tf.constant([[2.0]]), "dense_bias": tf.constant([1.0])}
    outputs = tf.constant([[[1.0, 2.0, 3.0, 4.0]]])
    targets = tf.constant([[3.0, 4.0, 5.0, 11.0]])
    result = read_out(weights, outputs, targets, classes=False)
    assert float(result.loss) == pytest.approx((0 + 1 + 4 + 4) / 4)
    np.testing.assert_allclose(result.predicted, [[3, 5, 7, 9]])
    # Slopes 2 e / 4 = 0, 1/2, 1, -1; by the kernel 0 * 1 + 1/2 * 2 + 1 * 3 - 1 * 4 = 0.
    np.testing.assert_allclose(result.gradients["dense_bias"], [0.5])
    np.testing.assert_allclose(result.gradients["dense_kernel"], [[0.0]], atol=1e-6)
    np.testing.assert_allclose(result.d_outputs[0, 0], [0, 1, 2, -2])


def test_logits_of_any_size_have_a_loss():
    # The right class is 1,000 ahead, then 1,000 behind: costs of 0 and 1,000 nats.
    weights = {"dense_kernel": tf.zeros((1, 2)), "dense_bias": tf.constant([-500.0, 500.0])}
    result = read_out(weights, tf.ones((1, 1, 2)), tf.constant([[1.0, 0.0]]), classes=True)
    assert float(result.loss) == pytest.approx(500.0)
    assert float(result.accuracy) == 0.5
    np.testing.assert_array_equal(result.predicted, [[1, 1]])


def test_undecided_between_two_classes_it_is_right_half_of_the_time():
    # This is every network at its first step: zero state, zero input, zero biases.
    weights = {"dense_kernel": tf.ones((1, 2)), "dense_bias": tf.zeros(2)}
    targets = tf.constant([[0.0, 1.0, 0.0, 1.0]])
    result = read_out(weights, tf.zeros((1, 1, 4)), targets, classes=True)
    assert float(result.accuracy) == 0.5


def test_the_read_out_of_a_sigmoid_by_hand():
    # The logit is ln 3 or -ln 3: a 1 has probability 3/4 or 1/4. Targets 1, 0, 0, 1 cost
    # ln (4/3), ln 4, ln (4/3), ln 4, and the first and the third guess are right.
    weights = {"dense_kernel": tf.constant([[np.log(3.0)]], tf.float32), "dense_bias": tf.zeros(1)}
    outputs, targets = tf.constant([[[1.0, 1, -1, -1]]]), tf.constant([[1.0, 0, 0, 1]])
    result = read_out(weights, outputs, targets, classes=True)
    assert float(result.loss) == pytest.approx((2 * np.log(4 / 3) + 2 * np.log(4)) / 4)
    assert float(result.accuracy) == 0.5
    np.testing.assert_allclose(result.predicted, [[0.75, 0.75, 0.25, 0.25]], rtol=1e-6)
    # Slopes (probability - target) / 4 = -1/16, 3/16, 1/16, -3/16; by the kernel, with outputs
    # 1, 1, -1, -1: (-1 + 3 - 1 + 3) / 16.
    np.testing.assert_allclose(result.gradients["dense_bias"], [0], atol=1e-7)
    np.testing.assert_allclose(result.gradients["dense_kernel"], [[0.25]], rtol=1e-6)
    expected = np.log(3) * np.array([-1, 3, 1, -3]) / 16
    np.testing.assert_allclose(result.d_outputs[0, 0], expected, rtol=1e-5)


def test_the_logit_of_a_sigmoid_can_have_any_size():
    weights = {"dense_kernel": tf.zeros((1, 1)), "dense_bias": tf.constant([-1000.0])}
    result = read_out(weights, tf.ones((1, 1, 2)), tf.constant([[1.0, 0.0]]), classes=True)
    assert float(result.loss) == 500.0
    assert float(result.accuracy) == 0.5


def test_a_sigmoid_that_is_undecided_guesses_class_0():
    weights = {"dense_kernel": tf.ones((1, 1)), "dense_bias": tf.zeros(1)}
    targets = tf.constant([[0.0, 1.0, 0.0, 1.0]])
    result = read_out(weights, tf.zeros((1, 1, 4)), targets, classes=True)
    assert float(result.accuracy) == 0.5


@pytest.mark.parametrize("outputs", [1, 7])
def test_a_window_can_be_read_step_by_step(outputs, monkeypatch):
    weights = {
        "dense_kernel": tf.constant(some(3, outputs)),
        "dense_bias": tf.constant(some(outputs)),
    }
    outputs_below = tf.constant(some(5, 3, 6))
    targets = np.random.default_rng(1).integers(max(outputs, 2), size=(5, 6))
    targets = tf.constant(targets, tf.float32)
    once = read_out(weights, outputs_below, targets, classes=True)
    monkeypatch.setattr(losses, "MAX_LOGITS", 0)
    stepwise = read_out(weights, outputs_below, targets, classes=True)
    for value, expected in zip(stepwise[:4], once[:4], strict=True):
        assert value.shape == expected.shape
        np.testing.assert_allclose(value, expected, atol=1e-6)
    for name, expected in once.gradients.items():
        np.testing.assert_allclose(stepwise.gradients[name], expected, atol=1e-6)
