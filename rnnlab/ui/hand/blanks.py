"""What is given in an exercise, and the blanks to fill in, as matrices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import streamlit as st

from rnnlab.handcheck.bench import WEIGHTS
from rnnlab.handcheck.exercises import Blank, Exercise
from rnnlab.handcheck.forward import number
from rnnlab.handcheck.marking import Mark
from rnnlab.handcheck.working import OF_THE_STATE
from rnnlab.ui.hand.controls import ROLES, rows_of
from rnnlab.ui.hand.formulas import at_step
from rnnlab.ui.hand.matrices import Edit, Role, Shown, line, written

GIVEN = {
    "kernel": "W",
    "recurrent_kernel": "U",
    "bias": "b",
    "inputs": "x",
    "state": "h_0",
    "target": "y",
}
COLOURS: dict[str, Role] = {"dW": "input", "dU": "state", "db": "bias", "dh": "plain"}


def answers_to(one: Exercise) -> dict[str, str]:
    """What the student has typed so far, by the blanks' keys; every exercise keeps its own."""
    kept: dict[str, str] = st.session_state.setdefault(_key(one), {})
    return kept


def draw_given(one: Exercise) -> None:
    """The formulas and the matrices of an exercise."""
    bench = one.bench
    for formula in bench.kind.equations.values():
        written_out = at_step(formula, 1, bench.activation).replace("_{1}", "_t")
        st.markdown(f"${written_out.replace('_{0}', '_{t-1}')}$")
    if bench.kind.gates:
        st.caption(r"$\sigma(s) = 1 / (1 + e^{-s})$, and $\odot$ multiplies number by number.")
    if one.level.way_back:
        st.markdown(r"$L = \tfrac12 \lVert h_T - y \rVert^2$ with $T$ the last step")
    gates = bench.kind.gates
    shown = []
    for name, symbol in GIVEN.items():
        if name == "target" and not one.level.way_back:
            continue
        in_gates = gates if name in WEIGHTS else ()
        label = rows_of(name, bench.kind)
        matrix = written(getattr(bench, name))
        shown.append(Shown(symbol, matrix, ROLES[name], gates=in_gates, label=label))
    line(shown, "given")


def draw_blanks(one: Exercise, marked: Mapping[str, Mark] | None) -> None:
    """The blanks, marked as they stand, with cells to type in; or their answers, without marks."""
    typed = answers_to(one)
    by_name = {f"{symbol}_{step}": blanks for step, symbol, blanks in _groups(one)}

    def edited(edit: Edit) -> None:
        cells = [cell for row in edit.cells for cell in row]
        for blank, cell in zip(by_name[edit.name], cells, strict=True):
            typed[blank.key] = cell

    for (step, _), groups in groupby(_groups(one), key=lambda group: (group[0], _back(group[1]))):
        named = [(symbol, blanks) for _, symbol, blanks in groups]
        first = named[0][0]
        st.markdown(f"**{_title(step, first)}**")
        line(
            [_matrix(one, symbol, blanks, typed, marked) for symbol, blanks in named],
            f"blanks_{one.level.name}_{one.seed}_{first}_{step}_{marked is not None}",
            on_edit=edited,
        )


def _title(step: int, symbol: str) -> str:
    """Which part of the calculation a line of blanks belongs to."""
    if not step:
        return "All steps together"
    return f"Back at step {step}" if _back(symbol) else f"Step {step}"


def _back(symbol: str) -> bool:
    """Whether a quantity is calculated on the way back."""
    return symbol == OF_THE_STATE


def _matrix(
    one: Exercise,
    symbol: str,
    blanks: list[Blank],
    typed: Mapping[str, str],
    marked: Mapping[str, Mark] | None,
) -> Shown:
    columns = one.bench.units
    rows = [blanks[first : first + columns] for first in range(0, len(blanks), columns)]
    title = blanks[0].place.vector.replace("dL/d", "∂L/∂")
    role: Role = COLOURS.get(symbol, "state")
    if marked is None:
        cells = tuple(tuple(number(blank.answer) for blank in row) for row in rows)
        return Shown(title, cells, role)
    seen = [[marked[blank.key] for blank in row] for row in rows]
    return Shown(
        title,
        tuple(tuple(typed.get(blank.key, "") for blank in row) for row in rows),
        role,
        name=f"{symbol}_{blanks[0].step}",
        marks=tuple(tuple(mark.state for mark in row) for row in seen),
        words=tuple(tuple(mark.sentence for mark in row) for row in seen),
    )


def _groups(one: Exercise) -> Iterator[tuple[int, str, list[Blank]]]:
    """The blanks that stand in one vector or matrix together: step, symbol, blanks."""
    for (step, symbol), blanks in groupby(one.blanks, key=lambda blank: (blank.step, blank.symbol)):
        yield step, symbol, list(blanks)


def _key(one: Exercise) -> str:
    return f"answers_{one.level.name}_{one.seed}"
