"""Predictions for windows that are not learnt from: the forward pass alone, compiled."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from rnnlab.cells.cell import Weights
from rnnlab.cells.operations import Tensor
from rnnlab.engine.architecture import Architecture, pack, unpack_tensor
from rnnlab.engine.batches import check_lengths
from rnnlab.engine.window import forward_and_backward

Array = NDArray[np.float32]


class Predictor:
    """The compiled forward pass of one network over `architecture.rows` windows at a time.

    Each window begins with a state of zeros. It is compiled at its first use; several threads may
    use it at once.
    """

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        compiled = partial(tf.function, jit_compile=True, autograph=False)
        self._whole = tf.function(self._trace, autograph=False)
        self._part = compiled(self._predict_part)

    def predict(
        self, weights: Weights, inputs: NDArray[Any], lengths: NDArray[Any] | None = None
    ) -> Array:
        """The probability of class 1, or the number: (rows, timesteps read).

        `inputs` are (rows, timesteps) ids or (rows, timesteps, features), at most
        `architecture.rows` of them; `lengths` (rows,), where the architecture has lengths.
        """
        a = self.architecture
        a.network.check_inputs(inputs)
        check_lengths(a, lengths)
        fed: NDArray[Any] = np.zeros(
            (*a.network.input_shape(a.timesteps), a.rows), dtype=a.input_type
        )
        fed[..., : len(inputs)] = np.moveaxis(inputs, 0, -1)
        vector = pack(weights, a.network.shapes)
        fed_lengths = np.ones(a.rows, np.int32)
        if lengths is not None:
            fed_lengths[: len(lengths)] = lengths
        # (timesteps read, rows)
        predicted: Array = self._whole(vector, fed, fed_lengths).numpy()
        return predicted.T[: len(inputs)]

    def _trace(self, vector: Tensor, inputs: Tensor, lengths: Tensor) -> Tensor:
        """All rows, in as many parts side by side as in training."""
        n = self.architecture.parts
        parts = zip(tf.split(inputs, n, axis=-1), tf.split(lengths, n, axis=-1), strict=True)
        return tf.concat([self._part(vector, *part) for part in parts], -1)

    def _predict_part(self, vector: Tensor, inputs: Tensor, lengths: Tensor) -> Tensor:
        a, rows = self.architecture, inputs.shape[-1]
        weights = unpack_tensor(vector, a.network.shapes)
        state = tf.zeros((a.network.layers * a.network.state_size, rows))
        targets = tf.zeros((a.timesteps_read, rows))
        # The gradients are not used, so the compiler leaves the backward pass out.
        own = lengths if a.with_lengths else None
        window = forward_and_backward(a.network, weights, inputs, targets, state, [], own)
        return window.predicted
