"""What a compiled training program depends on, and its weights as one flat vector."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from rnnlab.network import Network

MAX_UPDATES_A_CALL = 1024
MAX_INPUTS_A_CALL = 200_000
MIN_PRODUCTS_FOR_PARTS = 2e7
"""From so many products a window on, two cores are faster than one (measured: on 250 rows two
LSTM(32) over 20 steps, 64 million, take 0.68 of the time; GRU(32) both ways over 5, 9 million,
1.28).
"""

Array = NDArray[np.float32]
Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Architecture:
    """Everything that a compiled program depends on.

    `with_dropout` and `with_clipping` say whether there is any; how much is a hyperparameter.
    `with_lengths`: the rows are whole sequences of unequal length (`rnnlab.engine.lengths`), for a
    network with one answer for each.
    """

    network: Network
    optimizer: str
    rows: int
    timesteps: int
    with_dropout: bool = False
    with_clipping: bool = False
    with_lengths: bool = False

    def __post_init__(self) -> None:
        if self.with_lengths and not self.network.last_step:
            raise ValueError("Sequences of unequal length need one answer each.")

    @property
    def capacity(self) -> int:
        """The most updates that one call of the program can do."""
        inputs = self.rows * math.prod(self.network.input_shape(self.timesteps))
        return max(1, min(MAX_UPDATES_A_CALL, MAX_INPUTS_A_CALL // inputs))

    @property
    def parts(self) -> int:
        """In how many equal parts the rows go, side by side on the cores of any computer."""
        n = self.network
        products = self.rows * self.timesteps * (n.parameters - n.vocabulary * n.features)
        return 2 if products > MIN_PRODUCTS_FOR_PARTS and self.rows % 2 == 0 else 1

    @property
    def input_type(self) -> type:
        """Ids of words are whole numbers."""
        return np.int32 if self.network.vocabulary else np.float32

    @property
    def timesteps_read(self) -> int:
        """How many time steps have a target."""
        return 1 if self.network.last_step else self.timesteps


def pack(weights: Mapping[str, Any], shapes: Shapes) -> Array:
    """The weights by name as one float32 vector, in the order of `shapes`.

    Optimizers then work on all of them at once.
    """
    return np.concatenate([np.ravel(weights[name]) for name in shapes]).astype(np.float32)


def unpack(vector: Array, shapes: Shapes) -> dict[str, Array]:
    """The vector's parts by name, in their shapes."""
    return {name: vector[part].reshape(shapes[name]) for name, part in _parts(shapes)}


def unpack_tensor(vector: Any, shapes: Shapes) -> dict[str, Any]:
    """The same of a tensor."""
    return {name: tf.reshape(vector[part], shapes[name]) for name, part in _parts(shapes)}


def _parts(shapes: Shapes) -> Iterator[tuple[str, slice]]:
    """Where each weight lies in the vector."""
    ends = accumulate(map(math.prod, shapes.values()), initial=0)
    for name, (start, end) in zip(shapes, pairwise(ends), strict=True):
        yield name, slice(start, end)
