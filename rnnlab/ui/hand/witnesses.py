"""Witnesses of a calculation: NumPy, Keras and the student, and how far they differ."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from rnnlab.cells.cell import Floats
from rnnlab.handcheck.answers import KerasAnswer, difference
from rnnlab.handcheck.backward import finite_differences
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.exercises import Blank
from rnnlab.handcheck.forward import number
from rnnlab.handcheck.marking import mark
from rnnlab.handcheck.matrices import Cells
from rnnlab.ui import answers
from rnnlab.ui.hand.matrices import Edit, Item, Shown, line, written

WORK = "rnnlab.witness.bench:keras_answer"


def of_outputs(bench: Bench, outputs: Floats) -> None:
    """Every output of every step, by each of the three."""
    st.subheader("Three witnesses")
    st.markdown("A row for each step. Calculate a number yourself and type it in.")

    def draw(answer: KerasAnswer | None, reason: str) -> None:
        keras = written(answer.outputs) if answer is not None else _awaited(outputs)
        items: list[Item] = [
            _yours(bench, outputs),
            Shown("NumPy", written(outputs), "state", label="the lab's own loop"),
            Shown("Keras", keras, "state", label=bench.kind.title),
        ]
        line(items, f"witnesses_{bench.cell}", on_edit=_typed)
        said = f":material/hourglass: Keras: {reason}"
        if answer is not None:
            said = f"NumPy and Keras: {_differ(difference(outputs, answer.outputs))}."
        st.caption(f"{said} {_you(bench, outputs)}")

    answers.show(WORK, bench, KerasAnswer, draw)


def of_gradients(bench: Bench, total: Mapping[str, Floats]) -> None:
    """The gradient of every weight, by each of the three that calculate it in their own way."""
    tried = finite_differences(bench)

    def draw(answer: KerasAnswer | None, reason: str) -> None:
        for name, gradient in total.items():
            theirs = answer.gradients[name] if answer is not None else None
            _beside(
                bench, name, gradient, {"TensorFlow": theirs, "Finite differences": tried[name]}
            )
        if answer is None:
            st.caption(f":material/hourglass: TensorFlow: {reason}")

    answers.show(WORK, bench, KerasAnswer, draw)


def _beside(bench: Bench, name: str, ours: Floats, others: Mapping[str, Floats | None]) -> None:
    everyone: dict[str, Floats | None] = {"NumPy": ours, **others}
    shown = [
        Shown(
            who,
            written(values) if values is not None else _awaited(ours),
            "plain",
            gates=bench.kind.gates,
        )
        for who, values in everyone.items()
    ]
    apart = [
        f"{who}: {_differ(difference(ours, values))}"
        for who, values in others.items()
        if values is not None
    ]
    with st.container(border=True):
        st.markdown(f"`{name}`")
        line(shown, f"witness_{bench.cell}_{name}")
        st.caption(f"NumPy and {'. NumPy and '.join(apart)}.")


def _awaited(ours: Floats) -> Cells:
    """Cells for numbers that are still to come, so that nothing moves when they do."""
    return tuple(("…",) * ours.shape[1] for _ in ours)


def _yours(bench: Bench, outputs: Floats) -> Shown:
    """The student's own cells, marked; each cell of a network has its own."""
    typed = _cells(_key(bench), outputs.shape)
    marks = []
    for t, (row, wanted) in enumerate(zip(typed, outputs, strict=True), 1):
        seen = [
            mark(Blank(t, "h", unit, float(one)), cell)
            for unit, (cell, one) in enumerate(zip(row, wanted, strict=True), 1)
        ]
        marks.append(tuple(one.state for one in seen))
    return Shown("You", typed, name=_key(bench), marks=tuple(marks), words=tuple(marks))


def _key(bench: Bench) -> str:
    return f"{bench.cell}_yours"


def _cells(key: str, shape: tuple[int, ...]) -> Cells:
    typed: Cells = st.session_state.get(key, ())
    return tuple(
        tuple(typed[i][j] if i < len(typed) and j < len(typed[i]) else "" for j in range(shape[1]))
        for i in range(shape[0])
    )


def _typed(edit: Edit) -> None:
    st.session_state[edit.name] = edit.cells


def _differ(apart: float) -> str:
    return "equal to the last digit" if apart == 0 else f"largest difference {number(apart)}"


def _you(bench: Bench, outputs: Floats) -> str:
    shown = _yours(bench, outputs)
    marks = [one for row in shown.marks or () for one in row]
    if marks.count("empty") == len(marks):
        return "Your own numbers are still to come."
    return f"Of your numbers {marks.count('right')} of {len(marks)} are right."
