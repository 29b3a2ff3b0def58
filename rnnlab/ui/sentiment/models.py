"""Which models there are to read, and what they made of a text: once each, in the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.sentiment.examples import TWELVE
from rnnlab.sentiment.model import SentimentModel, shipped, shipped_names
from rnnlab.sentiment.reading import Importance, RunningVerdict, leave_one_out, read
from rnnlab.sentiment.verdicts import in_words, probabilities
from rnnlab.ui import address
from rnnlab.ui.sentiment import review_run

CACHE = "typed_readings"
CACHE_SIZE = 40
CHOSEN = "typed_model"

Result = TypeVar("Result")


def models() -> Mapping[str, SentimentModel]:
    """Those that travel with the lab, by name, and the visitor's own once it is trained."""
    models = {name: shipped(name) for name in shipped_names()}
    own = review_run.trained()
    return models if own is None else models | {own.name: own}


def choose_model() -> SentimentModel | None:
    """The model that reads, from a row of all that there are; None if there are none."""
    available = models()
    if not available:
        st.info(
            "No trained model has come with this lab yet; “Train it yourself” makes one.",
            icon=":material/info:",
        )
        return None
    if st.session_state.get(CHOSEN) not in (None, *available):
        del st.session_state[CHOSEN]
    first = next(iter(available))
    address.link(CHOSEN, Knob(first, "Who reads it", "", "data", choices=tuple(available)))
    chosen = st.pills(
        "Who reads it",
        list(available),
        default=first,
        required=True,
        format_func=lambda name: available[name].title,
        wrap=True,
        key=CHOSEN,
        persist_state="session",
    )
    model = available[chosen or first]
    st.caption(model.sentence)
    return model


def reading_of(model: SentimentModel, text: str) -> RunningVerdict:
    """The model's verdict on a text, word by word."""
    return cached("reading", model, text, lambda: read(model, text))


def importance_of(model: SentimentModel, text: str) -> Importance:
    """Which of its words matter."""
    reading = reading_of(model, text)
    return cached("importance", model, text, lambda: leave_one_out(model, reading))


def on_the_twelve(model: SentimentModel) -> tuple[float, ...]:
    """How likely it takes each of the `TWELVE` phrases for positive."""
    texts = [text for text, _ in TWELVE]
    return cached("twelve", model, "", lambda: tuple(probabilities(model, texts).tolist()))


def misread(model: SentimentModel) -> tuple[str, ...]:
    """Those of the `TWELVE` phrases of which it says something else than a person."""
    verdicts = zip(TWELVE, on_the_twelve(model), strict=True)
    return tuple(text for (text, meant), p in verdicts if in_words(p).split()[-1] != meant)


def cached(name: str, model: SentimentModel, text: str, make: Callable[[], Result]) -> Result:
    """What was made under this name of a text by a model with these very weights; made once."""
    cache = st.session_state.setdefault(CACHE, {})
    key, weights = (name, model.name, text), model.readers[0].weights
    if key not in cache or cache[key][0] is not weights:
        cache.pop(key, None)
        while len(cache) >= CACHE_SIZE:
            del cache[next(iter(cache))]
        cache[key] = (weights, make())
    return cast("Result", cache[key][1])
