"""NumPy, Keras, finite differences and the student beside each other, and how far they differ."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from rnnlab.cells.cell import Floats
from rnnlab.handcheck.backward import KerasAnswer, difference, finite_differences
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.calculation import Entry
from rnnlab.handcheck.exercises import Blank
from rnnlab.handcheck.forward import format_number
from rnnlab.handcheck.marking import mark
from rnnlab.handcheck.matrices import TextRows
from rnnlab.ui import answers, cover
from rnnlab.ui.hand.matrices import Edit, MatrixView, draw_matrices, formatted

WORK = "rnnlab.keras_models.hand_check:keras_answer"


def compare_outputs(bench: Bench, outputs: Floats) -> None:
    """Every output of every step (timesteps, units), by NumPy, Keras and the student.

    The two others are covered until the student has said every number, or asks for them.
    """
    st.header("Three witnesses")
    st.markdown(
        "A row for each step. Calculate the numbers yourself and type them in; then see what NumPy "
        "and Keras say."
    )
    student, question = _student_view(bench, outputs), f"outputs_{bench.cell}"
    if all(cell for row in student.cells for cell in row):
        cover.lift(question)
    if not cover.is_open(question):
        draw_matrices([student], f"yours_{bench.cell}", on_edit=_keep)
        st.caption(_student_sentence(student))
        cover.offer(question)
        return

    def draw(answer: KerasAnswer | None, reason: str) -> None:
        keras = formatted(answer.outputs) if answer is not None else _placeholders(outputs)
        items = [
            student,
            MatrixView("NumPy", formatted(outputs), "state", label="the lab's own loop"),
            MatrixView("Keras", keras, "state", label=bench.cell_type.title),
        ]
        draw_matrices(items, f"witnesses_{bench.cell}", on_edit=_keep)
        sentence = f":material/hourglass: Keras: {reason}"
        if answer is not None:
            sentence = f"NumPy and Keras: {_difference(outputs, answer.outputs)}."
        st.caption(f"{sentence} {_student_sentence(student)}")

    answers.show(WORK, bench, KerasAnswer, draw)


def compare_gradients(bench: Bench, gradients: Mapping[str, Floats]) -> None:
    """The gradient of every weight, by NumPy, TensorFlow and finite differences."""
    differences = finite_differences(bench)

    def draw(answer: KerasAnswer | None, reason: str) -> None:
        for name, gradient in gradients.items():
            others = {
                "TensorFlow": answer.gradients[name] if answer is not None else None,
                "Finite differences": differences[name],
            }
            _compare_gradient(bench, name, gradient, others)
        if answer is None:
            st.caption(f":material/hourglass: TensorFlow: {reason}")

    answers.show(WORK, bench, KerasAnswer, draw)


def _compare_gradient(
    bench: Bench, name: str, ours: Floats, others: Mapping[str, Floats | None]
) -> None:
    views = [
        MatrixView(
            source,
            formatted(values) if values is not None else _placeholders(ours),
            gates=bench.cell_type.gates,
        )
        for source, values in {"NumPy": ours, **others}.items()
    ]
    differences = [
        f"{source}: {_difference(ours, values)}"
        for source, values in others.items()
        if values is not None
    ]
    with st.container(border=True):
        st.markdown(f"`{name}`")
        draw_matrices(views, f"witness_{bench.cell}_{name}")
        st.caption(f"NumPy and {'. NumPy and '.join(differences)}.")


def _placeholders(ours: Floats) -> TextRows:
    """Cells for numbers that are still to come, so that nothing moves when they do."""
    return tuple(("…",) * ours.shape[1] for _ in ours)


def _student_view(bench: Bench, outputs: Floats) -> MatrixView:
    """The student's own cells with their marks; each kind of cell has its own."""
    key = f"{bench.cell}_yours"
    typed: TextRows = st.session_state.get(key, ())
    given = {(i, j): cell for i, row in enumerate(typed) for j, cell in enumerate(row)}
    timesteps, units = map(range, outputs.shape)

    def state(i: int, j: int) -> str:
        blank = Blank(Entry("h", i + 1, j + 1), float(outputs[i, j]))
        return mark(blank, cells[i][j]).state

    cells = tuple(tuple(given.get((i, j), "") for j in units) for i in timesteps)
    marks = tuple(tuple(state(i, j) for j in units) for i in timesteps)
    return MatrixView("You", cells, name=key, marks=marks, descriptions=marks)


def _keep(edit: Edit) -> None:
    st.session_state[edit.name] = edit.cells


def _difference(ours: Floats, others: Floats) -> str:
    distance = difference(ours, others)
    if distance == 0:
        return "equal to the last digit"
    return f"largest difference {format_number(distance)}"


def _student_sentence(student: MatrixView) -> str:
    marks = [mark for row in student.marks or () for mark in row]
    if marks.count("empty") == len(marks):
        return "Your own numbers are still to come."
    return f"Of your numbers {marks.count('right')} of {len(marks)} are right."
