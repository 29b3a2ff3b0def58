"""A network: recurrent layers of one cell type, stacked, and a dense layer that reads the top one.

This is everything that weights, forward pass and compiled programs depend on, and nothing of how
the network is trained.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells import cell
from rnnlab.cells.cell import Cell, Weights
from rnnlab.cells.initial import KERAS, FirstWeights, glorot_uniform

EMBEDDING_LIMIT = 0.05
"""The first numbers of an embedding lie between minus this and this, as in Keras."""

FORWARD, BACKWARD = "", "backward_"
"""What the names of a layer's weights begin with, by the direction in which it reads."""

MEAN_MAX = "mean_max"


@dataclass(frozen=True)
class Network:
    """`layers` recurrent layers of `units` each, and a dense read-out of `outputs` numbers.

    It reads `features` numbers at each time step; or, with a `vocabulary`, the id of a word, from 0
    to below `vocabulary`, for which it learns `features` numbers: the word's row of an embedding.

    With `last_step` only the last time step is read, else every one. With `classes` the outputs
    are logits of classes, and the loss is cross-entropy in nats: of a softmax, or, with a single
    output, of a sigmoid, which is the probability of class 1 of the two classes 0 and 1. Without,
    the outputs are numbers, and the loss is their mean squared error. `dropout` is the share of
    each layer's outputs that is hidden from the layer above in training: between layers, never
    between time steps.

    A `bidirectional` network has two of each layer (Schuster & Paliwal 1997): one reads forward
    from the first time step, one backward from the last, each from a zero state; their outputs at
    a step are concatenated. With `last_step` each gives its output after it has read everything.
    `pooling` "mean_max" reads the mean and the maximum over time of each output of the topmost
    layer instead: one answer, so it needs `last_step`.

    Weights are one dictionary: "embedding" (vocabulary, features) where there is one, for layer
    k = 1, 2, … from below the cell's own names after "rnn{k}_", then, of the layer that reads
    backward, after "rnn{k}_backward_", then "dense_kernel" (numbers read, outputs) and
    "dense_bias" (outputs,): the order of Keras.
    """

    cell: str = "simple_rnn"
    units: int = 6
    features: int = 1
    outputs: int = 2
    layers: int = 1
    activation: str = "tanh"
    last_step: bool = False
    classes: bool = True
    dropout: float = 0.0
    vocabulary: int = 0
    bidirectional: bool = False
    pooling: str = ""

    def __post_init__(self) -> None:
        if self.pooling not in ("", MEAN_MAX) or (self.pooling and not self.last_step):
            raise ValueError(f"Pooling {self.pooling!r} is none that gives one answer a window.")

    @property
    def cell_type(self) -> Cell:
        """The cell that every recurrent layer is made of."""
        return cell(self.cell)

    @property
    def state_size(self) -> int:
        """How many numbers one layer carries from step to step for each row, in one direction."""
        return self.cell_type.state_size(self.units)

    @property
    def directions(self) -> tuple[str, ...]:
        """The directions in which each layer reads, by what its weights' names begin with."""
        return (FORWARD, BACKWARD) if self.bidirectional else (FORWARD,)

    @property
    def width(self) -> int:
        """How many outputs a layer has at each step, in all its directions."""
        return self.units * len(self.directions)

    @property
    def sigmoid(self) -> bool:
        """Whether a single output stands for two classes."""
        return self.classes and self.outputs == 1

    def input_shape(self, timesteps: int) -> tuple[int, ...]:
        """The shape of what one row reads: (timesteps,) ids, or (timesteps, features) numbers."""
        return (timesteps,) if self.vocabulary else (timesteps, self.features)

    def check_inputs(self, inputs: NDArray[Any]) -> None:
        """Raise a `ValueError` for ids of no word: NumPy would wrap them around, XLA clamp them."""
        if self.vocabulary and inputs.size:
            lowest, highest = inputs.min(), inputs.max()
            if lowest < 0 or highest >= self.vocabulary:
                raise ValueError(
                    f"The words are 0 to {self.vocabulary - 1}, but {lowest} to {highest} came in."
                )

    def features_of(self, layer: int) -> int:
        """How many numbers layer `layer` (from 1) reads at each step."""
        return self.features if layer == 1 else self.width

    @property
    def dense_inputs(self) -> int:
        """How many numbers the dense layer reads."""
        return 2 * self.width if self.pooling else self.width

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each weight by name."""
        shapes: dict[str, tuple[int, ...]] = {}
        if self.vocabulary:
            shapes["embedding"] = (self.vocabulary, self.features)
        for layer, direction in self._each_layer():
            own = self.cell_type.weight_shapes(self.features_of(layer), self.units)
            shapes |= network_names(own, layer, direction)
        return shapes | {
            "dense_kernel": (self.dense_inputs, self.outputs),
            "dense_bias": (self.outputs,),
        }

    @property
    def parameters(self) -> int:
        """How many numbers are learnt."""
        return sum(map(math.prod, self.shapes.values()))

    def initial_weights(self, rng: np.random.Generator, first: FirstWeights = KERAS) -> Weights:
        """Weights drawn as Keras draws them, by default or with these choices."""
        weights: Weights = {}
        if self.vocabulary:
            rows = rng.uniform(-EMBEDDING_LIMIT, EMBEDDING_LIMIT, (self.vocabulary, self.features))
            weights["embedding"] = rows.astype(np.float32)
        for layer, direction in self._each_layer():
            own = self.cell_type.initial_weights(rng, self.features_of(layer), self.units, first)
            weights |= network_names(own, layer, direction)
        return weights | {
            "dense_kernel": glorot_uniform(rng, self.dense_inputs, self.outputs),
            "dense_bias": np.zeros(self.outputs, np.float32),
        }

    def _each_layer(self) -> Iterator[tuple[int, str]]:
        """Layers from below, each in its directions."""
        return product(range(1, self.layers + 1), self.directions)


def network_names(own: Mapping[str, Any], layer: int, direction: str = FORWARD) -> dict[str, Any]:
    """What belongs to one recurrent layer (from 1), by the network's names of its weights."""
    return {f"rnn{layer}_{direction}{name}": value for name, value in own.items()}


def layer_weights(
    weights: Mapping[str, Any], layer: int, direction: str = FORWARD
) -> dict[str, Any]:
    """The weights of one recurrent layer (from 1), by the cell's own names."""
    start = f"rnn{layer}_{direction}"
    own = {
        name.removeprefix(start): value for name, value in weights.items() if name.startswith(start)
    }
    return {name: value for name, value in own.items() if not name.startswith(BACKWARD)}
