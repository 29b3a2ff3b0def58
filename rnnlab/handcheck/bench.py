"""A bench: one small calculation with every number that it starts from, and a cell's first one.

"Bench" is the page's own word for these matrices: "On the bench" puts an exercise's numbers there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnlab.cells import CELLS, Cell, cell
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.cells.cell import Floats, Weights
from rnnlab.errors import SettingError
from rnnlab.handcheck.matrices import MatrixError, Rows

MAX_UNITS = 4
MAX_FEATURES = 4
MAX_TIMESTEPS = 6

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
    """One recurrent layer on one short sequence, small enough to be calculated by hand.

    Matrices are tuples of rows. `kernel` (features, gates × units), `recurrent_kernel` (units,
    gates × units) and `bias` (rows, gates × units) are Keras' weights; a flat bias is one row.
    `inputs` are (timesteps, features). `state` has a row for each part of the state before the
    first step: h, and for an LSTM c below it. `target` (1, units) is the desired last output: the
    loss is half its squared distance. A `MatrixError` names a matrix of the wrong shape.
    """

    cell: str
    activation: str
    kernel: Rows
    recurrent_kernel: Rows
    bias: Rows
    inputs: Rows
    state: Rows
    target: Rows

    @property
    def private(self) -> bool:
        """Whether it holds what a visitor has typed: its matrices."""
        return True

    def __post_init__(self) -> None:
        if self.activation not in ACTIVATIONS:
            raise SettingError(
                f"The activation must be one of {', '.join(ACTIVATIONS)}, "
                f"but it is {self.activation!r}."
            )
        self._check_columns_of_kernel()
        _check_size("features", len(self.kernel), MAX_FEATURES, "kernel")
        _check_size("units", self.units, MAX_UNITS, "kernel")
        _check_size("time steps", self.timesteps, MAX_TIMESTEPS, "inputs")
        if not self.inputs:
            raise MatrixError("inputs", f"{LABELS['inputs']} is empty: it needs at least one row.")
        shapes = matrix_shapes(self.cell, self.features, self.units, self.timesteps)
        for name, shape in shapes.items():
            self._check_shape(name, shape)

    @property
    def cell_type(self) -> Cell:
        """The cell that the layer is made of."""
        return cell(self.cell)

    @property
    def units(self) -> int:
        """The size of the layer's output at each step."""
        return len(self.kernel[0]) // self.cell_type.n_gates

    @property
    def features(self) -> int:
        """The size of the input at each step."""
        return len(self.kernel)

    @property
    def timesteps(self) -> int:
        """The length of the sequence."""
        return len(self.inputs)

    @cached_property
    def weights(self) -> Weights:
        """The layer's weights by name, in the shapes of `Cell.weight_shapes`."""
        shapes = self.cell_type.weight_shapes(self.features, self.units)
        return {name: _floats(getattr(self, name)).reshape(shapes[name]) for name in shapes}

    @cached_property
    def sequence(self) -> Floats:
        """The inputs, (timesteps, features)."""
        return _floats(self.inputs)

    @cached_property
    def initial_state(self) -> Floats:
        """The state before the first step, (1, state size), as `Cell.step` takes it."""
        return _floats(self.state).reshape(1, -1)

    @cached_property
    def target_vector(self) -> Floats:
        """The target, (units,)."""
        return _floats(self.target).reshape(-1)

    def weight_block(self, name: str) -> Rows:
        """The rows of what the equations call "W", "U_i", "b_f" or "d_n": one gate's columns."""
        letter, _, gate = name.partition("_")
        first = self.cell_type.gates.index(gate) * self.units if gate else 0
        columns = slice(first, first + self.units)
        if letter in BIASES:
            return (self.bias[BIASES.index(letter)][columns],)
        rows = self.kernel if letter == "W" else self.recurrent_kernel
        return tuple(row[columns] for row in rows)

    def _check_columns_of_kernel(self) -> None:
        n_gates = self.cell_type.n_gates
        columns = len(self.kernel[0]) if self.kernel else 0
        if not columns:
            raise MatrixError(
                "kernel", f"{LABELS['kernel']} is empty: it needs at least one number."
            )
        if columns % n_gates:
            raise MatrixError(
                "kernel",
                f"{LABELS['kernel']} must have as many columns for each of the {n_gates} gates "
                f"of {self.cell_type.title}, "
                f"but it has {columns} column{'s' if columns != 1 else ''}.",
            )

    def _check_shape(self, name: str, expected: tuple[int, int]) -> None:
        matrix: Rows = getattr(self, name)
        columns = max(map(len, matrix), default=0)
        for i, row in enumerate(matrix, 1):
            if len(row) != columns:
                raise MatrixError(
                    name,
                    f"{LABELS[name]} must have {columns} numbers in every row, "
                    f"but row {i} has {len(row)}.",
                )
        shape = (len(matrix), columns)
        if shape != expected:
            raise MatrixError(
                name, f"{LABELS[name]} must have {_size(expected)}, but it has {_size(shape)}."
            )


def matrix_shapes(
    cell_name: str, features: int, units: int, timesteps: int
) -> dict[str, tuple[int, int]]:
    """(rows, columns) of every matrix of a bench with this cell and these sizes, by field."""
    cell_type = cell(cell_name)
    weights = cell_type.weight_shapes(features, units)
    return {
        **{name: (shape[0] if len(shape) > 1 else 1, shape[-1]) for name, shape in weights.items()},
        "inputs": (timesteps, features),
        "state": (cell_type.state_size(units) // units, units),
        "target": (1, units),
    }


def _floats(matrix: Rows) -> Floats:
    return np.array(matrix, dtype=np.float64)


def _check_size(what: str, size: int, limit: int, matrix: str) -> None:
    if size > limit:
        raise MatrixError(
            matrix, f"The bench has room for {limit} {what}, but {LABELS[matrix]} makes it {size}."
        )


def _size(shape: tuple[int, int]) -> str:
    rows, columns = shape
    return f"{rows} row{'s' if rows != 1 else ''} of {columns} number{'s' if columns != 1 else ''}"


ARTICLE = Bench(
    cell="simple_rnn",
    activation="linear",
    kernel=((1, 0, 2), (2, 1, 3)),
    recurrent_kernel=((1, 2, 1), (1, 0, 1), (0, 1, 0)),
    bias=((0, 0, 1),),
    inputs=((1, 3), (1, 1), (2, 3)),
    state=((0, 0, 0),),
    target=((50, 45, 50),),
)
"""The article's hand calculation: it gives [7, 3, 12], [13, 27, 16], [48, 45, 54]."""

SQUASHED = Bench(
    cell="simple_rnn",
    activation="tanh",
    kernel=((0.5, -1), (1, 0.5)),
    recurrent_kernel=((0.5, 1), (-1, 0.5)),
    bias=((0, 0.25),),
    inputs=((1, 1), (0, 1), (1, 0)),
    state=((0, 0),),
    target=((1, 0),),
)
"""SimpleRNN with weights so small that tanh squashes each sum, and flattens none of them."""

EXAMPLE_NUMBERS = (-1, 1, -1, -1, 0, 1, -1, 1, 2, 1, 1)
"""The weights of the other cells' first benches repeat these numbers."""


def first_bench(cell_name: str) -> Bench:
    """The bench that a cell opens with: small numbers, whole ones for cells with gates."""
    if cell_name == SQUASHED.cell:
        return SQUASHED
    shapes = matrix_shapes(cell_name, features=2, units=2, timesteps=3)
    weights = {name: _repeated(shapes[name], start) for start, name in enumerate(WEIGHTS)}
    return Bench(
        cell=cell_name,
        activation="tanh",
        **weights,
        inputs=((1, 0), (0, 1), (1, 1)),
        state=((0.0, 0.0),) * shapes["state"][0],
        target=((1, 0),),
    )


def _repeated(shape: tuple[int, int], start: int) -> Rows:
    """A matrix of the example numbers, over and over, from the number `start` on."""
    numbers = np.resize(np.roll(EXAMPLE_NUMBERS, -start), shape)
    return tuple(map(tuple, numbers.astype(float).tolist()))


FIRST_BENCHES: dict[str, Bench] = {name: first_bench(name) for name in CELLS}
"""The bench that each cell opens with, by the cell's name."""
