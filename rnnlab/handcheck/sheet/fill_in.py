"""One exercise of a sheet: its formulas, its numbers, and an empty box for every blank."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rnnlab.handcheck.equations import equations
from rnnlab.handcheck.exercises import Blank, Exercise
from rnnlab.handcheck.formulas import state_symbols
from rnnlab.handcheck.forward import number
from rnnlab.handcheck.levels import Level
from rnnlab.handcheck.matrices import Matrix
from rnnlab.handcheck.sheet.markup import formula, name, named

SIGMOID = "σ(<i>s</i>) = 1 / (1 + e<sup>−<i>s</i></sup>)"
EACH = "⊙: number by number"


def exercise_to_fill_in(drawn: Exercise) -> str:
    """The exercise as HTML, by the number that it has on the page too."""
    return (
        f'<section class="exercise" data-exercise="{drawn.seed}">'
        f"<h2>Exercise {drawn.seed}</h2>"
        f'<div class="row formulas">{_spans(formulas(drawn.level))}</div>'
        f"{''.join(_row(row) for row in _given(drawn))}"
        f"{''.join(_step(step, groups) for step, groups in _by_step(drawn))}</section>\n"
    )


def groups(drawn: Exercise) -> list[list[Blank]]:
    """The blanks of each vector or matrix together, in the order of the calculation."""
    return [
        list(group) for _, group in groupby(drawn.blanks, lambda each: (each.step, each.symbol))
    ]


def in_rows(group: list[Blank]) -> list[list[Blank]]:
    """The blanks of one vector or matrix, row by row."""
    return [list(row) for _, row in groupby(group, lambda each: each.row)]


def formulas(of: Level) -> list[str]:
    """What a level is calculated by, each formula as HTML."""
    found = [formula(each) for each in equations(of.cell, of.activation).values()]
    if any("σ" in each for each in found):
        found.append(SIGMOID)
    if any("⊙" in each for each in found):
        found.append(EACH)
    return [*found, *(_formulas_back(of) if of.way_back else [])]


def _formulas_back(of: Level) -> Iterator[str]:
    last = of.timesteps

    def by(what: str) -> str:
        return name(f"dL/d{what}")

    transposed = "<sup>T</sup>"
    over = "Σ<sub>t</sub> "
    square = "½ Σ " if of.units > 1 else "½ "
    yield f"<i>L</i> = {square}({name(f'h_{last}')} − <i>y</i>)<sup>2</sup>"
    yield f"{by(f'h_{last}')} = {name(f'h_{last}')} − <i>y</i>"
    yield f"{by('h_{t−1}')} = {by('h_t')} {name('U')}{transposed}"
    yield f"{by('W')} = {over}{name('x_t')}{transposed} {by('h_t')}"
    yield f"{by('U')} = {over}{name('h_{t−1}')}{transposed} {by('h_t')}"
    yield f"{by('b')} = {over}{by('h_t')}"


def _given(drawn: Exercise) -> Iterator[list[tuple[str, Matrix]]]:
    """Rows of names and numbers: the weights, then what comes in."""
    bench = drawn.bench
    found = equations(bench.cell, bench.activation).values()
    factors = [factor for each in found for term in each.terms for factor in term]
    weights = list(dict.fromkeys(factor.name for factor in factors if factor.weight))
    rows = [
        [(each, bench.part(each)) for each in weights if each[0] == letter]
        for letter in dict.fromkeys(each[0] for each in weights)
    ]
    yield from rows if len(rows) < len(weights) else [[each for row in rows for each in row]]
    sequence = [(f"x_{t}", (row,)) for t, row in enumerate(bench.inputs, 1)]
    parts = zip(state_symbols(bench.kind), bench.state, strict=True)
    state = [(f"{symbol}_0", (row,)) for symbol, row in parts]
    yield [*sequence, *state, *([("y", bench.target)] if drawn.level.way_back else [])]


def _by_step(drawn: Exercise) -> Iterator[tuple[str, list[list[Blank]]]]:
    def heading(group: list[Blank]) -> str:
        symbol, step = group[0].symbol, group[0].step
        if symbol.startswith("d"):
            return "Way back" if step else "Gradients"
        if drawn.level.way_back:
            return "Forward"
        return f"Step {step}"

    for title, found in groupby(groups(drawn), heading):
        yield title, list(found)


def _step(title: str, found: list[list[Blank]]) -> str:
    boxes = "".join(
        named(
            name(group[0].place.vector), [[_box(blank) for blank in row] for row in in_rows(group)]
        )
        for group in found
    )
    return f'<div class="step"><b>{title}</b><div class="row">{boxes}</div></div>'


def _box(blank: Blank) -> str:
    return f'<span class="box" data-blank="{blank.key}"></span>'


def _row(row: list[tuple[str, Matrix]]) -> str:
    shown = [
        named(name(each), [[written(value) for value in line] for line in rows])
        for each, rows in row
    ]
    return f'<div class="row">{"".join(shown)}</div>'


def written(value: float) -> str:
    """A number as it is printed."""
    return true_minus(number(value))


def true_minus(text: str) -> str:
    """The text with minus signs where it has hyphens."""
    return text.replace("-", "−")


def _spans(pieces: list[str]) -> str:
    return "".join(f"<span>{piece}</span>" for piece in pieces)
