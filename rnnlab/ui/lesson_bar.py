"""What stands above a page in a lesson: where one is, back and next, the way out, and the guess."""

from __future__ import annotations

import streamlit as st

from rnnlab.ui import cover, lessons, visit
from rnnlab.ui.class_board import step_guess
from rnnlab.ui.lessons import OnStep
from rnnlab.ui.markdown import escape_markdown

HOME = "pages/home.py"

WITHOUT_MENU = """<style>
[data-testid="stApp"] [data-testid="stHeader"] { display: none; }
[data-testid="stApp"] [data-testid="stMainBlockContainer"] { padding-top: 1.5rem; }
</style>"""
"""In a lesson one goes by its steps."""


def draw(on: OnStep) -> None:
    """The step's place in the lesson, and the ways to others and out of it."""
    st.html(WITHOUT_MENU)
    n = len(on.lesson.steps)
    where = f"Step {on.number} of {n}" if n > 1 else "Lesson"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch"):
            st.caption(f"{where}: {escape_markdown(on.step.title)} · {on.step.minutes} min")
        # A container of their own: on a phone all of them go to the next line, none alone.
        with st.container(
            horizontal=True, width="content", vertical_alignment="center", gap="small"
        ):
            if on.number > 1:
                _link(on, on.number - 1, "Back", ":material/arrow_back:")
            if on.number < n:
                _link(on, on.number + 1, "Next", ":material/arrow_forward:")
            elif n > 1:
                done = visit.carried()
                st.page_link(HOME, label="Done", icon=":material/check:", query_params=done)
            st.button(
                "Leave",
                icon=":material/logout:",
                type="tertiary",
                help="Leave the lesson. The page stays as it is, and shows its knobs and the menu.",
                on_click=lessons.leave,
            )


def ask(on: OnStep) -> None:
    """The guess among the step's options, and under a cover what one sees, and why."""
    if not on.step.options:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Your guess",
            on.step.options,
            format_func=on.plain,
            key=on.key,
            on_change=on.note_guess,
            persist_state="session",
            width="content",
        )
        uncovered = bool(on.answer or on.step.right) and cover.offer(on.key)
        step_guess.offer(on)
    if not uncovered:
        return
    yours = ""
    if on.guess is not None:
        yours = f"You guessed “{on.plain(on.guess)}”. "
    right = f"It is “{on.plain(on.step.right)}”. "
    yours += "You were right. " if on.guess == on.step.right else right
    st.info(yours + on.answer, icon=":material/lightbulb:")


def _link(on: OnStep, number: int, label: str, icon: str) -> None:
    step = on.lesson.steps[number - 1]
    st.page_link(
        lessons.path_of(step),
        label=label,
        icon=icon,
        help=f"Step {number}: {step.title}",
        query_params=lessons.query(number),
    )
