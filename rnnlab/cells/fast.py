"""Fast inference: one step of a layer, in place and for both directions of reading at once.

The same sums as a cell's NumPy step, which shows every quantity; here speed counts, for a text is
read word by word. A cell's file may offer it as `FAST`; for the others there is `StepByStep`.
Each gate has a product of its own: small ones are left to one core by BLAS, where two would spend
most of the time on meeting each other, the more so beside a training.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.cells.cell import Cell, Floats

StackedWeights = Mapping[str, Floats]
"""A cell's weights by its own names, the directions of reading stacked along a first axis."""


class FastLayer(ABC):
    """A recurrent layer on its way over time, which begins with a state of zeros.

    Arrays are (directions, gates, rows, units). `kernel` (directions, gates, features, columns) and
    `bias` (directions, gates, 1, columns) make of the inputs what `step` is given.
    """

    kernel: Floats
    bias: Floats

    @abstractmethod
    def step(self, from_inputs: Floats, before: Floats, after: Floats) -> None:
        """From the outputs (directions, n, units) of the step before to those `after` it.

        The n rows are the first n of all; `from_inputs` is (directions, gates, n, columns).
        """


class FastCell(FastLayer):
    """A layer whose gates take the products of their kernels; a sigmoid is (1 + tanh(x / 2)) / 2.

    The halves are in the weights already, by the scales.
    """

    kernel_scale: ClassVar[tuple[float, ...]] = (1,)
    """What each gate's kernel is multiplied with beforehand."""
    recurrent_scale: ClassVar[tuple[float, ...]] = (1,)

    def __init__(self, weights: StackedWeights, n_rows: int, activation: str) -> None:
        self.activation = activation
        self.kernel = self._by_gate(weights["kernel"], self.kernel_scale)
        self.bias = self._by_gate(weights["bias"][..., None, :], self.kernel_scale)
        self.recurrent = self._by_gate(weights["recurrent_kernel"], self.recurrent_scale)
        self.directions, self.gates, _, self.units = self.recurrent.shape
        shape = (self.directions, self.gates, n_rows, self.units)
        self.sums = np.empty(shape, self.recurrent.dtype)

    def _by_gate(self, weights: Floats, scale: tuple[float, ...]) -> Floats:
        """(directions, rows, gates * units) as (directions, gates, rows, units), scaled."""
        parts = np.split(weights, len(scale), axis=2)
        factors = np.array(scale, weights.dtype)[:, None, None]
        scaled: Floats = np.stack(parts, axis=1) * factors
        return scaled

    def recurrent_products(self, before: Floats) -> Floats:
        """The products of the outputs with the recurrent kernel, in the memory for them."""
        sums = self.sums[:, :, : before.shape[1]]
        np.matmul(before[:, None], self.recurrent, out=sums)
        return sums

    def activate(self, values: Floats, out: Floats) -> None:
        """The activation of these values, written to `out`."""
        if self.activation == "tanh":
            np.tanh(values, out=out)
        else:
            out[...] = ACTIVATIONS[self.activation].function(values)


class StepByStep(FastLayer):
    """Any cell by its NumPy step, which multiplies the inputs itself: the kernel here is 1."""

    def __init__(
        self, cell: Cell, weights: StackedWeights, n_rows: int, units: int, activation: str
    ) -> None:
        directions, features, _ = weights["kernel"].shape
        dtype = weights["kernel"].dtype
        self.kernel = np.tile(np.eye(features, dtype=dtype), (directions, 1, 1, 1))
        self.bias = np.zeros((directions, 1, 1, features), dtype)
        self._cell, self._activation = cell, activation
        self._weights = [
            {name: value[direction] for name, value in weights.items()}
            for direction in range(directions)
        ]
        self._states = np.zeros((directions, n_rows, cell.state_size(units)), dtype)

    def step(self, from_inputs: Floats, before: Floats, after: Floats) -> None:
        """One direction after the other."""
        n = before.shape[1]
        for direction, weights in enumerate(self._weights):
            inputs, state = from_inputs[direction, 0], self._states[direction, :n]
            values = self._cell.step(weights, inputs, state, self._activation)
            self._states[direction, :n] = self._cell.next_state(values)
            after[direction] = next(reversed(values.values()))
