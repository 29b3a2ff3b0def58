"""What the dense layer reads and predicts, the loss of that, and the way back through it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.network import Network
from rnnlab.reference.trace import LayerTrace, Trace

Array = NDArray[Any]


def read(network: Network, top: LayerTrace, time_mask: Array | None = None) -> Floats:
    """What the dense layer reads of the topmost layer, (rows, answers, numbers read)."""
    outputs = top.joined_outputs
    if network.pooling:
        is_read = _is_read(outputs, time_mask)
        options: dict[str, Any] = {"axis": 1, "keepdims": True, "where": is_read}
        pooled = [outputs.mean(**options), outputs.max(initial=-np.inf, **options)]
        return np.concatenate(pooled, axis=2)
    if network.last_step:
        return np.concatenate([own.outputs[:, -1:] for own in top.directions], axis=2)
    return outputs


def read_backward(
    network: Network, top: LayerTrace, d_read: Floats, time_mask: Array | None = None
) -> Floats:
    """The gradient of the topmost layer's outputs of each step, given that of the last answers.

    Where several steps are the maximum, they share its gradient, as in Keras on TensorFlow.
    """
    outputs, units = top.joined_outputs, network.units
    if network.pooling:
        d_mean, d_max = np.split(d_read, 2, axis=2)
        # Each step is 1 / timesteps of the mean; the maximum is one step, or a few that are equal.
        is_read = _is_read(outputs, time_mask)
        largest = outputs.max(axis=1, keepdims=True, where=is_read, initial=-np.inf)
        is_largest = ((outputs == largest) & is_read).astype(outputs.dtype)
        shares = is_largest / is_largest.sum(axis=1, keepdims=True)
        n_read = is_read.sum(axis=1, keepdims=True, dtype=outputs.dtype)
        return np.asarray((d_mean / n_read + d_max * shares) * is_read)
    d_outputs = np.zeros_like(outputs)  # (rows, timesteps, width)
    d_outputs[:, -d_read.shape[1] :] = d_read
    if network.last_step:
        # The direction that reads back reads its last step at the first of time.
        d_outputs[:, -1:, units:] = 0
        d_outputs[:, :1, units:] += d_read[..., units:]
    return d_outputs


def _is_read(outputs: Floats, time_mask: Array | None) -> Array:
    """Which steps are read, (rows, timesteps, 1): all of them without a mask."""
    return np.ones((*outputs.shape[:2], 1), bool) if time_mask is None else time_mask[..., None]


def predict(network: Network, outputs: Floats) -> Floats:
    """Probabilities of the classes, or the numbers themselves."""
    if not network.classes:
        return outputs
    logits = _of_each_class(network, outputs)
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: Floats = odds / odds.sum(axis=-1, keepdims=True)
    return probabilities[..., 1:] if network.sigmoid else probabilities


def loss(network: Network, trace: Trace, targets: Array) -> float:
    """The mean loss of what was predicted: cross-entropy in nats, or the squared error.

    `targets` are class numbers, or numbers: (rows, timesteps), or (rows, 1) if there is one
    answer a window.
    """
    check(targets, trace.predicted)
    if network.classes:
        # -log softmax = log(sum of exp(logits)) - the target's logit.
        logits = _of_each_class(network, trace.outputs)
        of_target = np.take_along_axis(logits, targets[..., None].astype(int), axis=2)
        return float((np.logaddexp.reduce(logits, axis=2, keepdims=True) - of_target).mean())
    return float(np.square(trace.predicted - targets[..., None]).mean())


def output_gradients(network: Network, predicted: Floats, targets: Array) -> Floats:
    """The gradient of each prediction's own loss by the dense layer's outputs.

    p - y for cross-entropy with a softmax or a sigmoid, 2 (p - y) for the squared error.
    """
    check(targets, predicted)
    expected = targets[..., None]
    if network.classes and not network.sigmoid:
        expected = expected == np.arange(network.outputs)  # one-hot: (rows, answers, classes)
    return (predicted - expected.astype(predicted.dtype)) * (1 if network.classes else 2)


def check(targets: Array, predicted: Floats) -> None:
    """NumPy would stretch targets of a wrong shape without a word."""
    if targets.shape != predicted.shape[:2]:
        raise ValueError(f"Targets {targets.shape} do not belong to {predicted.shape[:2]} answers.")


def _of_each_class(network: Network, outputs: Floats) -> Floats:
    """A logit for each class: 0 for class 0 where one output serves two classes."""
    if not network.sigmoid:
        return outputs
    return np.concatenate([np.zeros_like(outputs), outputs], axis=-1)
