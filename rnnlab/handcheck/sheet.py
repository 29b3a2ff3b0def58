"""A sheet of exercises to print and hand out, with its answer key: one HTML document.

`sheet.html` is its Jinja template and `sheet.css` its style; both lie beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from rnnlab.errors import SettingError
from rnnlab.handcheck.calculation import Calculation, Summand, calculation
from rnnlab.handcheck.equations import Equation, equations, state_symbols
from rnnlab.handcheck.exercises import Blank, Exercise, exercise
from rnnlab.handcheck.forward import format_number, format_operand
from rnnlab.handcheck.levels import LEVELS, Level, level_called
from rnnlab.handcheck.marking import TOLERANCE_SENTENCE
from rnnlab.handcheck.matrices import Rows

MAX_EXERCISES = 30

BlankRows = list[list[Blank]]
"""The blanks of one vector or matrix, row by row."""

_SYMBOL = re.compile(r"([A-Za-z]+)(?:_(\w+|\{[^}]*\}))?")
_ACTIVATIONS = {"": "{}", "tanh": "tanh({})", "relu": "max(0, {})", "sigmoid": "σ({})"}


class SheetSection(NamedTuple):
    """The exercises of one level, and where the answers to them can be checked."""

    level: Level
    exercises: list[Exercise]
    link: str | None

    @property
    def equations(self) -> list[Equation]:
        """Those of the level's cell."""
        return list(equations(self.level.cell, self.level.activation).values())


def sheet(level_name: str, first_seed: int, how_many: int, link: str | None = None) -> str:
    """Exercises with seeds from `first_seed` on, to be printed on A4; the key on its own pages.

    `link` is printed on the sheet as text: where the answers to the first one can be checked. A
    `SettingError` names a level, a seed or a number of exercises (1 to 30) that cannot be had.
    """
    part = _part(level_called(level_name), first_seed, how_many, link)
    return _TEMPLATE.render(title=part.level.title, parts=[part], tolerance=TOLERANCE_SENTENCE)


def sheet_of_all(
    first_seed: int, how_many: int, link_to: Callable[[Level], str] | None = None
) -> str:
    """The same of every level, one after the other, and all keys at the end."""
    parts = [
        _part(level, first_seed, how_many, link_to(level) if link_to is not None else None)
        for level in LEVELS.values()
    ]
    return _TEMPLATE.render(title="all levels", parts=parts, tolerance=TOLERANCE_SENTENCE)


def _part(level: Level, first_seed: int, how_many: int, link: str | None) -> SheetSection:
    if not 1 <= how_many <= MAX_EXERCISES:
        raise SettingError(
            f"A sheet has 1 to {MAX_EXERCISES} exercises, but {how_many} were asked for."
        )
    return SheetSection(
        level, [exercise(level.name, first_seed + i) for i in range(how_many)], link
    )


def vectors(drawn: Exercise) -> list[BlankRows]:
    """The blanks of each vector or matrix together, in the order of the calculation."""
    by_vector = groupby(drawn.blanks, lambda blank: (blank.entry.step, blank.entry.symbol))
    return [
        [list(row) for _, row in groupby(blanks, lambda blank: blank.entry.row)]
        for _, blanks in by_vector
    ]


def _sections(drawn: Exercise) -> Iterator[tuple[str, list[BlankRows]]]:
    """The vectors of each part of the calculation, under its title."""

    def title(rows: BlankRows) -> str:
        entry = rows[0][0].entry
        if entry.symbol.startswith("d"):
            return "Way back" if entry.step else "Gradients"
        return "Forward" if drawn.level.backward else f"Step {entry.step}"

    for text, group in groupby(vectors(drawn), title):
        yield text, list(group)


def _given(drawn: Exercise) -> Iterator[list[tuple[str, Rows]]]:
    """Names and numbers, line by line: the weights, then inputs, first state and target."""
    bench = drawn.bench
    parsed = equations(bench.cell, bench.activation).values()
    factors = [factor for each in parsed for term in each.terms for factor in term]
    weights = list(dict.fromkeys(factor.name for factor in factors if factor.weight))
    lines = [
        [(name, bench.weight_block(name)) for name in weights if name[0] == letter]
        for letter in dict.fromkeys(name[0] for name in weights)
    ]
    yield from lines if len(lines) < len(weights) else [[each for line in lines for each in line]]
    sequence = [(f"x_{t}", (row,)) for t, row in enumerate(bench.inputs, 1)]
    parts = zip(state_symbols(bench.cell_type), bench.state, strict=True)
    state = [(f"{symbol}_0", (row,)) for symbol, row in parts]
    yield [*sequence, *state, *([("y", bench.target)] if drawn.level.backward else [])]


def _calculations(drawn: Exercise, rows: BlankRows) -> list[list[Calculation]]:
    return [
        [calculation(drawn.bench, blank.entry, drawn.numbers.__getitem__) for blank in row]
        for row in rows
    ]


def _values(work: list[list[Calculation]], index: int) -> list[list[float]]:
    """The value of one summand of every entry."""
    return [[each.summands[index].value for each in row] for row in work]


def _symbol(text: str) -> Markup:
    """A name as formulas have it: "h_2", "W_i", "h_{t−1}"; a gradient: "dL/dU", "dL/dh_2"."""
    if text.startswith("dL/d"):
        return Markup("d<i>L</i>/d") + _symbol(text.removeprefix("dL/d"))
    match = _SYMBOL.fullmatch(text)
    if match is None:
        return Markup.escape(text)
    index = Markup("<sub>{}</sub>").format(match[2].strip("{}")) if match[2] else ""
    return Markup("<i>{}</i>{}").format(match[1], index)


def _activated(html: Markup, activation: str) -> Markup:
    return Markup(_ACTIVATIONS[activation]).format(html)  # noqa: S704  four constants


def _number(value: float) -> str:
    return _with_minus(format_number(value))


def _products(summand: Summand) -> str:
    """A summand with its numbers: "1·2 + 3·(−1)"."""
    if summand.single:
        return _with_minus(format_operand(summand.value))
    pairs = (f"{format_operand(left)}·{format_operand(right)}" for left, right in summand.pairs)
    return _with_minus(" + ".join(pairs))


def _with_minus(text: str) -> str:
    """The text with minus signs instead of hyphens."""
    return text.replace("-", "−")


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
)
_ENVIRONMENT.filters |= {
    "symbol": _symbol,
    "activated": _activated,
    "number": _number,
    "products": _products,
}
_ENVIRONMENT.globals |= {
    "vectors": vectors,
    "sections": _sections,
    "given": _given,
    "calculations": _calculations,
    "values": _values,
}
_TEMPLATE = _ENVIRONMENT.get_template("sheet.html")
