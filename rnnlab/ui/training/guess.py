"""A guess before the run, and the answer beside it afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from rnnlab.bounds import AMOUNTS, Bounds, Reached


@dataclass(frozen=True)
class Guess:
    """How much a visitor thinks will be learnt, and to which loss; each None if not said."""

    amount: str | None
    loss: float | None


def ask() -> None:
    """The question; it need not be answered."""
    with st.expander("Before it runs: what is your guess?", icon=":material/psychology_alt:"):
        st.segmented_control(
            "How much of the rule will it learn?", AMOUNTS, key="guess", persist_state="session"
        )
        st.number_input(
            "Which loss will it reach?",
            min_value=0.0,
            value=None,
            step=0.01,
            format="%.4g",
            placeholder="e.g. 0.35",
            key="guessed_loss",
            persist_state="session",
        )


def current() -> Guess | None:
    """What the visitor says at the moment."""
    amount, loss = st.session_state.get("guess"), st.session_state.get("guessed_loss")
    return None if amount is None and loss is None else Guess(amount, loss)


def answer(guess: Guess, bounds: Bounds, reached: Reached) -> str:
    """The guess beside what happened."""
    loss = reached.evaluated_loss
    where = f" on the {bounds.judged_on}" if reached.held_out else ""
    happened = bounds.amount(loss)
    parts = [f"“{guess.amount.lower()}”"] if guess.amount else []
    parts += [f"a loss of {guess.loss:.4g}"] if guess.loss is not None else []
    right = "" if guess.amount is None else " You were right." if guess.amount == happened else ""
    return (
        f"You guessed {' and '.join(parts)}. It learnt {happened.lower()}, and reached "
        f"{loss:.4g}{where}.{right}"
    )
