"""What every recurrent cell has in common."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.initial import KERAS, FirstWeights
from rnnlab.cells.operations import Operations, Tape, Tensor

Floats = NDArray[np.floating[Any]]
Weights = dict[str, Floats]
Values = dict[str, Floats]


class Cell(ABC):
    """One recurrent cell: how a state and an input become the next state.

    Its equations are computed in two ways, which tests hold against each other and against Keras:
    one step at a time in NumPy, every quantity by its symbol, on arrays (rows, features) and
    (rows, state size); and over whole windows in the engine's operations, on feature-major tensors
    (see `rnnlab.cells.operations`). A third, for fast inference, may stand beside them as `FAST`
    (see `rnnlab.cells.fast`). The activation is a name from `rnnlab.cells.activations`.
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
        matches = [re.search(r"W_(\w)", formula) for formula in self.equations.values()]
        return tuple(match[1] for match in matches if match)

    @property
    def n_gates(self) -> int:
        """How many parts of equal width lie side by side in each weight: 1 without gates."""
        return max(1, len(self.gates))

    @abstractmethod
    def weight_shapes(self, features: int, units: int) -> dict[str, tuple[int, ...]]:
        """The shape of each weight by name, in Keras' order."""

    @abstractmethod
    def initial_weights(
        self, rng: np.random.Generator, features: int, units: int, first: FirstWeights = KERAS
    ) -> Weights:
        """Weights drawn as Keras draws them, by default or with these choices."""

    @abstractmethod
    def state_size(self, units: int) -> int:
        """How many numbers the state holds for each row; the first `units` are the last output."""

    # One step, in NumPy.

    @abstractmethod
    def step(self, weights: Weights, inputs: Floats, state: Floats, activation: str) -> Values:
        """Every quantity of one time step by symbol, in the order of `equations`.

        The last value is the cell's output, of shape (rows, units).
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

    # A whole window, in the engine's operations.

    @abstractmethod
    def forward(
        self,
        ops: Operations,
        weights: dict[str, Tensor],
        products: Tensor,
        state: Tensor,
        activation: str,
    ) -> Tape:
        """Run over a window from `state` (state size, rows).

        `products` (timesteps, columns of the kernel, rows) are those of kernel and inputs.
        """

    @abstractmethod
    def backward(
        self,
        ops: Operations,
        weights: dict[str, Tensor],
        state: Tensor,
        tape: Tape,
        d_outputs: Tensor,
        activation: str,
    ) -> tuple[dict[str, Tensor], Tensor]:
        """Backpropagation through time (Werbos 1990), which stops at the window's start.

        Given the gradient of the outputs, that of each weight but the kernel, and of `products`.
        """
