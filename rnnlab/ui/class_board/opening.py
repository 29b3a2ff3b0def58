"""Open a board, or find the one that somebody has a code for."""

from __future__ import annotations

import streamlit as st

from rnnlab.board import SIGNS, as_code
from rnnlab.errors import BoardError
from rnnlab.ui.class_board import joined, teacher
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.server import board_store, visitor

TYPED, REFUSED = "board_code", "board_refused"
"""Keys: what is typed as a code, and why no board could be opened."""


def offer() -> None:
    """A line for those who have a code, a button for teachers."""
    students, teachers = st.columns(2, gap="medium")
    with students, st.container(border=True, height="stretch"):
        _ask_code()
    with teachers, st.container(border=True, height="stretch"):
        st.header("You teach")
        st.markdown(
            "Open a board and show its link to the class. Students need no account and give no "
            "name. Nothing is kept for longer than a day."
        )
        st.button("Open a board", icon=":material/add:", type="primary", on_click=_open)
        if refused := st.session_state.pop(REFUSED, None):
            st.warning(escape_markdown(refused), icon=":material/block:")
        st.caption(board_store().where)


def _ask_code() -> None:
    """The line for the code; one joins with Enter, too."""
    st.header("You have a code")
    st.markdown("Type the six digits and letters that your teacher shows.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Code of the board", max_chars=20, key=TYPED, on_change=_join)
        st.button("Join", icon=":material/login:", type="primary", on_click=_join)
    if typed := st.session_state.get(TYPED):
        st.warning(
            f"“{escape_markdown(typed)}” is no code: a code has {SIGNS}.",
            icon=":material/block:",
        )


def _open() -> None:
    try:
        keys = board_store().open(visitor())
    except BoardError as error:
        st.session_state[REFUSED] = str(error)
    else:
        joined.leave()
        st.session_state[teacher.KEY] = keys.secret


def _join() -> None:
    code = as_code(str(st.session_state.get(TYPED) or ""))
    if code is not None:
        st.session_state[joined.KEY] = code
        st.session_state[TYPED] = ""
