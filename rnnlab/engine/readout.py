"""The dense layer that is read, its loss, and the way back."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import tensorflow as tf

from rnnlab.engine.products import (
    apply_kernel,
    apply_transpose,
    bias_gradient,
    kernel_gradient,
    over_batch,
)
from rnnlab.engine.scan import scan

Tensor = Any

MOST_LOGITS = 4_000_000
"""With more logits than this a window is read step by step, lest a dictionary fill the memory."""


class Reading(NamedTuple):
    """Loss and accuracy of a window: scalars, or (networks,).

    `predicted` (timesteps read, *places) is the probability of class 1, or the number.
    """

    loss: Tensor
    accuracy: Tensor
    predicted: Tensor
    d_outputs: Tensor
    gradients: dict[str, Tensor]


def read(weights: dict[str, Tensor], outputs: Tensor, targets: Tensor, *, classes: bool) -> Reading:
    """The mean loss of `targets` (timesteps read, *places), and its gradients.

    `outputs` (timesteps read, numbers read, *places) are what `pooling` makes of the recurrent
    layers'. One output for `classes` is a sigmoid's.
    """
    logits = math.prod(targets.shape) * weights["dense_kernel"].shape[1]
    if targets.shape[0] > 1 and logits > MOST_LOGITS:
        return _read_step_by_step(weights, outputs, targets, classes)
    return _read_at_once(weights, outputs, targets, classes)


def _read_step_by_step(
    weights: dict[str, Tensor], outputs: Tensor, targets: Tensor, classes: bool
) -> Reading:
    """The same as `_read_at_once`, with the logits of only one time step at a time."""
    timesteps, places = targets.shape[0], targets.shape[1:]

    def step(total: Any, now: tuple[Tensor, ...]) -> tuple[Any, tuple[Tensor, ...]]:
        one = _read_at_once(weights, now[0][None], now[1], classes)
        shares = one.loss, one.accuracy, one.gradients
        total = tf.nest.map_structure(lambda old, new: old + new / timesteps, total, shares)
        return total, (one.d_outputs[0] / timesteps, one.predicted)

    parts = {name: tf.zeros_like(weights[name]) for name in ("dense_kernel", "dense_bias")}
    nothing = tf.zeros(places[:-1]), tf.zeros(places[:-1]), parts
    sequences, sizes = (outputs, targets[:, None]), (outputs.shape[1], 1)
    (loss, accuracy, gradients), told = scan(step, nothing, sequences, sizes)
    return Reading(loss, accuracy, told[1][:, 0], told[0], gradients)


def _read_at_once(
    weights: dict[str, Tensor], outputs: Tensor, targets: Tensor, classes: bool
) -> Reading:
    kernel = weights["dense_kernel"]
    said = apply_kernel(kernel, outputs) + weights["dense_bias"][..., None]
    of_classes = _sigmoid_cross_entropy if kernel.shape[1] == 1 else _cross_entropy
    judge = of_classes if classes else _squared_error
    n_predictions = targets.shape[0] * targets.shape[-1]
    loss, accuracy, predicted, d_said = judge(said, targets, n_predictions)
    return Reading(
        loss=loss,
        accuracy=accuracy,
        predicted=predicted,
        d_outputs=apply_transpose(kernel, d_said),
        gradients={
            "dense_kernel": kernel_gradient(outputs, d_said),
            "dense_bias": bias_gradient(d_said),
        },
    )


def _cross_entropy(logits: Tensor, targets: Tensor, n_predictions: int) -> tuple[Tensor, ...]:
    """Nats; `targets` are class numbers."""
    classes = tf.cast(targets, tf.int32)
    wanted = tf.one_hot(classes, logits.shape[1], axis=1)
    highest = tf.reduce_max(logits, axis=1, keepdims=True)
    odds = tf.exp(logits - highest)
    total = tf.reduce_sum(odds, axis=1)
    probabilities = odds / total[:, None]
    picked = tf.reduce_sum(wanted * (logits - highest), axis=1)
    order = tf.reshape(tf.range(logits.shape[1]), (-1, *[1] * (classes.shape.rank - 1)))
    sooner = order < classes[:, None]
    tied = tf.reduce_any((logits >= highest) & sooner, axis=1)  # then the first one is the guess
    right = tf.cast((picked >= 0.0) & ~tied, tf.float32)
    return (
        over_batch(tf.reduce_sum(tf.math.log(total) - picked, 0)) / n_predictions,
        over_batch(tf.reduce_sum(right, 0)) / n_predictions,
        probabilities[:, 1],
        (probabilities - wanted) / n_predictions,
    )


def _sigmoid_cross_entropy(said: Tensor, targets: Tensor, n_predictions: int) -> tuple[Tensor, ...]:
    """Nats; one logit, that of class 1 against class 0. Who is undecided guesses class 0."""
    logit = said[:, 0]
    cost = tf.nn.relu(logit) - logit * targets + tf.math.log1p(tf.exp(-tf.abs(logit)))
    right = tf.cast((logit > 0.0) == (targets > 0.0), tf.float32)
    probability = tf.sigmoid(logit)
    return (
        over_batch(tf.reduce_sum(cost, 0)) / n_predictions,
        over_batch(tf.reduce_sum(right, 0)) / n_predictions,
        probability,
        (probability - targets)[:, None] / n_predictions,
    )


def _squared_error(said: Tensor, targets: Tensor, n_predictions: int) -> tuple[Tensor, ...]:
    """The mean over predictions; nothing here is right or wrong, so the accuracy is 0."""
    error = said - targets[:, None]
    loss = over_batch(tf.reduce_sum(error * error, [0, 1])) / n_predictions
    return loss, tf.zeros_like(loss), said[:, 0], 2.0 * error / n_predictions
