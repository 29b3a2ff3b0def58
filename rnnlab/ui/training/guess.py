"""A guess before the run, and the answer beside it afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from rnnlab.bounds import AMOUNTS, Bounds, Reached
from rnnlab.presets import preset_for
from rnnlab.settings import Settings
from rnnlab.ui import cover, lessons

AMOUNT, LOSS = "guess", "guessed_loss"
"""Keys of the two widgets."""
ABOUT = "guess_about"
"""Where the session keeps the question that they are about: rule, and name if it is a ready one."""


@dataclass(frozen=True)
class Guess:
    """How much a visitor thinks will be learnt, and to which loss; each None if not said.

    `before`: it was said before anything had come of it.
    """

    amount: str | None
    loss: float | None
    before: bool = True

    @property
    def in_words(self) -> str:
        """What was guessed."""
        amounts = [f"“{self.amount.lower()}”"] if self.amount else []
        losses = [f"a loss of {self.loss:.4g}"] if self.loss is not None else []
        return " and ".join(amounts + losses)


def ask(settings: Settings) -> None:
    """The question, which need not be answered; a guess about another question is forgotten.

    A step of a lesson that has options asks them instead.
    """
    on = lessons.current()
    if on is not None and on.step.options:
        return
    _keep_with_its_question(settings)
    st.segmented_control(
        "Your guess: how much will it learn?",
        AMOUNTS,
        key=AMOUNT,
        persist_state="session",
        width="content",
    )
    st.number_input(
        "And the loss?",
        min_value=0.0,
        value=None,
        step=0.01,
        format="%.4g",
        placeholder="number",
        key=LOSS,
        persist_state="session",
        width=140,
        help="How wrong it is on average. For bits: 0 if always sure and right, 0.69 if guessing.",
    )


def _keep_with_its_question(settings: Settings) -> None:
    """Forget a guess about another question; whoever turns a knob is still at the same one."""
    preset = preset_for(settings)
    rule, name = settings.rule, preset.name if preset is not None else ""
    rule_before, name_before = st.session_state.get(ABOUT, (rule, name))
    if rule != rule_before or (name and name_before and name != name_before):
        forget()
    same_rule = rule == rule_before
    st.session_state[ABOUT] = rule, name or (name_before if same_rule else "")


def offer_answer(settings: Settings) -> None:
    """Where the page knows an answer: the button that uncovers it, until somebody has trained.

    It stands after the buttons, which keep their places when it goes.
    """
    preset = preset_for(settings)
    if preset is not None and lessons.current() is None:
        cover.offer(preset.name)


def current() -> Guess | None:
    """What the visitor says at the moment."""
    amount, loss = st.session_state.get(AMOUNT), st.session_state.get(LOSS)
    return None if amount is None and loss is None else Guess(amount, loss)


def forget() -> None:
    """Ask anew; before the widgets are drawn, or in a callback."""
    st.session_state[AMOUNT] = st.session_state[LOSS] = None


def answer(guess: Guess, bounds: Bounds, reached: Reached) -> str:
    """The guess beside what happened."""
    loss = reached.evaluated_loss
    where = f" on the {bounds.judged_on}" if reached.held_out else ""
    happened = bounds.amount(loss)
    right = "" if guess.amount is None else " You were right." if guess.amount == happened else ""
    return (
        f"You guessed {guess.in_words}. It learnt {happened.lower()}, and reached "
        f"{loss:.4g}{where}.{right}"
    )
