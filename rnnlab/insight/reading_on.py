"""A network that reads series without end: quickly, and part by part."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells import fast_layer
from rnnlab.cells.cell import Floats, Weights
from rnnlab.network import Network, layer_weights


class ReadingOn:
    """Some rows, read from a state of zeros; each part goes on where the one before ended.

    For networks that read in one direction and answer at every step. The numbers are those of
    `rnnlab.reference.forward`, but for rounding; of the way there only the answers are kept.
    """

    def __init__(self, network: Network, weights: Weights, n_rows: int) -> None:
        if network.bidirectional or network.last_step:
            raise ValueError("Only who reads forward and answers at every step can read on.")
        self._dense = weights["dense_kernel"], weights["dense_bias"]
        self._layers = [
            fast_layer(
                network.cell,
                {name: own[None] for name, own in layer_weights(weights, number).items()},
                n_rows,
                network.units,
                network.activation,
            )
            for number in range(1, network.layers + 1)
        ]
        zeros = np.zeros((1, n_rows, network.units), self._dense[0].dtype)
        self._outputs = [zeros for _ in self._layers]

    def read(self, inputs: NDArray[Any]) -> Floats:
        """The logits (rows, timesteps, outputs) for the next inputs (rows, timesteps, features)."""
        values = inputs.astype(self._dense[0].dtype).swapaxes(0, 1)  # (timesteps, rows, …)
        for number, layer in enumerate(self._layers):
            # (timesteps, 1, gates, rows, columns)
            products = values[:, None, None] @ layer.kernel + layer.bias
            outputs = np.empty((len(values) + 1, *self._outputs[number].shape), products.dtype)
            outputs[0] = self._outputs[number]
            for t, from_inputs in enumerate(products):
                layer.step(from_inputs, outputs[t], outputs[t + 1])
            self._outputs[number] = outputs[-1]
            values = outputs[1:, 0]
        kernel, bias = self._dense
        logits: Floats = (values @ kernel + bias).swapaxes(0, 1)
        return logits
