"""Exercises: the same calculation with other numbers, done by the student, marked and printed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import streamlit as st

from rnnlab.handcheck.bench import WEIGHTS
from rnnlab.handcheck.calculation import OUTPUT_GRADIENT
from rnnlab.handcheck.equations import with_latex_activation
from rnnlab.handcheck.exercises import LARGEST_SEED, Exercise, exercise
from rnnlab.handcheck.levels import LEVELS, Level
from rnnlab.handcheck.marking import EMPTY, RIGHT, TOLERANCE_SENTENCE, Mark, hint, marks
from rnnlab.handcheck.sheet import MAX_EXERCISES, BlankRows, sheet, vectors
from rnnlab.knobs import Knob
from rnnlab.ui import address, cover, links
from rnnlab.ui.hand.bench_controls import ROLES, SYMBOLS, put_on_bench, row_label
from rnnlab.ui.hand.matrices import Edit, MatrixView, Role, draw_matrices, formatted
from rnnlab.ui.knobs import set_value, widget
from rnnlab.ui.markdown import escape_markdown

TITLE = "Exercises"
ICON = ":material/edit:"
WORDS = (
    "activation",
    "bias",
    "gate",
    "gradient",
    "kernel",
    "loss",
    "recurrent kernel",
    "state",
    "unit",
    "weight",
)

NUMBER = Knob(
    1,
    "Exercise number",
    "The same number gives everybody the same exercise. It is in the address.",
    "data",
    low=0,
    high=LARGEST_SEED,
)
TITLES = {level.title: level for level in LEVELS.values()}
LEVEL = Knob(next(iter(TITLES)), "Level", "", "data", choices=tuple(TITLES))
GRADIENT_ROLES: dict[str, Role] = {
    "dW": "input",
    "dU": "state",
    "db": "bias",
    OUTPUT_GRADIENT: "plain",
}


def draw() -> None:
    """One exercise: what is given, what is to be filled in, help, and a sheet to print."""
    level, seed = _choose_exercise()
    drawn = exercise(level.name, seed)
    st.markdown(level.sentence)
    _given(drawn)
    marked = marks(drawn, _answers(drawn))
    _blanks(drawn, marked)
    solved = _score(drawn, marked)
    _help(drawn, solved=solved)
    _sheet(level, seed)


def _choose_exercise() -> tuple[Level, int]:
    """The level and the number of the exercise, which the address holds: a class can share one."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        address.link("level", LEVEL)
        title = st.selectbox(
            "Level", list(TITLES), index=0, key="level", persist_state="session", width=280
        )
        with st.container(width=200):
            seed = widget("exercise", NUMBER)
        st.button("Another one", icon=":material/casino:", on_click=_next_exercise)
    return TITLES[title], int(seed)


def _next_exercise() -> None:
    seed = int(st.session_state["exercise"])
    st.session_state["exercise"] = seed + 1 if seed < LARGEST_SEED else 0


def _answers(drawn: Exercise) -> dict[str, str]:
    """What the student has typed so far, by the blanks' keys; every exercise keeps its own."""
    answers: dict[str, str] = st.session_state.setdefault(
        f"answers_{drawn.level.name}_{drawn.seed}", {}
    )
    return answers


def _given(drawn: Exercise) -> None:
    """The formulas and the matrices of an exercise."""
    bench, is_backward = drawn.bench, drawn.level.backward
    gates = bench.cell_type.gates
    for formula in bench.cell_type.equations.values():
        st.markdown(f"${with_latex_activation(formula, bench.activation)}$")
    if gates:
        st.caption(r"$\sigma(s) = 1 / (1 + e^{-s})$, and $\odot$ multiplies number by number.")
    if is_backward:
        st.markdown(r"$L = \tfrac12 \lVert h_T - y \rVert^2$ with $T$ the last step")
    views = [
        MatrixView(
            symbol,
            formatted(getattr(bench, name)),
            ROLES[name],
            gates=gates if name in WEIGHTS else (),
            label=row_label(name, bench.cell_type),
        )
        for name, symbol in SYMBOLS.items()
        if name != "target" or is_backward
    ]
    draw_matrices(views, "given")


def _blanks(drawn: Exercise, marked: Mapping[str, Mark] | None) -> None:
    """The blanks with their marks, with cells to type in; or their answers, without marks."""
    answers = _answers(drawn)
    by_name = {_name(rows): rows for rows in vectors(drawn)}

    def edited(edit: Edit) -> None:
        for blanks, cells in zip(by_name[edit.name], edit.cells, strict=True):
            for blank, cell in zip(blanks, cells, strict=True):
                answers[blank.key] = cell

    for title, group in groupby(vectors(drawn), _title):
        matrices = list(group)
        first = matrices[0][0][0].entry
        st.markdown(f"**{title}**")
        draw_matrices(
            [_matrix(rows, answers, marked) for rows in matrices],
            f"blanks_{drawn.level.name}_{drawn.seed}_{first.symbol}_{first.step}"
            f"_{marked is not None}",
            on_edit=edited,
        )


def _name(rows: BlankRows) -> str:
    """The name by which the browser reports an edit of a vector or matrix of blanks."""
    entry = rows[0][0].entry
    return f"{entry.symbol}_{entry.step}"


def _title(rows: BlankRows) -> str:
    """The part of the calculation that a vector or matrix of blanks belongs to."""
    entry = rows[0][0].entry
    if not entry.step:
        return "All steps together"
    return f"{'Back at step' if entry.symbol == OUTPUT_GRADIENT else 'Step'} {entry.step}"


def _matrix(
    rows: BlankRows, answers: Mapping[str, str], marked: Mapping[str, Mark] | None
) -> MatrixView:
    entry = rows[0][0].entry
    title = entry.vector.replace("dL/d", "∂L/∂")
    role = GRADIENT_ROLES.get(entry.symbol, "state")
    if marked is None:
        return MatrixView(title, formatted([[blank.answer for blank in row] for row in rows]), role)
    return MatrixView(
        title,
        tuple(tuple(answers.get(blank.key, "") for blank in row) for row in rows),
        role,
        name=_name(rows),
        marks=tuple(tuple(marked[blank.key].state for blank in row) for row in rows),
        descriptions=tuple(tuple(marked[blank.key].sentence for blank in row) for row in rows),
    )


def _score(drawn: Exercise, marked: dict[str, Mark]) -> bool:
    """Whether all is right; how far the student is, and the sentence of the first wrong number."""
    right = sum(mark.state == RIGHT for mark in marked.values())
    if right == len(marked):
        st.success(
            f"All {right} numbers are right: you have done by hand what the layer does.",
            icon=":material/check_circle:",
        )
        return True
    sentences = [f"**{right} of {len(marked)}** are right."]
    wrong = (b for b in drawn.blanks if marked[b.key].state not in (RIGHT, EMPTY))
    if blank := next(wrong, None):
        row = f", row {blank.entry.row}" if blank.entry.row else ""
        sentences.append(
            f"{escape_markdown(blank.entry.vector)}{row}, number {blank.entry.unit}: "
            f"{escape_markdown(marked[blank.key].sentence)}"
        )
    st.markdown(" ".join(sentences))
    st.caption(f"{TOLERANCE_SENTENCE} Your numbers are kept until you reload or close this page.")
    return False


def _help(drawn: Exercise, *, solved: bool) -> None:
    """Hints that show the next product only, the answer to who asks, and a way to the bench."""
    next_hint = hint(drawn, _answers(drawn))
    blank_key = next_hint.blank.key if next_hint.blank else ""
    key = f"hints_{drawn.level.name}_{drawn.seed}_{blank_key}"
    n_shown = int(st.session_state.get(key, 0))
    with st.container(horizontal=True):
        st.button(
            "A hint",
            icon=":material/lightbulb:",
            disabled=next_hint.blank is None or n_shown >= len(next_hint.sentences),
            on_click=set_value,
            args=(key, n_shown + 1),
            help=(
                "Shows the next product of the first number that is not right. Press again for "
                "more."
            ),
        )
        st.button(
            "On the bench",
            icon=":material/calculate:",
            on_click=_open_on_bench,
            args=(drawn,),
            help="The whole calculation with these numbers, step by step.",
        )
        uncovered = not solved and cover.offer(f"exercise_{drawn.level.name}_{drawn.seed}")
    if next_hint.blank is not None:
        for sentence in next_hint.sentences[:n_shown]:
            st.markdown(f":material/lightbulb: {escape_markdown(sentence)}")
    if uncovered:
        _blanks(drawn, None)


def _open_on_bench(drawn: Exercise) -> None:
    put_on_bench(drawn.bench)
    st.session_state["part"] = "The way back" if drawn.level.backward else "Forward"


def _sheet(level: Level, seed: int) -> None:
    """How many exercises of this level to print, and the file."""
    with st.expander("A sheet to print", icon=":material/print:"):
        limit = min(MAX_EXERCISES, LARGEST_SEED - seed + 1)
        how_many = 1
        if limit > 1:
            knob = Knob(min(4, limit), "Exercises on the sheet", "", "data", low=1, high=limit)
            how_many = int(widget("on_a_sheet", knob))
        link = links.page_address(
            {"part": "Exercises", "level": level.title, "exercise": str(seed)}
        )
        st.caption(
            f"“{level.title}”, numbers {seed} to {seed + how_many - 1}, for A4. The answers are on "
            "pages of their own at the end. Open the file in a browser and print it."
        )
        st.download_button(
            "The sheet (HTML)",
            lambda: sheet(level.name, seed, how_many, link),
            f"hand-calculation-{level.name}-{seed}.html",
            "text/html",
            icon=":material/download:",
            on_click="ignore",
        )
