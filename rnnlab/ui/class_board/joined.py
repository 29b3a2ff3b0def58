"""The code of a class board in the address, which stays there from page to page; handing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from rnnlab.board import SIGNS, Answer, as_code
from rnnlab.errors import BoardError
from rnnlab.ui import address
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.parameters import Link
from rnnlab.ui.server import board_store, visitor

KEY = "board"
"""The code's key, in the address and in the session."""
TAKEN = "Handed in. You can hand in again: your latest answer counts."
"""What is said of an answer that the board has."""
SAID = "board_said"
"""Where the session keeps by question what it handed in last, and what the board said to that."""


def link() -> None:
    """Keep the code in the address of every page."""
    address.link_as(KEY, Link("", _read, lambda code: [code] if code else []))


def code() -> str:
    """The code of the board that this visitor has joined; "" of none."""
    return str(st.session_state.get(KEY) or "")


def query() -> dict[str, str]:
    """What a link must say for a visitor to stay with the board."""
    return query_of(code()) if code() else {}


def query_of(code: str) -> dict[str, str]:
    """What a link to this board says."""
    return {KEY: code}


def leave() -> None:
    """Belong to no board any more; in a callback."""
    st.session_state[KEY] = ""


def hand_in(answer: Answer) -> None:
    """Take an answer to the board, and keep what the board says; in a callback."""
    try:
        board_store().hand_in(code(), visitor(), answer)
        what = TAKEN
    except BoardError as error:
        what = str(error)
    kept = st.session_state.setdefault(SAID, {})
    kept[answer.question] = (code(), _without_words(answer), what)


def reply(answer: Answer) -> str:
    """What the board said to this very answer, whatever was written to it; "" to another one."""
    to, handed_in, what = st.session_state.get(SAID, {}).get(answer.question, ("", None, ""))
    return what if (to, handed_in) == (code(), _without_words(answer)) else ""


def _without_words(answer: Answer) -> Answer:
    return replace(answer, sentence="")


def refused(error: BoardError) -> None:
    """Say why the board of the code is not to be seen, and offer to go on without it."""
    st.warning(escape_markdown(str(error)), icon=":material/group_off:")
    st.button("Go on without a board", on_click=leave, key="leave_board")


def _read(texts: Sequence[str]) -> tuple[str | None, str]:
    code = as_code(texts[-1])
    if code is None and texts[-1]:
        return None, f"“{texts[-1][:20]}” is no code of a class board: a code has {SIGNS}."
    return code, ""
