"""Which models there are to read, and what they read: each text once, in the visitor's session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import streamlit as st

from rnnlab.sentiment.examples import NEGATED
from rnnlab.sentiment.judging import probabilities
from rnnlab.sentiment.leaving_out import Importance, leave_one_out
from rnnlab.sentiment.model import SentimentModel
from rnnlab.sentiment.reading import Reading, read
from rnnlab.sentiment.stored import shipped, shipped_names
from rnnlab.ui.sentiment import review_runs

KEPT = "typed_readings"
MOST_KEPT = 40
CHOSEN = "typed_model"

Made = TypeVar("Made")


def models() -> Mapping[str, SentimentModel]:
    """Those that travel with the lab, by name, and the visitor's own once it is trained."""
    there = {name: shipped(name) for name in shipped_names()}
    own = review_runs.trained()
    return there if own is None else there | {own.name: own}


def choose_model() -> SentimentModel | None:
    """The model that reads, from a row of all that there are; None if there are none."""
    there = models()
    if not there:
        st.info(
            "No trained model has come with this lab yet; “Train it yourself” makes one.",
            icon=":material/info:",
        )
        return None
    if st.session_state.get(CHOSEN) not in there:
        st.session_state.pop(CHOSEN, None)
    first = next(iter(there))
    chosen = st.pills(
        "Who reads it",
        list(there),
        default=first,
        required=True,
        format_func=lambda name: there[name].title,
        wrap=True,
        key=CHOSEN,
        persist_state="session",
    )
    model = there[chosen or first]
    st.caption(model.sentence)
    return model


def reading_of(model: SentimentModel, text: str) -> Reading:
    """What a model makes of a text."""
    return kept("reading", model, text, lambda: read(model, text))


def importance_of(model: SentimentModel, text: str) -> Importance:
    """Which words of it matter."""
    reading = reading_of(model, text)
    return kept("importance", model, text, lambda: leave_one_out(model, reading))


def negated(model: SentimentModel) -> float:
    """How likely it takes the praise in `NEGATED` for praise."""
    return kept("negated", model, "", lambda: float(probabilities(model, [NEGATED])[0]))


def kept(what: str, model: SentimentModel, text: str, make: Callable[[], Made]) -> Made:
    """What was made of a text by a model with these very weights; made if it was not yet."""
    known = st.session_state.setdefault(KEPT, {})
    key, weights = (what, model.name, text), model.readers[0].weights
    if key not in known or known[key][0] is not weights:
        known.pop(key, None)
        while len(known) >= MOST_KEPT:
            del known[next(iter(known))]
        known[key] = (weights, make())
    return cast("Made", known[key][1])
