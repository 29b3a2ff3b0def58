"""A bench: one small calculation, with every number that it starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnlab.cells import Cell, cell
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.cells.cell import Floats, Weights
from rnnlab.errors import SettingError
from rnnlab.handcheck.matrices import Matrix, MatrixError

MOST_UNITS = 4
MOST_FEATURES = 4
MOST_STEPS = 6

WEIGHTS = ("kernel", "recurrent_kernel", "bias")
"""The matrices of a bench that are the layer's weights, in Keras' order."""

BIASES = "bd"
"""What equations call the rows of the bias; W is the kernel, U the recurrent kernel."""

LABELS: Mapping[str, str] = {
    "kernel": "Kernel W",
    "recurrent_kernel": "Recurrent kernel U",
    "bias": "Bias b",
    "inputs": "Input x",
    "state": "First state",
    "target": "Target",
}
"""What pages call each matrix of a bench, by its field."""


@dataclass(frozen=True)
class Bench:
    """One recurrent layer on one short sequence, small enough to be done by hand.

    Matrices are tuples of rows. `kernel` (features, gates × units), `recurrent_kernel` (units,
    gates × units) and `bias` (rows, gates × units) are Keras' weights, a flat bias being one row.
    `inputs` are (timesteps, features). `state` has a row for each part of the state before the
    first step: h, and for an LSTM c below it. `target` (1, units) is what the last output should
    be: the loss is half its squared distance. A `MatrixError` names what does not fit.
    """

    cell: str
    activation: str
    kernel: Matrix
    recurrent_kernel: Matrix
    bias: Matrix
    inputs: Matrix
    state: Matrix
    target: Matrix

    def __post_init__(self) -> None:
        if self.activation not in ACTIVATIONS:
            raise SettingError(
                f"The activation must be one of {', '.join(ACTIVATIONS)}, "
                f"but it is {self.activation!r}."
            )
        self._check_columns_of_kernel()
        _check_size("features", len(self.kernel), MOST_FEATURES, "kernel")
        _check_size("units", self.units, MOST_UNITS, "kernel")
        _check_size("time steps", self.timesteps, MOST_STEPS, "inputs")
        if not self.inputs:
            raise MatrixError("inputs", f"{LABELS['inputs']} is empty: it needs at least one row.")
        for name, wanted in wanted_shapes(
            self.cell, self.features, self.units, self.timesteps
        ).items():
            self._check_shape(name, wanted)

    @property
    def kind(self) -> Cell:
        """The cell that the layer is made of."""
        return cell(self.cell)

    @property
    def units(self) -> int:
        """How many numbers the layer says at each step."""
        return len(self.kernel[0]) // self.kind.n_gates

    @property
    def features(self) -> int:
        """How many numbers come in at each step."""
        return len(self.kernel)

    @property
    def timesteps(self) -> int:
        """How many steps the sequence has."""
        return len(self.inputs)

    @cached_property
    def weights(self) -> Weights:
        """The layer's weights by name, in the shapes of `Cell.weight_shapes`."""
        shapes = self.kind.weight_shapes(self.features, self.units)
        return {name: _floats(getattr(self, name)).reshape(shapes[name]) for name in shapes}

    @cached_property
    def sequence(self) -> Floats:
        """The inputs, (timesteps, features)."""
        return _floats(self.inputs)

    @cached_property
    def first_state(self) -> Floats:
        """The state before the first step, (1, state size), as `Cell.step` takes it."""
        return _floats(self.state).reshape(1, -1)

    @cached_property
    def wanted(self) -> Floats:
        """The target, (units,)."""
        return _floats(self.target).reshape(-1)

    def part(self, name: str) -> Matrix:
        """The rows of what the equations call "W", "U_i", "b_f" or "d_n": one gate's columns."""
        letter, _, gate = name.partition("_")
        first = self.kind.gates.index(gate) * self.units if gate else 0
        columns = slice(first, first + self.units)
        if letter in BIASES:
            return (self.bias[BIASES.index(letter)][columns],)
        rows = self.kernel if letter == "W" else self.recurrent_kernel
        return tuple(row[columns] for row in rows)

    def _check_columns_of_kernel(self) -> None:
        n_gates = self.kind.n_gates
        columns = len(self.kernel[0]) if self.kernel else 0
        if not columns:
            raise MatrixError(
                "kernel", f"{LABELS['kernel']} is empty: it needs at least one number."
            )
        if columns % n_gates:
            raise MatrixError(
                "kernel",
                f"{LABELS['kernel']} must have as many columns for each of the {n_gates} gates "
                f"of {self.kind.title}, but it has {columns} column{'s' if columns != 1 else ''}.",
            )

    def _check_shape(self, name: str, wanted: tuple[int, int]) -> None:
        matrix: Matrix = getattr(self, name)
        longest = max(map(len, matrix), default=0)
        for number, row in enumerate(matrix, 1):
            if len(row) != longest:
                raise MatrixError(
                    name,
                    f"{LABELS[name]} must have {longest} numbers in every row, "
                    f"but row {number} has {len(row)}.",
                )
        shape = (len(matrix), longest)
        if shape != wanted:
            raise MatrixError(
                name,
                f"{LABELS[name]} must have {_size(wanted)}, but it has {_size(shape)}.",
            )


def wanted_shapes(
    cell_name: str, features: int, units: int, timesteps: int
) -> dict[str, tuple[int, int]]:
    """(rows, columns) of every matrix of a bench with this cell and these sizes, by field."""
    kind = cell(cell_name)
    shapes = {
        name: shape if len(shape) == 2 else (1, shape[0])
        for name, shape in kind.weight_shapes(features, units).items()
    }
    return {
        **{name: (shape[0], shape[1]) for name, shape in shapes.items()},
        "inputs": (timesteps, features),
        "state": (kind.state_size(units) // units, units),
        "target": (1, units),
    }


def _floats(matrix: Matrix) -> Floats:
    return np.array(matrix, dtype=np.float64)


def _check_size(what: str, size: int, most: int, matrix: str) -> None:
    if size > most:
        raise MatrixError(
            matrix, f"The bench has room for {most} {what}, but {LABELS[matrix]} makes it {size}."
        )


def _size(shape: tuple[int, int]) -> str:
    rows, columns = shape
    return f"{rows} row{'s' if rows != 1 else ''} of {columns} number{'s' if columns != 1 else ''}"
