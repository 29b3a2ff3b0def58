"""Where a run has ended: a sheet of it to print or to hand in as a file."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rnnlab.board import LONGEST_SENTENCE, Answer
from rnnlab.charts.run_sheet import run_sheet
from rnnlab.errors import BoardError
from rnnlab.ui import links
from rnnlab.ui.class_board import hand_in, joined
from rnnlab.ui.training import run as runs

NAME = "rnn-lab-sheet.html"


def show() -> None:
    """The sheet of the run on show; of one's own numbers there is none, for it cannot hold them."""
    run = runs.SLOT.on_show()
    if run is None or run.task.settings.own is not None:
        return
    try:
        answer = hand_in.answer_on_show(str(st.session_state.get(hand_in.SENTENCE) or ""))
    except BoardError:
        answer = hand_in.answer_on_show()  # without a sentence that nobody can hand in
    if answer is not None:
        if not answer.before:  # a sheet has no place to say when somebody guessed
            answer = replace(answer, guess=None, guessed_loss=None)
        with st.expander("A sheet to hand in", icon=":material/assignment:"):
            _offer(answer)


def _offer(answer: Answer) -> None:
    run = runs.SLOT.on_show()
    if run is None:
        return
    settings, progress = run.task.settings, run.snapshot().progress
    link = links.address(settings)
    exact = progress[-1].complete and not run.task.rates
    st.markdown(
        "One page with the question, your guess, the curve, what happened and the settings. Print "
        "it, or give the file to your teacher. It holds no name: write yours on it, or into the "
        "file's name."
    )
    if not joined.code():
        st.text_input(
            "A sentence of your own: why did it come like this?",
            max_chars=LONGEST_SENTENCE,
            key=hand_in.SENTENCE,
            persist_state="session",
        )
    st.download_button(
        "The sheet (HTML)",
        lambda: run_sheet(settings, progress, answer, link, exact=exact),
        NAME,
        "text/html",
        icon=":material/download:",
        on_click="ignore",
    )
