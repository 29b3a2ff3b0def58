"""Exercises: the same calculation with other numbers, done by the student and marked."""

from __future__ import annotations

import streamlit as st

from rnnlab.handcheck.exercises import LARGEST_SEED, Exercise, exercise
from rnnlab.handcheck.hints import hint
from rnnlab.handcheck.levels import LEVELS, Level
from rnnlab.handcheck.marking import EMPTY, RIGHT, TOLERANCE_SENTENCE, Mark, marks
from rnnlab.knobs import Knob
from rnnlab.ui.controls import widget
from rnnlab.ui.hand import controls
from rnnlab.ui.hand.blanks import answers_to, draw_blanks, draw_given
from rnnlab.ui.hand.printing import offer_sheet
from rnnlab.ui.markdown import escape_markdown

TITLE = "Exercises"
ICON = ":material/edit:"

NUMBER = Knob(
    1,
    "Exercise number",
    "The same number is the same exercise, for everybody who opens this address.",
    "data",
    low=0,
    high=LARGEST_SEED,
)
TITLES = {level.title: level for level in LEVELS.values()}


def draw() -> None:
    """One exercise: what is given, what is to be filled in, help, and a sheet to print."""
    level, seed = _which()
    one = exercise(level.name, seed)
    st.markdown(level.sentence)
    draw_given(one)
    marked = marks(one, answers_to(one))
    draw_blanks(one, marked)
    _score(one, marked)
    _help(one)
    offer_sheet(level, seed)


def _which() -> tuple[Level, int]:
    """The level and the number of the exercise, which the address holds: a class can share one."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.selectbox(
            "Level", list(TITLES), index=0, key="level", bind="query-params", width=280
        )
        with st.container(width=200):
            seed = widget("exercise", NUMBER)
        st.button("Another one", icon=":material/casino:", on_click=_next)
    return TITLES[title], int(seed)


def _next() -> None:
    now = int(st.session_state["exercise"])
    st.session_state["exercise"] = now + 1 if now < LARGEST_SEED else 0


def _score(one: Exercise, marked: dict[str, Mark]) -> None:
    """How far the student is, and what the first wrong number says."""
    right = sum(mark.state == RIGHT for mark in marked.values())
    if right == len(marked):
        st.success(
            f"All {right} numbers are right: you have done by hand what the layer does.",
            icon=":material/check_circle:",
        )
        return
    said = [f"**{right} of {len(marked)}** are right."]
    for blank in one.blanks:
        mark = marked[blank.key]
        if mark.state not in (RIGHT, EMPTY):
            row = f", row {blank.row}" if blank.row else ""
            said.append(
                f"{escape_markdown(blank.place.vector)}{row}, number {blank.unit}: "
                f"{escape_markdown(mark.sentence)}"
            )
            break
    st.markdown(" ".join(said))
    st.caption(f"{TOLERANCE_SENTENCE} Your numbers are kept until you reload or close this page.")


def _help(one: Exercise) -> None:
    """Hints that show the next product only, the solution, and the way to the bench."""
    wanted = hint(one, answers_to(one))
    key = f"hints_{one.level.name}_{one.seed}_{wanted.blank.key if wanted.blank else ''}"
    shown = int(st.session_state.get(key, 0))
    with st.container(horizontal=True):
        st.button(
            "A hint",
            icon=":material/lightbulb:",
            disabled=wanted.blank is None or shown >= len(wanted.sentences),
            on_click=_show_one_more,
            args=(key, shown + 1),
            help="The next product of the first number that is not right. Press again for more.",
        )
        st.button(
            "On the bench",
            icon=":material/calculate:",
            on_click=_to_the_bench,
            args=(one,),
            help="The whole calculation with these numbers, step by step.",
        )
        solution = st.toggle("Show the solution", key=f"solution_{one.level.name}_{one.seed}")
    if wanted.blank is not None:
        for sentence in wanted.sentences[:shown]:
            st.markdown(f":material/lightbulb: {escape_markdown(sentence)}")
    if solution:
        draw_blanks(one, None)


def _show_one_more(key: str, number: int) -> None:
    st.session_state[key] = number


def _to_the_bench(one: Exercise) -> None:
    controls.put(one.bench)
    st.session_state["part"] = "The way back" if one.level.way_back else "Forward"
