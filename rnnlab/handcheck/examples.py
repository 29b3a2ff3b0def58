"""The bench that each cell opens with: the article's case, and as small ones for the gated cells."""

from __future__ import annotations

from rnnlab.cells import CELLS
from rnnlab.handcheck.bench import Bench, wanted_shapes
from rnnlab.handcheck.matrices import Matrix

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

WEIGHTS = (1, 0, -1, 2, 1, -1, 0, 1, 1, 2, -1)
"""What the weights of the other benches are taken from, one after another."""


def example(cell_name: str, features: int = 2, units: int = 2, timesteps: int = 3) -> Bench:
    """The bench that a cell opens with: the article's for SimpleRNN, small whole numbers else."""
    if cell_name == ARTICLE.cell:
        return ARTICLE
    shapes = wanted_shapes(cell_name, features, units, timesteps)
    filled = {
        name: _filled(shapes[name], start)
        for start, name in enumerate(shapes)
        if name in WEIGHT_NAMES
    }
    return Bench(
        cell=cell_name,
        activation="tanh",
        inputs=((1, 0), (0, 1), (1, 1)),
        state=_filled(shapes["state"], None),
        target=((1, 0),),
        **filled,
    )


WEIGHT_NAMES = ("kernel", "recurrent_kernel", "bias")


def resized(matrix: Matrix, shape: tuple[int, int]) -> Matrix:
    """The matrix with rows and columns cut off at its end, or added: with zeros."""
    rows, columns = shape
    return tuple(
        tuple(
            matrix[i][j] if i < len(matrix) and j < len(matrix[i]) else 0.0 for j in range(columns)
        )
        for i in range(rows)
    )


def _filled(shape: tuple[int, int], start: int | None) -> Matrix:
    rows, columns = shape
    if start is None:
        return tuple((0.0,) * columns for _ in range(rows))
    return tuple(
        tuple(float(WEIGHTS[(start + i * columns + j) % len(WEIGHTS)]) for j in range(columns))
        for i in range(rows)
    )


EXAMPLES: dict[str, Bench] = {name: example(name) for name in CELLS}
