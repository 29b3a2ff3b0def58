"""A bench: one small calculation, with every number that it starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells import Cell, cell
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.cells.cell import Weights
from rnnlab.errors import SettingError
from rnnlab.handcheck.matrices import Matrix, MatrixError

Floats = NDArray[np.float64]

MOST_UNITS = 4
MOST_FEATURES = 4
MOST_STEPS = 6

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
        for name, wanted in self.wanted_shapes(self.features, self.units, self.timesteps).items():
            self._check_shape(name, wanted)

    @property
    def kind(self) -> Cell:
        """The cell that the layer is made of."""
        return cell(self.cell)

    @property
    def units(self) -> int:
        """How many numbers the layer says at each step."""
        return len(self.kernel[0]) // _n_gates(self.kind)

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

    def wanted_shapes(
        self, features: int, units: int, timesteps: int
    ) -> dict[str, tuple[int, int]]:
        """(rows, columns) of every matrix of a bench with this cell and these sizes."""
        return wanted_shapes(self.cell, features, units, timesteps)

    def _check_columns_of_kernel(self) -> None:
        n_gates = _n_gates(self.kind)
        columns = len(self.kernel[0]) if self.kernel else 0
        if columns % n_gates or not columns:
            raise MatrixError(
                "kernel",
                f"{LABELS['kernel']} must have as many columns for each of the {n_gates} gates "
                f"of {self.kind.title}, but it has {columns} columns.",
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


def _n_gates(kind: Cell) -> int:
    return max(1, len(kind.gates))


def _check_size(what: str, size: int, most: int, matrix: str) -> None:
    if size > most:
        raise MatrixError(
            matrix, f"The bench has room for {most} {what}, but {LABELS[matrix]} makes it {size}."
        )


def _size(shape: tuple[int, int]) -> str:
    rows, columns = shape
    return f"{rows} row{'s' if rows != 1 else ''} of {columns} number{'s' if columns != 1 else ''}"
