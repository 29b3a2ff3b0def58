"""The bench that each cell opens with: the article's case, and others as small."""

from __future__ import annotations

from rnnlab.cells import CELLS
from rnnlab.handcheck.bench import WEIGHTS, Bench, wanted_shapes
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

NUMBERS = (-1, 1, -1, -1, 0, 1, -1, 1, 2, 1, 1)
"""What the weights of the other benches are filled with, one after another."""


def example(cell_name: str) -> Bench:
    """The bench that a cell opens with: the article's for SimpleRNN, small whole numbers else."""
    if cell_name == ARTICLE.cell:
        return ARTICLE
    shapes = wanted_shapes(cell_name, features=2, units=2, timesteps=3)
    kernel, recurrent_kernel, bias = (
        _filled(shapes[name], start) for start, name in enumerate(WEIGHTS)
    )
    return Bench(
        cell=cell_name,
        activation="tanh",
        kernel=kernel,
        recurrent_kernel=recurrent_kernel,
        bias=bias,
        inputs=((1, 0), (0, 1), (1, 1)),
        state=((0.0, 0.0),) * shapes["state"][0],
        target=((1, 0),),
    )


def _filled(shape: tuple[int, int], start: int) -> Matrix:
    rows, columns = shape
    return tuple(
        tuple(float(NUMBERS[(start + i * columns + j) % len(NUMBERS)]) for j in range(columns))
        for i in range(rows)
    )


EXAMPLES: dict[str, Bench] = {name: example(name) for name in CELLS}
"""The bench that each cell opens with, by the cell's name."""
