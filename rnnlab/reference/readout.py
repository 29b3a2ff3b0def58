"""What the dense layer reads and says, how wrong that is, and the way back through it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.network import Network
from rnnlab.reference.trace import LayerTrace, Trace

Array = NDArray[Any]


def read(network: Network, top: LayerTrace) -> Floats:
    """What the dense layer reads of the topmost layer, (batch, answers, numbers read)."""
    if network.pooling:
        pooled = [top.said.mean(axis=1, keepdims=True), top.said.max(axis=1, keepdims=True)]
        return np.concatenate(pooled, axis=2)
    if network.last_step:
        return np.concatenate([one.outputs[:, -1:] for one in top.directions], axis=2)
    return top.said


def read_back(network: Network, top: LayerTrace, d_read: Floats) -> Floats:
    """The gradient of what the topmost layer says of each step, given that of the last answers.

    Where several steps are the largest, they share its gradient, as in Keras on TensorFlow.
    """
    said, units = top.said, network.units
    if network.pooling:
        d_mean, d_max = np.split(d_read, 2, axis=2)
        largest = (said == said.max(axis=1, keepdims=True)).astype(said.dtype)
        shares = largest / largest.sum(axis=1, keepdims=True)
        return np.asarray(d_mean / said.shape[1] + d_max * shares)
    d_said = np.zeros_like(said)
    d_said[:, -d_read.shape[1] :] = d_read
    if network.last_step:
        d_said[:, -1:, units:] = 0
        d_said[:, :1, units:] += d_read[..., units:]
    return d_said


def predicted(network: Network, said: Floats) -> Floats:
    """Probabilities of the classes, or the numbers themselves."""
    if not network.classes:
        return said
    logits = _of_each_class(network, said)
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = odds / odds.sum(axis=-1, keepdims=True)
    return shares[..., 1:] if network.sigmoid else shares


def loss(network: Network, trace: Trace, targets: Array) -> float:
    """The mean loss of what was predicted: cross-entropy in nats, or the squared error.

    `targets` are class numbers, or numbers: (batch, timesteps), or (batch, 1) if there is one
    answer a window.
    """
    check(targets, trace.predicted)
    if network.classes:
        logits = _of_each_class(network, trace.said)
        picked = np.take_along_axis(logits, targets[..., None].astype(int), axis=2)
        return float((np.logaddexp.reduce(logits, axis=2, keepdims=True) - picked).mean())
    return float(np.square(trace.predicted - targets[..., None]).mean())


def slopes(network: Network, predicted: Floats, targets: Array) -> Floats:
    """The gradient of each prediction's own loss by what the dense layer says."""
    check(targets, predicted)
    wanted = targets[..., None]
    if network.classes and not network.sigmoid:
        wanted = wanted == np.arange(network.outputs)
    return (predicted - wanted.astype(predicted.dtype)) * (1 if network.classes else 2)


def check(targets: Array, predicted: Floats) -> None:
    """NumPy would stretch targets of a wrong shape without a word."""
    if targets.shape != predicted.shape[:2]:
        raise ValueError(f"Targets {targets.shape} do not belong to {predicted.shape[:2]} answers.")


def _of_each_class(network: Network, said: Floats) -> Floats:
    """A logit for each class: 0 for class 0 where one output speaks for two."""
    return np.concatenate([np.zeros_like(said), said], axis=-1) if network.sigmoid else said
