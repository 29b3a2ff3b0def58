"""The dense softmax read at every time step, its loss, and the way back."""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf

from rnnlab.engine.products import apply_kernel, apply_transpose, kernel_gradient

Tensor = Any


class Reading(NamedTuple):
    """Loss and accuracy of a window (scalars), `probabilities` (timesteps, classes, batch)."""

    loss: Tensor
    accuracy: Tensor
    probabilities: Tensor
    d_outputs: Tensor
    gradients: dict[str, Tensor]


def read(weights: dict[str, Tensor], outputs: Tensor, targets: Tensor) -> Reading:
    """Mean cross-entropy (nats) of `targets` (timesteps, batch), and its gradients.

    `outputs` are the recurrent layer's, (timesteps, units, batch).
    """
    kernel, bias = weights["dense_kernel"], weights["dense_bias"]
    logits = apply_kernel(kernel, outputs) + bias[:, None]
    log_probabilities = tf.nn.log_softmax(logits, axis=1)
    probabilities = tf.exp(log_probabilities)
    wanted = tf.one_hot(targets, bias.shape[0], axis=1)
    n_predictions = targets.shape[0] * targets.shape[1]
    guesses = tf.argmax(logits, axis=1, output_type=targets.dtype)
    d_logits = (probabilities - wanted) / n_predictions
    return Reading(
        loss=-tf.reduce_sum(wanted * log_probabilities) / n_predictions,
        accuracy=tf.reduce_mean(tf.cast(guesses == targets, tf.float32)),
        probabilities=probabilities,
        d_outputs=apply_transpose(kernel, d_logits),
        gradients={
            "dense_kernel": kernel_gradient(outputs, d_logits),
            "dense_bias": tf.reduce_sum(d_logits, [0, 2]),
        },
    )
