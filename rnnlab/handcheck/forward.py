"""The forward pass of a bench, step by step, with every number that goes into every number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from rnnlab.cells import Cell
from rnnlab.cells.cell import Floats, Values, Weights
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.equations import (
    VECTOR,
    LatexToken,
    state_symbols,
    tokenize,
    with_activation,
)


@dataclass(frozen=True, eq=False)
class TermValue:
    """A part of a formula with its numbers: `value`, (units,).

    For a product like x_t W_i, `vector` is its left side and `matrix` (len(vector), units) the
    gate's part of the weight; a bias and a vector have neither.
    """

    formula: str
    value: Floats
    vector: Floats | None = None
    matrix: Floats | None = None


@dataclass(frozen=True, eq=False)
class Quantity:
    """One line of a cell's equations at one time step, such as a gate.

    `value` is (units,). `terms` are the parts of `formula` in their order, each once.
    """

    symbol: str
    formula: str
    value: Floats
    terms: tuple[TermValue, ...]


@dataclass(frozen=True, eq=False)
class ForwardStep:
    """One time step: `t` from 1, `inputs` (features,), and every quantity that the cell computes.

    `previous_state` is the state before it by symbol, each (units,): h, and for an LSTM c.
    """

    t: int
    inputs: Floats
    previous_state: Mapping[str, Floats]
    quantities: tuple[Quantity, ...]

    @property
    def output(self) -> Floats:
        """The layer's output at this step, (units,)."""
        return self.quantities[-1].value


def forward(bench: Bench) -> tuple[ForwardStep, ...]:
    """Every time step of the bench, from the first."""
    return tuple(
        _step(bench, t, inputs, state, values)
        for t, (inputs, state, values) in enumerate(cell_steps(bench), 1)
    )


def cell_steps(
    bench: Bench, weights: Weights | None = None, state: Floats | None = None
) -> Iterator[tuple[Floats, Floats, Values]]:
    """Inputs, state before and values of each step, as `Cell.step` has them.

    Other `weights` and another initial `state` may belong to a layer of another size.
    """
    weights = bench.weights if weights is None else weights
    state = bench.initial_state if state is None else state
    for inputs in bench.sequence[:, None]:  # (1, features)
        values = bench.cell_type.step(weights, inputs, state, bench.activation)
        yield inputs, state, values
        state = bench.cell_type.next_state(values)


def split_state(cell_type: Cell, state: Floats) -> dict[str, Floats]:
    """A state (1, state size), or its gradient, as (units,) for each of its parts, by symbol."""
    symbols = state_symbols(cell_type)
    return dict(zip(symbols, np.split(state[0], len(symbols)), strict=True))


def format_number(value: float) -> str:
    """The one way numbers are written: 7, 13.25, 0.7616, -1.234e-05.

    At most four digits after the point, below 1 four significant ones, no zeros at the end.
    """
    value = float(value) + 0.0  # -0.0 reads 0
    if not 1 <= abs(value) < 1e7:
        return f"{value:.4g}"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def format_operand(value: float) -> str:
    """A number as it is written in a product or a sum: in parentheses if it is negative."""
    text = format_number(value)
    return f"({text})" if text.startswith("-") else text


def format_product(vector: Floats, column: Floats) -> str:
    """The product of a vector and a matrix's column: "1·1 + 3·2 = 7"."""
    pairs = zip(vector, column, strict=True)
    products = " + ".join(
        f"{format_operand(left)}·{format_operand(right)}" for left, right in pairs
    )
    return f"{products} = {format_number(float(vector @ column))}"


def format_equation(quantity: Quantity, unit: int, activation: str) -> str:
    """A line of the equations with the numbers of one unit: "σ(4 + 2 + (-5)) = 0.7311"."""
    values = {term.formula: term.value[unit] for term in quantity.terms}
    signs = {"f": activation, r"\sigma": "σ", r"\tanh": "tanh", r"\odot": "·"}
    signs |= {"+": " + ", "-": " - "}
    right = "".join(
        format_operand(values[token.text]) if token.has_value else signs.get(token.text, token.text)
        for token in tokenize(with_activation(quantity.formula, activation))
    )
    return f"{right} = {format_number(quantity.value[unit])}"


def _step(bench: Bench, t: int, inputs: Floats, state: Floats, values: Values) -> ForwardStep:
    previous_state = split_state(bench.cell_type, state)
    vectors = {"x_t": inputs[0]}
    vectors |= {f"{symbol}_{{t-1}}": value for symbol, value in previous_state.items()}
    vectors |= {f"{symbol}_t": value[0] for symbol, value in values.items()}
    quantities = []
    for symbol, formula in bench.cell_type.equations.items():
        tokens = dict.fromkeys(token for token in tokenize(formula) if token.has_value)
        terms = tuple(_term(bench, vectors, token) for token in tokens)
        quantities.append(Quantity(symbol, formula, vectors[f"{symbol}_t"], terms))
    return ForwardStep(t, inputs[0], previous_state, tuple(quantities))


def _term(bench: Bench, vectors: Mapping[str, Floats], token: LatexToken) -> TermValue:
    if token.kind == "vector":
        return TermValue(token.text, vectors[_without_tilde(token.text)])
    name, _, weight = token.text.rpartition(" ")
    matrix = np.array(bench.weight_block(weight), dtype=np.float64)
    if token.kind == "bias":
        return TermValue(token.text, matrix[0])
    vector = vectors[_without_tilde(name)]
    return TermValue(token.text, vector @ matrix, vector, matrix)


def _without_tilde(vector: str) -> str:
    r"""h_t for \tilde{h}_t."""
    return VECTOR.sub(lambda match: f"{match[1] or match[2]}_{match[3]}", vector)
