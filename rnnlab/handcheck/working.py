"""How one number of a bench follows from others: the products, their sum, what squashes it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.equations import Factor, Finish, equations

GRADIENTS = {"dW": "dL/dW", "dU": "dL/dU", "db": "dL/db"}
"""The gradients of a layer's weights: symbol to what it is called."""

OF_THE_STATE = "dh"
"""The gradient of the loss with respect to a step's output: dL/dh_t."""


class Place(NamedTuple):
    """Where a number stands: quantity, time step (0 before the first, or of all), unit, row.

    Units and rows are counted from 1; the row is 0 unless the quantity is a matrix.
    """

    symbol: str
    step: int
    unit: int
    row: int = 0

    @property
    def vector(self) -> str:
        """What the vector or matrix is called that the number stands in: "h_2", "dL/dU"."""
        if self.symbol in GRADIENTS:
            return GRADIENTS[self.symbol]
        return f"{'dL/dh' if self.symbol == OF_THE_STATE else self.symbol}_{self.step}"


Look = Callable[[Place], float]
"""Gives the number at a place, whoever says so: the truth, or a student."""


@dataclass(frozen=True)
class Part:
    """One summand: pairs of factors, each pair multiplied and the products added.

    A `plain` part is a number by itself, to be added as it is. `name` says which part it is.
    """

    name: str
    pairs: tuple[tuple[float, float], ...]
    plain: bool = False

    @property
    def value(self) -> float:
        """The sum of the products."""
        return sum(left * right for left, right in self.pairs) + 0.0


@dataclass(frozen=True)
class Working:
    """A calculation: parts to be added, then what is done with the sum."""

    parts: tuple[Part, ...]
    finish: Finish = ""

    @property
    def value(self) -> float:
        """What comes out."""
        return finished(sum(part.value for part in self.parts), self.finish) + 0.0


def finished(number: float, finish: Finish) -> float:
    """The number squashed: by "tanh", "relu", "sigmoid", or not at all ("")."""
    if finish == "tanh":
        return math.tanh(number)
    if finish == "sigmoid":
        return 0.5 * math.tanh(0.5 * number) + 0.5
    return max(number, 0.0) if finish == "relu" else number


def working(bench: Bench, place: Place, look: Look) -> Working:
    """The calculation of the number at `place`, with the numbers before it as `look` gives them.

    Gradients are those of a linear SimpleRNN, where each step's sum is its output.
    """
    if place.symbol in GRADIENTS:
        return Working(tuple(_gradient(bench, place, look)))
    if place.symbol == OF_THE_STATE:
        return Working(tuple(_gradient_of_the_state(bench, place, look)))
    equation = equations(bench.cell, bench.activation)[place.symbol]
    return Working(
        tuple(_part(bench, term, place, look) for term in equation.terms), equation.finish
    )


def _part(bench: Bench, term: tuple[Factor, ...], place: Place, look: Look) -> Part:
    first = term[0]
    if len(term) == 2 and term[1].is_matrix:
        rows = bench.part(term[1].name)
        step = place.step - first.before
        pairs = [
            (look(Place(first.name, step, number)), row[place.unit - 1])
            for number, row in enumerate(rows, 1)
        ]
        name = f"{first.name}_{step} · column {place.unit} of {term[1].name}"
        return Part(name, tuple(pairs))
    numbers = [_number(bench, factor, place, look) for factor in term]
    name = " · ".join(_number_of(_name(factor, place), place.unit, bench.units) for factor in term)
    if len(numbers) == 1:
        return Part(name, ((numbers[0], 1.0),), plain=True)
    return Part(name, ((numbers[0], math.prod(numbers[1:])),))


def _number(bench: Bench, factor: Factor, place: Place, look: Look) -> float:
    if factor.weight:
        return bench.part(factor.name)[0][place.unit - 1]
    number = look(Place(factor.name, place.step - factor.before, place.unit))
    return 1 - number if factor.rest else finished(number, factor.finish)


def _name(factor: Factor, place: Place) -> str:
    if factor.weight:
        return factor.name
    name = f"{factor.name}_{place.step - factor.before}"
    if factor.rest:
        return f"(1 − {name})"
    return f"{factor.finish}({name})" if factor.finish else name


def _number_of(name: str, number: int, of: int) -> str:
    return name if of == 1 else f"number {number} of {name}"


def _gradient_of_the_state(bench: Bench, place: Place, look: Look) -> list[Part]:
    step, unit = place.step, place.unit
    if step == bench.timesteps:
        output, wanted = look(Place("h", step, unit)), bench.target[0][unit - 1]
        return [
            Part(_number_of(f"h_{step}", unit, bench.units), ((output, 1.0),), plain=True),
            Part(f"−{_number_of('y', unit, bench.units)}", ((-wanted, 1.0),), plain=True),
        ]
    row = bench.recurrent_kernel[unit - 1]
    pairs = [
        (look(Place(OF_THE_STATE, step + 1, number)), each) for number, each in enumerate(row, 1)
    ]
    return [Part(f"dL/dh_{step + 1} · row {unit} of U", tuple(pairs))]


def _gradient(bench: Bench, place: Place, look: Look) -> list[Part]:
    parts = []
    for step in range(1, bench.timesteps + 1):
        slope = look(Place(OF_THE_STATE, step, place.unit))
        name = _number_of(f"dL/dh_{step}", place.unit, bench.units)
        if place.symbol == "db":
            parts.append(Part(name, ((slope, 1.0),), plain=True))
            continue
        on_x = place.symbol == "dW"
        source = Place("x", step, place.row) if on_x else Place("h", step - 1, place.row)
        rows = bench.features if on_x else bench.units
        came_in = _number_of(source.vector, place.row, rows)
        parts.append(Part(f"{came_in} · {name}", ((look(source), slope),)))
    return parts
