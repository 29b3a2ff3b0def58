"""Where a run has ended: guess and result, handed in to the class board by one click."""

from __future__ import annotations

import math
from dataclasses import replace

import streamlit as st

from rnnlab.board import LONGEST_SENTENCE, Answer
from rnnlab.bounds import reached
from rnnlab.errors import BoardError
from rnnlab.ui import address, lessons
from rnnlab.ui.class_board import joined
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.server import board_store, visitor
from rnnlab.ui.training import guess as guesses
from rnnlab.ui.training import run as runs
from rnnlab.ui.training.guess import Guess
from rnnlab.ui.training.run import TrainingRun

SENTENCE = "own_sentence"
"""The key of what the student writes."""


def show() -> None:
    """The box of the board that the address names, if it names one.

    A run with which a step of a lesson opens is nobody's result.
    """
    code, on = joined.code(), lessons.current()
    if not code or (on is not None and "run" in on.step.opens):
        return
    with st.container(border=True, key="class_board"):
        try:
            board_store().seen_by_class(code, visitor())
        except BoardError as error:
            joined.refused(error)
        else:
            address.fragment(_box)(code)  # a class hands in at once: not the whole page anew


def answer_on_show(sentence: str = "") -> Answer | None:
    """What the run on show has come to and was guessed for it; None while it goes on."""
    run = runs.SLOT.on_show()
    snapshot = run.snapshot() if run is not None else None
    if run is None or snapshot is None or snapshot.live or not snapshot.progress:
        return None
    loss = reached(snapshot.progress).evaluated_loss
    if not math.isfinite(loss):
        return None
    guess = _guess(run)
    guessed = (guess.amount, guess.loss) if guess is not None else (None, None)
    before = guess is None or guess.before
    answer = Answer.of(run.task.settings, loss, *guessed, sentence, before=before)
    on = lessons.current()
    return answer if on is None else replace(answer, question=on.run(answer.question))


def _guess(run: TrainingRun) -> Guess | None:
    """What was guessed of a run.

    What is said beside a run that had no guess is about this one, until a knob is turned.
    """
    guess, later = runs.guess(), guesses.current()
    if guess is not None or later is None or not runs.is_of_the_knobs(run):
        return guess
    return replace(later, before=False)


def _box(code: str) -> None:
    head = f":material/groups: **Class board {code}.**"
    try:
        answer = answer_on_show()
    except BoardError as error:
        st.markdown(f"{head} This run cannot be handed in: {escape_markdown(str(error))}")
        return
    if answer is None:
        what = (
            "Press **Train**, and hand in here what came of it"
            if _guessed_above()
            else "Say your guess above, press **Train**, and hand both in here"
        )
        st.markdown(f"{head} {what}, without a name.")
        return
    with st.form("hand_in", border=False):
        st.markdown(f"{head} {_in_words(answer)}")
        st.text_input(
            "A sentence of your own, if you like: why did it come like this?",
            max_chars=LONGEST_SENTENCE,
            help="Your class reads it once your teacher has nodded. Write no name.",
            key=SENTENCE,
            persist_state="session",
        )
        st.form_submit_button("Hand in", icon=":material/send:", type="primary", on_click=_hand_in)
    if what := joined.reply(answer):
        st.caption(escape_markdown(what))


def _in_words(answer: Answer) -> str:
    guesses = [f"“{answer.guess.lower()}”"] if answer.guess is not None else []
    guesses += [f"a loss of {answer.guessed_loss:.4g}"] if answer.guessed_loss is not None else []
    after = "" if answer.before else " once you had seen the result"
    guess = f"you guessed {' and '.join(guesses)}{after}; " if guesses else "no guess; "
    guess = "" if _guessed_above() and not guesses else guess
    learnt = (answer.learnt or "").lower()
    return (
        f"You hand in: {guess}it learnt {learnt} and reached {answer.loss:.4g}. No name goes with "
        "it."
    )


def _guessed_above() -> bool:
    """Whether the guess of this page is one of a step's options, which is handed in by itself."""
    on = lessons.current()
    return on is not None and bool(on.step.options)


def _hand_in() -> None:
    """Take what stands on the page to the board."""
    written = str(st.session_state.get(SENTENCE) or "")
    try:
        answer = answer_on_show(written)
    except BoardError:
        answer = answer_on_show()  # the box keeps what was written to no more than is taken
    if answer is not None:
        joined.hand_in(answer)
