"""The first path, step by step, and the other lessons: each a link."""

from __future__ import annotations

import streamlit as st

from rnnlab.lessons import LESSONS, Lesson
from rnnlab.ui import lessons, links
from rnnlab.ui.home import playing

FIRST, *OTHERS = LESSONS.values()


def first_path() -> None:
    """The steps of the first lesson beside the network that has learnt its rule."""
    st.header(f"Start here: {FIRST.minutes} minutes, {len(FIRST.steps)} steps")
    st.markdown(FIRST.sentence)
    steps, picture = st.columns([1, 1], gap="large")
    with steps, st.container(gap="xsmall"):
        for number, step in enumerate(FIRST.steps, 1):
            with links.primary("start") if number == 1 else st.container():
                _link(FIRST, number, f"**{number}. {step.title}:** {step.question}")
    with picture:
        playing.draw()


def other_lessons() -> None:
    """A card for each lesson beside the first path."""
    st.header("More lessons")
    with st.grid(2, min_column_width=320):
        for lesson in OTHERS:
            with st.container(border=True, height="stretch"):
                _link(lesson, 1, f"**{lesson.title}**")
                st.markdown(lesson.sentence)
                st.caption(f"{len(lesson.steps)} steps · about {lesson.minutes} minutes")
    st.caption(
        "For teachers: the address of any step opens the lesson there. A lesson of your own begins "
        "on the page that it is about: set it as you wish, and choose “Make a lesson of this page” "
        "at its end."
    )


def _link(lesson: Lesson, number: int, label: str) -> None:
    step = lesson.steps[number - 1]
    st.page_link(
        lessons.path_of(step),
        label=label,
        icon=":material/play_circle:",
        help=f"About {step.minutes} min",
        query_params=lessons.query(number, lesson.name),
    )
