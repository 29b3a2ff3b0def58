"""Small runs, random weights and inputs, and what NumPy says: what Keras models are held to."""

from __future__ import annotations

import numpy as np

from rnnlab import reference
from rnnlab.network import Network

SMALL = {"rows": 3, "window": 4, "units": 5, "length": 100}


def some_weights(network: Network, seed: int = 0) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {
        name: rng.uniform(-1, 1, shape).astype(np.float32) for name, shape in network.shapes.items()
    }


def some_inputs(network: Network, rows: int = 3, timesteps: int = 4) -> np.ndarray:
    rng, shape = np.random.default_rng(1), (rows, *network.input_shape(timesteps))
    if network.vocabulary:
        return rng.integers(network.vocabulary, size=shape)
    return rng.standard_normal(shape).astype(np.float32)


def numpys_outputs(network: Network, weights: dict, inputs: np.ndarray) -> np.ndarray:
    """In the shape of Keras, which has no axis of time where only the last step is read."""
    predicted = reference.forward(network, weights, inputs).predicted
    return predicted[:, 0] if network.last_step else predicted
