"""One step of each cell, in place and for both directions of reading at once.

The same sums as `rnnlab.cells`, which show every quantity; here the speed counts, for a text is
read word by word. A sigmoid is (1 + tanh(x / 2)) / 2, and the halves are in the weights already.
Each gate has a product of its own: small ones are left to one core by BLAS, where two would spend
most of the time on meeting each other, the more so beside a training.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.cells.cell import Floats

Layer = Mapping[str, Floats]
"""A cell's weights by its own names, the directions of reading stacked along a first axis."""


class FastCell(ABC):
    """A recurrent layer on its way over time.

    Arrays are (directions, gates, texts, units). `kernel` (directions, gates, features, units) and
    `bias` (directions, gates, 1, units) make of the inputs what `step` is given.
    """

    kernel_scale: ClassVar[tuple[float, ...]] = (1,)
    """What each gate's kernel is multiplied with beforehand."""
    recurrent_scale: ClassVar[tuple[float, ...]] = (1,)

    def __init__(self, weights: Layer, n_texts: int, activation: str) -> None:
        self.activation = activation
        self.kernel = self._by_gate(weights["kernel"], self.kernel_scale)
        self.bias = self._by_gate(weights["bias"][..., None, :], self.kernel_scale)
        self.recurrent = self._by_gate(weights["recurrent_kernel"], self.recurrent_scale)
        self.directions, self.gates, _, self.units = self.recurrent.shape
        shape = (self.directions, self.gates, n_texts, self.units)
        self.sums = np.empty(shape, self.recurrent.dtype)

    def _by_gate(self, weights: Floats, scale: tuple[float, ...]) -> Floats:
        """(directions, rows, gates * units) as (directions, gates, rows, units), scaled."""
        parts = np.split(weights, len(scale), axis=2)
        factors = np.array(scale, weights.dtype)[:, None, None]
        scaled: Floats = np.stack(parts, axis=1) * factors
        return scaled

    @abstractmethod
    def step(self, from_inputs: Floats, before: Floats, after: Floats) -> None:
        """From the outputs (directions, n, units) of the step before to those `after` it.

        The n texts are the first n of all; `from_inputs` is (directions, gates, n, units).
        """

    def summed(self, before: Floats) -> Floats:
        """The products of the outputs with the recurrent kernel, in the memory for them."""
        sums = self.sums[:, :, : before.shape[1]]
        np.matmul(before[:, None], self.recurrent, out=sums)
        return sums

    def bent(self, values: Floats, out: Floats) -> None:
        """The activation of these values, written to `out`."""
        if self.activation == "tanh":
            np.tanh(values, out=out)
        else:
            out[...] = ACTIVATIONS[self.activation].function(values)


class FastSimpleRNN(FastCell):
    """h = f(x W + h U + b)."""

    def step(self, from_inputs: Floats, before: Floats, after: Floats) -> None:
        """One product, one sum, one activation."""
        sums = self.summed(before)
        np.add(sums, from_inputs, out=sums)
        self.bent(sums[:, 0], after)


class FastGRU(FastCell):
    """The gates z and r, the proposal n = f(x W + r p), and h = n + z (h - n).

    r comes out doubled, so p is halved.
    """

    kernel_scale: ClassVar[tuple[float, ...]] = (0.5, 0.5, 1)
    recurrent_scale: ClassVar[tuple[float, ...]] = (0.5, 0.5, 0.5)

    def __init__(self, weights: Layer, n_texts: int, activation: str) -> None:
        of_inputs, of_state = np.split(weights["bias"], 2, axis=1)
        super().__init__({**weights, "bias": of_inputs[:, 0]}, n_texts, activation)
        own = self._by_gate(of_state, self.recurrent_scale)
        self.bias[:, :2] += own[:, :2]
        self.bias_of_p = own[:, 2]

    def step(self, from_inputs: Floats, before: Floats, after: Floats) -> None:
        """Every line is one pass over the numbers of a step."""
        sums = self.summed(before)
        gates, z, r, n = sums[:, :2], sums[:, 0], sums[:, 1], sums[:, 2]
        np.add(gates, from_inputs[:, :2], out=gates)
        np.tanh(gates, out=gates)
        np.add(gates, 1, out=gates)
        np.add(n, self.bias_of_p, out=n)
        np.multiply(n, r, out=n)
        np.add(n, from_inputs[:, 2], out=n)
        self.bent(n, n)
        np.multiply(z, 0.5, out=z)
        np.subtract(before, n, out=after)
        np.multiply(after, z, out=after)
        np.add(after, n, out=after)


class FastLSTM(FastCell):
    """The gates i, f and o, the memory c = f c + i g, and h = o f(c)."""

    kernel_scale: ClassVar[tuple[float, ...]] = (0.5, 0.5, 1, 0.5)
    recurrent_scale: ClassVar[tuple[float, ...]] = kernel_scale

    def __init__(self, weights: Layer, n_texts: int, activation: str) -> None:
        super().__init__(weights, n_texts, activation)
        self.memory = np.zeros((self.directions, n_texts, self.units), self.recurrent.dtype)

    def step(self, from_inputs: Floats, before: Floats, after: Floats) -> None:
        """Every line is one pass over the numbers of a step."""
        sums, memory = self.summed(before), self.memory[:, : before.shape[1]]
        i, f, g, o = (sums[:, gate] for gate in range(4))
        np.add(sums, from_inputs, out=sums)
        self.bent(g, g)
        for gates in (sums[:, :2], o):
            np.tanh(gates, out=gates)
            np.add(gates, 1, out=gates)
            np.multiply(gates, 0.5, out=gates)
        np.multiply(memory, f, out=memory)
        np.multiply(g, i, out=g)
        np.add(memory, g, out=memory)
        self.bent(memory, after)
        np.multiply(after, o, out=after)


FAST: dict[str, type[FastCell]] = {
    "simple_rnn": FastSimpleRNN,
    "gru": FastGRU,
    "lstm": FastLSTM,
}
"""By the names of `rnnlab.cells`; a test sees to it that none is missing."""
