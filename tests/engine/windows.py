"""Random numbers, and random weights and batches for networks of any kind."""

from __future__ import annotations

import numpy as np

from rnnlab.engine import Architecture, Batches, Carry, Dials, Program
from rnnlab.network import Network

WIDE_UNITS = {"simple_rnn": 26, "lstm": 13, "gru": 15}
"""With so many units a cell's recurrent kernel is just wide (`rnnlab.engine.products.WIDE`)."""


def some(*shape: int) -> np.ndarray:
    """Numbers as float32, the same for the same number of axes."""
    return np.random.default_rng(len(shape)).standard_normal(shape).astype(np.float32)


def some_weights(network: Network, seed: int = 0) -> dict[str, np.ndarray]:
    """Random weights, the biases too, of a size at which a wide network is not saturated."""
    rng = np.random.default_rng(seed)
    scale = min(0.5, 1.0 / np.sqrt(network.units))
    return {
        name: (scale * rng.standard_normal(shape)).astype(np.float32)
        for name, shape in network.shapes.items()
    }


def some_batches(
    architecture: Architecture, updates: int, seed: int = 0, carry_state: bool = True
) -> Batches:
    """Inputs between -1 and 1, or words; a target is about what came one step before.

    With classes it is 1 where the first feature was positive, else the mean of the features. Of
    words the first and the last come in each window, some often, and the target is their remainder.
    """
    a, network = architecture, architecture.network
    rng = np.random.default_rng(seed)
    shape = (updates, a.networks, a.rows, *network.input_shape(a.timesteps))
    keep = np.full(updates, carry_state)
    if network.vocabulary:
        words = rng.integers(network.vocabulary, size=shape)
        words[rng.random(shape) < 0.3] = 0
        words[:, :, 0, 1:3] = network.vocabulary - 1
        targets = np.roll(words, 1, axis=3) % max(2, network.outputs)
        return Batches(words, targets[..., -a.timesteps_read :].astype(np.float32), keep)
    inputs = rng.uniform(-1, 1, shape).astype(np.float32)
    before = np.roll(inputs, 1, axis=3)
    targets = before[..., 0] > 0 if network.classes else before.mean(axis=-1)
    return Batches(inputs, targets[..., -a.timesteps_read :].astype(np.float32), keep)


def begun(compiled: Program, first_seed: int = 0) -> Carry:
    """The carry before the first update, with weights of seeds that follow each other."""
    a = compiled.architecture
    return compiled.begin([some_weights(a.network, first_seed + k) for k in range(a.networks)])


def dials(architecture: Architecture, rate: float = 0.1, **others: float) -> Dials:
    return Dials(rate, seeds=tuple(range(7, 7 + architecture.networks)), **others)
