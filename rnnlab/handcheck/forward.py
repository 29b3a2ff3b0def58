"""The forward pass of a bench, step by step, with every number that goes into every number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from rnnlab.cells import Cell
from rnnlab.cells.cell import Floats, Values, Weights
from rnnlab.handcheck import formulas
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.formulas import SYMBOL, Token, state_symbols


@dataclass(frozen=True, eq=False)
class Term:
    """A part of a formula that is worth numbers: `value`, (units,).

    Of a product like x_t W_i `vector` is the left side, and `matrix` (as many rows, units) the
    gate's part of the weight; a bias and a vector have neither.
    """

    formula: str
    value: Floats
    vector: Floats | None = None
    matrix: Floats | None = None


@dataclass(frozen=True, eq=False)
class Quantity:
    """One line of a cell's equations at one time step.

    `value` is (units,). `terms` are the parts of `formula` in their order, each once.
    """

    symbol: str
    formula: str
    value: Floats
    terms: tuple[Term, ...]


@dataclass(frozen=True, eq=False)
class Step:
    """One time step: `t` from 1, `inputs` (features,), and all that the cell makes of them.

    `before` is the state before it by symbol, each (units,): h, and for an LSTM c.
    """

    t: int
    inputs: Floats
    before: Mapping[str, Floats]
    quantities: tuple[Quantity, ...]

    @property
    def output(self) -> Floats:
        """What the layer says at this step, (units,)."""
        return self.quantities[-1].value


def forward(bench: Bench) -> tuple[Step, ...]:
    """Every time step of the bench, from the first."""
    return tuple(
        _step(bench, t, inputs, state, values)
        for t, (inputs, state, values) in enumerate(passed(bench), 1)
    )


def passed(bench: Bench) -> Iterator[tuple[Floats, Floats, Values]]:
    """The bare pass: inputs, state before and values of each step, as `Cell.step` has them."""
    return passed_with(bench, bench.weights, bench.first_state)


def passed_with(
    bench: Bench, weights: Weights, state: Floats
) -> Iterator[tuple[Floats, Floats, Values]]:
    """The same with weights and a first state that are not the bench's own, nor of its size."""
    for inputs in bench.sequence[:, None]:
        values = bench.kind.step(weights, inputs, state, bench.activation)
        yield inputs, state, values
        state = bench.kind.next_state(values)


def by_symbol(kind: Cell, state: Floats) -> dict[str, Floats]:
    """A state (1, state size), or its gradient, as (units,) for each of its parts."""
    symbols = state_symbols(kind)
    return dict(zip(symbols, np.split(state[0], len(symbols)), strict=True))


def number(value: float) -> str:
    """The one way numbers are written: 7, 13.25, 0.7616, -1.234e-05.

    At most four digits after the point, below 1 four significant ones, no zeros at the end.
    """
    value = float(value) + 0.0  # -0.0 reads 0
    if not 1 <= abs(value) < 1e7:
        return f"{value:.4g}"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def in_product(value: float) -> str:
    """A number as it is written in a product or a sum: in parentheses if it is negative."""
    written = number(value)
    return f"({written})" if written.startswith("-") else written


def spelled(vector: Floats, matrix: Floats, unit: int) -> str:
    """One number of a product of a vector and a matrix, `unit` from 0: "1·1 + 3·2 = 7"."""
    column = matrix[:, unit]
    pairs = zip(vector, column, strict=True)
    sum_of = " + ".join(f"{in_product(left)}·{in_product(right)}" for left, right in pairs)
    return f"{sum_of} = {number(float(vector @ column))}"


def worked(quantity: Quantity, unit: int, activation: str) -> str:
    """A line of the equations with one unit's numbers in it: "σ(4 + 2 + (-5)) = 0.7311"."""
    values = {term.formula: term.value[unit] for term in quantity.terms}
    words = {"f": activation, r"\sigma": "σ", r"\tanh": "tanh", r"\odot": "·"}
    words |= {"+": " + ", "-": " - "}
    right = "".join(
        in_product(values[piece.text]) if piece.named else words.get(piece.text, piece.text)
        for piece in formulas.tokens(formulas.with_activation(quantity.formula, activation))
    )
    return f"{right} = {number(quantity.value[unit])}"


def _step(bench: Bench, t: int, inputs: Floats, state: Floats, values: Values) -> Step:
    before = by_symbol(bench.kind, state)
    vectors = {"x_t": inputs[0]}
    vectors |= {f"{symbol}_{{t-1}}": value for symbol, value in before.items()}
    vectors |= {f"{symbol}_t": value[0] for symbol, value in values.items()}
    quantities = tuple(
        _quantity(bench, vectors, symbol, formula)
        for symbol, formula in bench.kind.equations.items()
    )
    return Step(t, inputs[0], before, quantities)


def _quantity(bench: Bench, vectors: Mapping[str, Floats], symbol: str, formula: str) -> Quantity:
    named = dict.fromkeys(piece for piece in formulas.tokens(formula) if piece.named)
    terms = tuple(_term(bench, vectors, piece) for piece in named)
    return Quantity(symbol, formula, vectors[f"{symbol}_t"], terms)


def _term(bench: Bench, vectors: Mapping[str, Floats], piece: Token) -> Term:
    if piece.kind == "vector":
        return Term(piece.text, vectors[_plain(piece.text)])
    name, _, weight = piece.text.rpartition(" ")
    matrix = np.array(bench.part(weight), dtype=np.float64)
    if piece.kind == "bias":
        return Term(piece.text, matrix[0])
    vector = vectors[_plain(name)]
    return Term(piece.text, vector @ matrix, vector, matrix)


def _plain(vector: str) -> str:
    r"""A vector's name without its ornaments: h_t for \tilde{h}_t."""
    return SYMBOL.sub(lambda match: f"{match[1] or match[2]}_{match[3]}", vector)
