"""A network: recurrent layers of one kind, one above the other, and a dense layer that is read.

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
from rnnlab.cells.initial import glorot_uniform

EMBEDDED = 0.05
"""An embedding begins with numbers between minus this and this, as Keras' does."""

FORWARD, BACKWARD = "", "backward_"
"""What the names of a layer's weights begin with, of the direction in which it reads."""

MEAN_MAX = "mean_max"


@dataclass(frozen=True)
class Network:
    """`layers` recurrent layers of `units` each, and a dense read-out of `outputs` numbers.

    It reads `features` numbers at each time step; or, with a `vocabulary`, the id of a word, from 0
    to below `vocabulary`, for which it learns `features` numbers: the word's row of an embedding.

    With `last_step` only the last time step is read, else every one. With `classes` the outputs
    are logits of classes, judged by cross-entropy (nats): by a softmax, or, where there is one
    output, by a sigmoid, which says how likely class 1 of the two classes 0 and 1 is. Without, the
    outputs are numbers, judged by their mean squared error. `dropout` is the share of each layer's
    outputs that the layer above does not get to see, in training: between layers, never between
    time steps.

    A `bidirectional` network has two of each layer (Schuster & Paliwal 1997): one reads on from the
    first time step, one back from the last, each from zero; what both say of a step lies side by
    side. With `last_step` it is what each says after it has read all. `pooling` "mean_max" instead
    reads the mean and the largest, over time, of each number that the topmost layer says: one
    answer, so it needs `last_step`.

    Weights are one dictionary: "embedding" (vocabulary, features) where there is one, for layer
    k = 1, 2, … the cell's own names after "rnn{k}_", from below, then those after
    "rnn{k}_backward_" of the layer that reads back, then "dense_kernel" (numbers read, outputs) and
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
    def kind(self) -> Cell:
        """The cell that every recurrent layer is made of."""
        return cell(self.cell)

    @property
    def state_size(self) -> int:
        """How many numbers one layer carries from step to step for each row, in one direction."""
        return self.kind.state_size(self.units)

    @property
    def directions(self) -> tuple[str, ...]:
        """The directions in which each layer reads, by what its weights' names begin with."""
        return (FORWARD, BACKWARD) if self.bidirectional else (FORWARD,)

    @property
    def width(self) -> int:
        """How many numbers a layer says at each step, in all its directions."""
        return self.units * len(self.directions)

    @property
    def sigmoid(self) -> bool:
        """Whether one output speaks for two classes."""
        return self.classes and self.outputs == 1

    def input_shape(self, timesteps: int) -> tuple[int, ...]:
        """The shape of what one row reads: (timesteps,) ids, or (timesteps, features) numbers."""
        return (timesteps,) if self.vocabulary else (timesteps, self.features)

    def check_inputs(self, inputs: NDArray[Any]) -> None:
        """A `ValueError` for ids of no word: NumPy would count back from the last, XLA take it."""
        if self.vocabulary and inputs.size:
            least, most = inputs.min(), inputs.max()
            if least < 0 or most >= self.vocabulary:
                raise ValueError(
                    f"The words are 0 to {self.vocabulary - 1}, but {least} to {most} came in."
                )

    def features_of(self, layer: int) -> int:
        """How many numbers layer `layer` (from 1) reads at each step."""
        return self.features if layer == 1 else self.width

    @property
    def read(self) -> int:
        """How many numbers the dense layer reads for an answer."""
        return 2 * self.width if self.pooling else self.width

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each weight by name."""
        shapes: dict[str, tuple[int, ...]] = {}
        if self.vocabulary:
            shapes["embedding"] = (self.vocabulary, self.features)
        for layer, direction in self._each_layer():
            own = self.kind.weight_shapes(self.features_of(layer), self.units)
            shapes |= named(own, layer, direction)
        return shapes | {"dense_kernel": (self.read, self.outputs), "dense_bias": (self.outputs,)}

    @property
    def parameters(self) -> int:
        """How many numbers are learnt."""
        return sum(map(math.prod, self.shapes.values()))

    def initial_weights(self, rng: np.random.Generator) -> Weights:
        """Weights drawn as Keras draws them by default."""
        weights: Weights = {}
        if self.vocabulary:
            words = rng.uniform(-EMBEDDED, EMBEDDED, (self.vocabulary, self.features))
            weights["embedding"] = words.astype(np.float32)
        for layer, direction in self._each_layer():
            own = self.kind.initial_weights(rng, self.features_of(layer), self.units)
            weights |= named(own, layer, direction)
        return weights | {
            "dense_kernel": glorot_uniform(rng, self.read, self.outputs),
            "dense_bias": np.zeros(self.outputs, np.float32),
        }

    def _each_layer(self) -> Iterator[tuple[int, str]]:
        """Layers from below, each in its directions."""
        return product(range(1, self.layers + 1), self.directions)


def named(own: Mapping[str, Any], layer: int, direction: str = FORWARD) -> dict[str, Any]:
    """What belongs to one recurrent layer (from 1), by the names that the network gives it."""
    return {f"rnn{layer}_{direction}{name}": value for name, value in own.items()}


def of_layer(weights: Mapping[str, Any], layer: int, direction: str = FORWARD) -> dict[str, Any]:
    """The weights of one recurrent layer (from 1), by the cell's own names."""
    start = f"rnn{layer}_{direction}"
    own = {
        name.removeprefix(start): value for name, value in weights.items() if name.startswith(start)
    }
    return {name: value for name, value in own.items() if not name.startswith(BACKWARD)}
