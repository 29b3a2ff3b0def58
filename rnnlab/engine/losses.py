"""The dense layer on top, its loss, and the backward pass through both."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import tensorflow as tf

from rnnlab.cells.operations import Tensor, Tensors
from rnnlab.engine.operations import (
    bias_gradient,
    kernel_gradient,
    product_with,
    product_with_transpose,
    scan,
    sum_over_rows,
)

MAX_LOGITS = 4_000_000
"""With more logits than this a window is read step by step, lest a dictionary fill the memory."""


class ReadOut(NamedTuple):
    """Loss and accuracy of a window: scalars.

    `predicted` (timesteps read, rows) is the probability of class 1, or the number.
    """

    loss: Tensor
    accuracy: Tensor
    predicted: Tensor
    d_outputs: Tensor
    gradients: dict[str, Tensor]


class Loss(NamedTuple):
    """The loss of a window, its accuracy, what is predicted, and the gradient of the outputs."""

    loss: Tensor
    accuracy: Tensor
    predicted: Tensor
    d_dense: Tensor


def read_out(
    weights: dict[str, Tensor], outputs: Tensor, targets: Tensor, *, classes: bool
) -> ReadOut:
    """The mean loss of `targets` (timesteps read, rows), and its gradients.

    `outputs` (timesteps read, numbers read, rows) are what `pooling.pool` makes of the recurrent
    layers'. One output for `classes` is a sigmoid's.
    """
    n_logits = math.prod(targets.shape) * weights["dense_kernel"].shape[1]
    if targets.shape[0] > 1 and n_logits > MAX_LOGITS:
        return _read_step_by_step(weights, outputs, targets, classes)
    return _read_at_once(weights, outputs, targets, classes)


def _read_step_by_step(
    weights: dict[str, Tensor], outputs: Tensor, targets: Tensor, classes: bool
) -> ReadOut:
    """The same as `_read_at_once`, with the logits of only one time step at a time."""
    timesteps = targets.shape[0]

    def step(totals: Any, slices: Tensors) -> tuple[Any, Tensors]:
        read = _read_at_once(weights, slices[0][None], slices[1], classes)
        shares = read.loss, read.accuracy, read.gradients
        totals = tf.nest.map_structure(lambda old, new: old + new / timesteps, totals, shares)
        return totals, (read.d_outputs[0] / timesteps, read.predicted)

    parts = {name: tf.zeros_like(weights[name]) for name in ("dense_kernel", "dense_bias")}
    zeros = tf.zeros(()), tf.zeros(()), parts
    sequences, sizes = (outputs, targets[:, None]), (outputs.shape[1], 1)
    (loss, accuracy, gradients), by_step = scan(step, zeros, sequences, sizes)
    return ReadOut(loss, accuracy, by_step[1][:, 0], by_step[0], gradients)


def _read_at_once(
    weights: dict[str, Tensor], outputs: Tensor, targets: Tensor, classes: bool
) -> ReadOut:
    kernel = weights["dense_kernel"]  # (numbers read, outputs)
    dense = product_with(kernel)(outputs) + weights["dense_bias"][..., None]
    cross_entropy = _sigmoid_cross_entropy if kernel.shape[1] == 1 else _softmax_cross_entropy
    evaluate = cross_entropy if classes else _squared_error
    n_predictions = targets.shape[0] * targets.shape[-1]
    result = evaluate(dense, targets, n_predictions)
    # dense = x W + b: dL/dx = dL/d(dense) W^T, dL/dW = x^T dL/d(dense), dL/db their sum.
    return ReadOut(
        loss=result.loss,
        accuracy=result.accuracy,
        predicted=result.predicted,
        d_outputs=product_with_transpose(kernel)(result.d_dense),
        gradients={
            "dense_kernel": kernel_gradient(outputs, result.d_dense),
            "dense_bias": bias_gradient(result.d_dense),
        },
    )


def _softmax_cross_entropy(logits: Tensor, targets: Tensor, n_predictions: int) -> Loss:
    """Nats; `targets` are class numbers, `logits` (timesteps read, classes, rows).

    With p the softmax, L = log(sum of exp(logits)) - logit of the target, so dL/dlogits = p - y,
    where y is 1 at the target. The highest logit is subtracted first, lest exp overflow.
    """
    classes = tf.cast(targets, tf.int32)
    is_target = tf.one_hot(classes, logits.shape[1], axis=1)  # y, of the logits' shape
    highest = tf.reduce_max(logits, axis=1, keepdims=True)
    odds = tf.exp(logits - highest)
    total = tf.reduce_sum(odds, axis=1)  # (timesteps read, rows)
    probabilities = odds / total[:, None]
    of_target = tf.reduce_sum(is_target * (logits - highest), axis=1)
    order = tf.range(logits.shape[1])[:, None]  # (classes, 1)
    sooner = order < classes[:, None]
    tied = tf.reduce_any((logits >= highest) & sooner, axis=1)  # then the first one is the guess
    right = tf.cast((of_target >= 0.0) & ~tied, tf.float32)
    return Loss(
        sum_over_rows(tf.reduce_sum(tf.math.log(total) - of_target, 0)) / n_predictions,
        sum_over_rows(tf.reduce_sum(right, 0)) / n_predictions,
        probabilities[:, 1],
        (probabilities - is_target) / n_predictions,
    )


def _sigmoid_cross_entropy(dense: Tensor, targets: Tensor, n_predictions: int) -> Loss:
    """Nats; one logit, that of class 1 against class 0. At a logit of 0 the guess is class 0.

    L = max(x, 0) - x y + log(1 + exp(-|x|)), which cannot overflow, so dL/dx = sigmoid(x) - y.
    """
    logit = dense[:, 0]
    cost = tf.nn.relu(logit) - logit * targets + tf.math.log1p(tf.exp(-tf.abs(logit)))
    right = tf.cast((logit > 0.0) == (targets > 0.0), tf.float32)
    probability = tf.sigmoid(logit)
    return Loss(
        sum_over_rows(tf.reduce_sum(cost, 0)) / n_predictions,
        sum_over_rows(tf.reduce_sum(right, 0)) / n_predictions,
        probability,
        (probability - targets)[:, None] / n_predictions,
    )


def _squared_error(dense: Tensor, targets: Tensor, n_predictions: int) -> Loss:
    """The mean over predictions; no number is right or wrong, so the accuracy is 0."""
    error = dense - targets[:, None]
    loss = sum_over_rows(tf.reduce_sum(error * error, [0, 1])) / n_predictions
    return Loss(loss, tf.zeros_like(loss), dense[:, 0], 2.0 * error / n_predictions)
