"""The guess that a step of a lesson asks for, handed in to the class board by one click."""

from __future__ import annotations

import streamlit as st

from rnnlab.board import Answer
from rnnlab.ui import address
from rnnlab.ui.class_board import joined
from rnnlab.ui.lessons import OnStep
from rnnlab.ui.markdown import escape_markdown


@address.fragment
def offer(on: OnStep) -> None:
    """The button of the board that the address names, and what the board said."""
    if not joined.code():
        return
    reply = joined.reply(_answer(on)) if on.guess is not None else ""
    taken = reply == joined.TAKEN
    st.button(
        "Handed in" if taken else _label(on),
        icon=":material/check:" if taken else ":material/send:",
        disabled=on.guess is None,
        help=reply if taken else f"To the class board {joined.code()}, without a name.",
        on_click=_hand_in,
        args=(on,),
        key="hand_in_guess",
    )
    if reply and not taken:
        st.caption(escape_markdown(reply))


def _label(on: OnStep) -> str:
    return "Hand in this guess" if on.score is None else f"Hand in guess and score, {on.score}"


def _answer(on: OnStep) -> Answer:
    return Answer(on.asked, guess=on.guess, before=on.guessed_before, score=on.score)


def _hand_in(on: OnStep) -> None:
    if on.guess is not None:
        joined.hand_in(_answer(on))
