"""What everybody sees of a board: how many, what was guessed and what came of it, sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import streamlit as st

from rnnlab.board import FEWEST, STAGES, BoardView, Tally
from rnnlab.charts import class_board
from rnnlab.errors import BoardError
from rnnlab.ui import drawing
from rnnlab.ui.class_board import invitation, joined
from rnnlab.ui.class_board.watching import watch_board
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.server import board_store, visitor

MOST_DRAWN = 12
"""Questions of which pictures are drawn; of others only how many answers they have."""


def show() -> None:
    """The board that the address names, for the class and for the projector."""
    code, who = joined.code(), visitor()
    try:
        board_store().seen_by_class(code, who)
    except BoardError as error:
        joined.refused(error)
        return
    invitation.show(code)
    watch_board("class", code, lambda: board_store().seen_by_class(code, who), draw)


def draw(board: BoardView) -> None:
    """The board as it is now."""
    if not board.tallies:
        st.markdown(
            "**Nobody has handed in yet.** Open the link, say your guess, press **Train** where "
            "there is something to train, then **Hand in**."
        )
    large = [tally for tally in board.tallies if tally.n >= FEWEST][:MOST_DRAWN]
    for tally in large:
        _question(board, tally)
    _others([tally for tally in board.tallies if tally not in large], beside=bool(large))
    if board.sentences:
        st.header("In your own words")
        for sentence in board.sentences:
            st.markdown(f"- “{escape_markdown(sentence)}”")


def _others(tallies: Sequence[Tally], *, beside: bool) -> None:
    """Questions with too few answers to show them, each in a line."""
    if not tallies:
        return
    if beside:
        st.header("Other questions")
    for tally in tallies:
        st.markdown(f"**{tally.n}** · {_title(tally)}")
    st.caption(f"From {FEWEST} answers to a question on you see what they say.")


def _title(tally: Tally) -> str:
    """What is asked, and at which step of a lesson; as text, for a teacher may have written it."""
    question = tally.question
    step = f"Step {question.step}: " if question.step else ""
    return f"{step}{escape_markdown(question.title)}"


def _question(board: BoardView, tally: Tally) -> None:
    st.header(_title(tally))
    number, words = st.columns([1, 6], vertical_alignment="center")
    number.metric("Answers", f"{tally.n:,}")
    words.markdown(escape_markdown(" ".join(_words(board, tally))))
    if tally.guesses:
        _pictures(tally)


def _words(board: BoardView, tally: Tally) -> tuple[str, ...]:
    if board.stage == STAGES[0]:
        return ("What they say comes when your teacher shows it.",)
    return tally.sentences


def _pictures(tally: Tally) -> None:
    """Options and losses, side by side where there is room."""
    words, question = " ".join(tally.sentences), tally.question
    spec = drawing.own_spec if question.typed else drawing.spec
    left, right = st.columns(2, gap="medium")
    key = sha256(repr(question).encode()).hexdigest()[:12]
    with left:
        drawing.draw(
            spec(
                class_board.options_chart,
                tally.n,
                question.options,
                tally.right,
                of_run=question.task is not None,
            ),
            class_board.options_table(tally),
            key=f"options_{key}",
            alt=f"What was guessed and what came of it. {words}",
        )
        st.caption(_look_at(tally))
    losses = class_board.losses_table(tally)
    if losses.empty or question.task is None:
        return
    task = replace(question.task, settings=())  # a picture of any settings, and of nothing typed
    with right:
        drawing.draw(
            drawing.spec(class_board.losses_chart, tally.n, task),
            losses,
            key=f"losses_{key}",
            alt=f"Losses guessed and reached by {tally.n}. {words}",
        )
        st.caption(
            "Look at how close the filled bars come to the dashed line of the best possible, and "
            "how far away the guesses were."
            if tally.losses
            else "Look at where the class thinks the loss will end."
        )


def _look_at(tally: Tally) -> str:
    """What there is to see in the bars of the options."""
    if tally.right:
        return "Look at whether the highest bar stands over the option with the ✓."
    if tally.learnt:
        return (
            "Look at whether the highest bars of what was guessed and of what came of it stand "
            "over the same words."
        )
    return "Look at how far the guesses agree. What came of them is not shown yet."
