"""What every recurrent cell has in common."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Weights = dict[str, Floats]
Values = dict[str, Floats]


class Cell(ABC):
    """One recurrent cell: how a state and an input become the next state.

    Arrays are (batch, features) for inputs and (batch, state size) for states. The activation is
    a name from `rnnlab.cells.activations`.
    """

    name: ClassVar[str]
    order: ClassVar[int]
    """Its place in the teaching order."""
    title: ClassVar[str]
    """The name of Keras' layer, which is also what people call it."""
    equations: ClassVar[Mapping[str, str]]
    """Symbol to formula (LaTeX), in the order in which `step` computes them."""

    @cached_property
    def gates(self) -> tuple[str, ...]:
        """The symbols whose weights lie side by side in each weight, in that order.

        Read off the equations: those with a W of their own. Empty if there is one W for all.
        """
        found = [re.search(r"W_(\w)", formula) for formula in self.equations.values()]
        return tuple(one[1] for one in found if one)

    @property
    def n_gates(self) -> int:
        """How many parts of equal width lie side by side in each weight: 1 without gates."""
        return max(1, len(self.gates))

    @abstractmethod
    def weight_shapes(self, features: int, units: int) -> dict[str, tuple[int, ...]]:
        """The shape of each weight by name, in Keras' order."""

    @abstractmethod
    def initial_weights(self, rng: np.random.Generator, features: int, units: int) -> Weights:
        """Weights drawn as Keras draws them by default."""

    @abstractmethod
    def state_size(self, units: int) -> int:
        """How many numbers the state holds for each row; the first `units` are the last output."""

    @abstractmethod
    def step(self, weights: Weights, inputs: Floats, state: Floats, activation: str) -> Values:
        """Every quantity of one time step by symbol, in the order of `equations`.

        The last value is the cell's output, of shape (batch, units).
        """

    @abstractmethod
    def next_state(self, values: Values) -> Floats:
        """The state that the next time step receives."""

    @abstractmethod
    def step_back(
        self,
        weights: Weights,
        inputs: Floats,
        state: Floats,
        values: Values,
        gradient: Floats,
        activation: str,
    ) -> tuple[Weights, Floats, Floats]:
        """One step of backpropagation: gradients of the weights, the inputs and the old state.

        `gradient` is that of the loss with respect to this step's `next_state`, of its shape.
        """
