"""The teacher's view of a board: the link for the class, what it sees, and the nod to sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from rnnlab.board import FEWEST, STAGES, BoardView
from rnnlab.charts.board_table import board_csv
from rnnlab.errors import BoardError
from rnnlab.ui import address
from rnnlab.ui.class_board import invitation, picture
from rnnlab.ui.class_board.watching import watch_board
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.parameters import Link
from rnnlab.ui.server import board_store

KEY, STAGE = "teacher", "board_stage"
"""Keys of the secret and of what the class sees."""
_SECRET = re.compile(r"[\w-]{20,64}", re.ASCII)


def link() -> None:
    """Keep the secret in the address of this page, and of no other."""
    address.link_as(KEY, Link("", _read, lambda secret: [secret] if secret else []))


def secret() -> str:
    """The secret with which this visitor has come; "" for whoever does not teach."""
    return str(st.session_state.get(KEY) or "")


def show() -> None:
    """The board of this secret; where it is gone, a sentence and the way to a new one."""
    mine = secret()
    try:
        board = board_store().seen_by_teacher(mine)
    except BoardError as error:
        st.warning(escape_markdown(str(error)), icon=":material/group_off:")
        st.button("Go to a new board", icon=":material/add:", on_click=_forget)
        return
    invitation.choose(board.code)
    _stage(board)
    watch_board("teacher", board.code, lambda: board_store().seen_by_teacher(mine), _draw)
    _end(board)


def _stage(board: BoardView) -> None:
    """What the class sees: kept by the board, so that all see the same."""
    st.session_state[STAGE] = board.stage
    st.segmented_control("The class sees", STAGES, required=True, key=STAGE, on_change=_show_stage)


def _show_stage() -> None:
    board_store().show(secret(), st.session_state[STAGE])


def _draw(board: BoardView) -> None:
    picture.draw(board)
    if board.tallies:
        st.download_button(
            "This board (CSV)",
            lambda: board_csv(board),
            "board.csv",
            "text/csv",
            icon=":material/download:",
            help="What the class may see by now, and all that was written.",
            on_click="ignore",
        )
    if board.waiting:
        n = sum(not sentence.nodded for sentence in board.waiting)
        with st.expander(f"Written ({n} wait for your nod)", icon=":material/rate_review:"):
            st.caption(
                "The class reads a question of your own once you have switched it on, and a "
                f"sentence once {FEWEST} have answered its question, too."
            )
            for sentence in board.waiting:
                _sentence(sentence.number, sentence.text, nodded=sentence.nodded)


def _sentence(number: int, text: str, *, nodded: bool) -> None:
    key = f"nod_{number}"
    st.session_state[key] = nodded
    st.toggle(escape_markdown(text), key=key, on_change=_nod, args=(number,))


def _nod(number: int) -> None:
    board_store().nod(secret(), number, st.session_state[f"nod_{number}"])


def _end(board: BoardView) -> None:
    with st.popover("Close the board", icon=":material/delete:", type="tertiary"):
        st.markdown("Everything that was handed in is forgotten at once.")
        st.button("Close it for good", on_click=_close)
    st.caption(f"It closes by itself in {board.hours:.0f} hours. {board_store().where}")


def _close() -> None:
    board_store().close(secret())
    _forget()


def _forget() -> None:
    st.session_state[KEY] = ""


def _read(texts: Sequence[str]) -> tuple[str | None, str]:
    if _SECRET.fullmatch(texts[-1]):
        return texts[-1], ""
    return None, "This is not a teacher's link to a board: it may have been cut off."
