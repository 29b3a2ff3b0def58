"""Benches for the tests: random ones of every cell, two for paper; and what is read off them."""

import re
from collections.abc import Callable

import numpy as np
from hypothesis import strategies as st

from rnnlab.cells import CELLS
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.handcheck.bench import MAX_FEATURES, MAX_TIMESTEPS, MAX_UNITS, Bench, matrix_shapes
from rnnlab.handcheck.exercises import Blank, Exercise
from rnnlab.handcheck.forward import Quantity, forward
from rnnlab.handcheck.matrices import Rows

LSTM = Bench(
    cell="lstm",
    activation="linear",
    kernel=((0, 0, 2, 0),),
    recurrent_kernel=((0, 0, 1, 0),),
    bias=((0, 0, -2, 0),),
    inputs=((1,), (3,)),
    state=((2,), (4,)),
    target=((0.125,),),
)
"""One unit whose gates all sum up to 0, so that each is half open."""

GRU = Bench(
    cell="gru",
    activation="linear",
    kernel=((0, 0, 2),),
    recurrent_kernel=((0, 0, 4),),
    bias=((0, 0, 1), (0, 0, -2)),
    inputs=((1,), (3,)),
    state=((2,),),
    target=((5,),),
)
"""The same for a GRU."""


def bench_with(
    cell: str,
    activation: str,
    seed: int,
    features: int = MAX_FEATURES,
    units: int = MAX_UNITS,
    timesteps: int = MAX_TIMESTEPS,
    limit: float = 1.0,
) -> Bench:
    """A bench whose numbers are spread evenly between -limit and limit."""
    rng = np.random.default_rng(seed)
    shapes = matrix_shapes(cell, features, units, timesteps)
    numbers = {name: rng.uniform(-limit, limit, shape) for name, shape in shapes.items()}
    return Bench(cell, activation, **{name: as_rows(array) for name, array in numbers.items()})


def as_rows(array: np.ndarray) -> Rows:
    return tuple(map(tuple, array.tolist()))


@st.composite
def benches(
    draw: st.DrawFn, activations: tuple[str, ...] = tuple(ACTIVATIONS), limit: float = 2.0
) -> Bench:
    """A bench of any cell and size with numbers as people type them: 0, 1, equal and tiny ones."""
    cell, activation = draw(st.sampled_from(list(CELLS))), draw(st.sampled_from(activations))
    sizes = [draw(st.integers(1, size)) for size in (MAX_FEATURES, MAX_UNITS, MAX_TIMESTEPS)]
    matrices = {
        name: draw(st.tuples(*[st.tuples(*[st.floats(-limit, limit)] * columns)] * rows))
        for name, (rows, columns) in matrix_shapes(cell, *sizes).items()
    }
    return Bench(cell, activation, **matrices)


@st.composite
def spread_benches(draw: st.DrawFn, limit: float = 1.0) -> Bench:
    """The same with numbers that hardly ever coincide, so that no sum is 0 by accident."""
    cell, activation = draw(st.sampled_from(list(CELLS))), draw(st.sampled_from(list(ACTIVATIONS)))
    sizes = [draw(st.integers(1, size)) for size in (MAX_FEATURES, MAX_UNITS, MAX_TIMESTEPS)]
    return bench_with(cell, activation, draw(st.integers(0, 2**32)), *sizes, limit=limit)


def recombined(quantity: Quantity, f: Callable):
    """The formula as Python reads it, with the terms' numbers in it; `f` is the activation."""
    right = quantity.formula.partition("=")[2]
    names = {}
    for i, term in enumerate(sorted(quantity.terms, key=lambda term: -len(term.formula))):
        names[f"T{i}"] = term.value
        right = right.replace(term.formula, f"T{i}")
    right = right.replace(r"\odot", "*").replace(r"\sigma", "S")
    assert re.fullmatch(r"[TSf\d\s()+*-]+", right), right
    names |= {"S": lambda x: 1 / (1 + np.exp(-x)), "f": f}
    return eval(right, names)


def distance_from_kink(bench: Bench) -> float:
    """How near to 0 anything comes that the activation squashes: there relu has no slope."""
    if bench.activation != "relu":
        return np.inf
    distances = [np.inf]

    def squashed(sums: np.ndarray) -> np.ndarray:
        distances.append(np.abs(sums).min())
        return sums

    for step in forward(bench):
        for quantity in step.quantities:
            recombined(quantity, squashed)
    return min(distances)


def blank_of(drawn: Exercise, key: str) -> Blank:
    """The blank of an exercise with this key."""
    return next(blank for blank in drawn.blanks if blank.key == key)
