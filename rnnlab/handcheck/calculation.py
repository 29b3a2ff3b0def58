"""How each number of a bench follows from others: products, their sum, and the activation."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rnnlab.handcheck.backward import backward
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.equations import Factor, equations, state_symbols
from rnnlab.handcheck.forward import cell_steps

WEIGHT_GRADIENTS = {"dW": "dL/dW", "dU": "dL/dU", "db": "dL/db"}
"""The gradients of a layer's weights: the symbol, and what the page calls it."""

OUTPUT_GRADIENT = "dh"
"""The gradient of the loss with respect to a step's output: dL/dh_t."""


class Entry(NamedTuple):
    """An entry of a vector or matrix: its symbol, time step, unit and row.

    Step 0 is before the first, or stands for all steps. Units and rows are counted from 1; the row
    is 0 in a vector.
    """

    symbol: str
    step: int
    unit: int
    row: int = 0

    @property
    def vector(self) -> str:
        """The name of the vector or matrix: "h_2", "dL/dU"."""
        if self.symbol in WEIGHT_GRADIENTS:
            return WEIGHT_GRADIENTS[self.symbol]
        return f"{'dL/dh' if self.symbol == OUTPUT_GRADIENT else self.symbol}_{self.step}"

    @property
    def key(self) -> str:
        """What answers are stored by: "h_2_1", and "dU_0_1_2" for row 1, unit 2."""
        numbers = (self.step, self.row, self.unit) if self.row else (self.step, self.unit)
        return "_".join([self.symbol, *map(str, numbers)])


Lookup = Callable[[Entry], float]
"""Gives the number of an entry: the right one, or what a student wrote."""


@dataclass(frozen=True)
class Summand:
    """Pairs of factors: each pair is multiplied, and the products are added.

    A `single` summand is one number, added as it is. `name` says what it is.
    """

    name: str
    pairs: tuple[tuple[float, float], ...]
    single: bool = False

    @property
    def value(self) -> float:
        """The sum of the products."""
        return sum(left * right for left, right in self.pairs) + 0.0


@dataclass(frozen=True)
class Calculation:
    """How one number is calculated: summands, and the activation of their sum ("" for none)."""

    summands: tuple[Summand, ...]
    activation: str = ""

    @property
    def value(self) -> float:
        """The result."""
        return activate(sum(each.value for each in self.summands), self.activation) + 0.0


def activate(number: float, activation: str) -> float:
    """The number after "tanh", "relu", "sigmoid", or unchanged ("")."""
    if activation == "tanh":
        return math.tanh(number)
    if activation == "sigmoid":
        return 0.5 * math.tanh(0.5 * number) + 0.5
    return max(number, 0.0) if activation == "relu" else number


def calculation(bench: Bench, entry: Entry, lookup: Lookup) -> Calculation:
    """The calculation of one entry, with the numbers that it needs as `lookup` gives them.

    Gradients are those of a linear SimpleRNN, whose output is the pre-activation itself.
    """
    if entry.symbol in WEIGHT_GRADIENTS:
        return Calculation(tuple(_weight_gradient(bench, entry, lookup)))
    if entry.symbol == OUTPUT_GRADIENT:
        return Calculation(tuple(_output_gradient(bench, entry, lookup)))
    equation = equations(bench.cell, bench.activation)[entry.symbol]
    summands = tuple(_summand(bench, term, entry, lookup) for term in equation.terms)
    return Calculation(summands, equation.activation)


def all_entries(bench: Bench, *, gradients: bool = False) -> dict[Entry, float]:
    """Every number of a bench: inputs, states, what each step computes, and the gradients."""
    entries: dict[Entry, float] = {}
    for symbol, row in zip(state_symbols(bench.cell_type), bench.state, strict=True):
        entries |= _vector_entries(symbol, 0, row)
    for t, (inputs, _, values) in enumerate(cell_steps(bench), 1):
        entries |= _vector_entries("x", t, inputs[0])
        for symbol, numbers in values.items():
            entries |= _vector_entries(symbol, t, numbers[0])
    return entries | _gradient_entries(bench) if gradients else entries


def _gradient_entries(bench: Bench) -> dict[Entry, float]:
    backward_pass = backward(bench)
    entries: dict[Entry, float] = {}
    for step in backward_pass.steps:
        entries |= _vector_entries(OUTPUT_GRADIENT, step.t, step.state_gradient["h"])
    for symbol, name in {"dW": "kernel", "dU": "recurrent_kernel"}.items():
        for i, row in enumerate(backward_pass.gradients[name], 1):
            entries |= _vector_entries(symbol, 0, row, i)
    return entries | _vector_entries("db", 0, backward_pass.gradients["bias"][0])


def _vector_entries(
    symbol: str, step: int, values: Iterable[float], row: int = 0
) -> dict[Entry, float]:
    return {
        Entry(symbol, step, unit, row): float(value) + 0.0  # -0.0 reads 0
        for unit, value in enumerate(values, 1)
    }


def _summand(bench: Bench, term: tuple[Factor, ...], entry: Entry, lookup: Lookup) -> Summand:
    first = term[0]
    if len(term) == 2 and term[1].is_matrix:
        weight, step = term[1].name, entry.step - first.previous
        pairs = [
            (lookup(Entry(first.name, step, i)), row[entry.unit - 1])
            for i, row in enumerate(bench.weight_block(weight), 1)
        ]
        return Summand(f"{first.name}_{step} · column {entry.unit} of {weight}", tuple(pairs))
    numbers = [_factor_value(bench, factor, entry, lookup) for factor in term]
    names = [_numbered(_factor_name(factor, entry), entry.unit, bench.units) for factor in term]
    name = " · ".join(names)
    if len(numbers) == 1:
        return Summand(name, ((numbers[0], 1.0),), single=True)
    return Summand(name, ((numbers[0], math.prod(numbers[1:])),))


def _factor_value(bench: Bench, factor: Factor, entry: Entry, lookup: Lookup) -> float:
    if factor.weight:
        return bench.weight_block(factor.name)[0][entry.unit - 1]
    number = lookup(Entry(factor.name, entry.step - factor.previous, entry.unit))
    return 1 - number if factor.complement else activate(number, factor.activation)


def _factor_name(factor: Factor, entry: Entry) -> str:
    if factor.weight:
        return factor.name
    name = f"{factor.name}_{entry.step - factor.previous}"
    if factor.complement:
        return f"(1 − {name})"
    return f"{factor.activation}({name})" if factor.activation else name


def _numbered(name: str, number: int, size: int) -> str:
    return name if size == 1 else f"number {number} of {name}"


def _output_gradient(bench: Bench, entry: Entry, lookup: Lookup) -> list[Summand]:
    """dL/dh_T = h_T - y at the last step T, and dL/dh_t = dL/dh_{t+1} U' before it."""
    t, unit = entry.step, entry.unit
    if t == bench.timesteps:
        output, target = lookup(Entry("h", t, unit)), bench.target[0][unit - 1]
        return [
            Summand(_numbered(f"h_{t}", unit, bench.units), ((output, 1.0),), single=True),
            Summand(f"−{_numbered('y', unit, bench.units)}", ((-target, 1.0),), single=True),
        ]
    pairs = [
        (lookup(Entry(OUTPUT_GRADIENT, t + 1, column)), weight)
        for column, weight in enumerate(bench.recurrent_kernel[unit - 1], 1)
    ]
    return [Summand(f"dL/dh_{t + 1} · row {unit} of U", tuple(pairs))]


def _weight_gradient(bench: Bench, entry: Entry, lookup: Lookup) -> list[Summand]:
    """A summand for each step: x_t' dL/dh_t for W, h_{t-1}' dL/dh_t for U, dL/dh_t for b."""
    summands = []
    for t in range(1, bench.timesteps + 1):
        slope = lookup(Entry(OUTPUT_GRADIENT, t, entry.unit))
        name = _numbered(f"dL/dh_{t}", entry.unit, bench.units)
        if entry.symbol == "db":
            summands.append(Summand(name, ((slope, 1.0),), single=True))
            continue
        of_kernel = entry.symbol == "dW"
        source = Entry("x", t, entry.row) if of_kernel else Entry("h", t - 1, entry.row)
        rows = bench.features if of_kernel else bench.units
        source_name = _numbered(source.vector, entry.row, rows)
        summands.append(Summand(f"{source_name} · {name}", ((lookup(source), slope),)))
    return summands
