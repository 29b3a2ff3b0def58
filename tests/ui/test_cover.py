"""Answers are covered until one asks for them, and no question covers its answer twice."""

from __future__ import annotations

import pytest

from tests.pages.opened import drawn, press


def two_questions() -> None:
    """Two questions, each with its answer under a cover."""
    import streamlit as st

    from rnnlab.ui import cover

    cover.link()
    for question in ("first", "second"):
        with st.container():
            if cover.offer(question):
                st.markdown(f"answer to the {question}")
    st.markdown(f"links say {cover.query()}")


def answers(app) -> list[str]:
    return [one.value.split()[-1] for one in app.markdown if one.value.startswith("answer")]


def test_an_answer_is_uncovered_for_the_session_and_no_other_with_it():
    app = drawn(two_questions)
    assert (answers(app), len(app.button)) == ([], 2)
    app.button(key="uncover_second").click().run()
    assert answers(app) == ["second"]
    press(app, "Show the answer")
    assert (answers(app), len(app.button)) == (["first", "second"], 0)
    app.run()
    assert answers(app) == ["first", "second"]


def test_a_session_that_saw_an_answer_elsewhere_is_not_asked_again():
    assert answers(drawn(two_questions, uncovered={"first"})) == ["first"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("off", ["first", "second"]), ("false", ["first", "second"]), ("on", []), ("maybe", [])],
)
def test_a_link_says_whether_anything_is_covered(text, expected):
    app = drawn(two_questions, query={"cover": text})
    assert answers(app) == expected
    assert (app.markdown[-1].value == "links say {'cover': 'false'}") == bool(expected)
