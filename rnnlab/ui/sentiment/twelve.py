"""Twelve short phrases, read by every model: what memory is worth to a “not” or a “but”."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from rnnlab.sentiment.examples import TWELVE
from rnnlab.sentiment.model import SentimentModel
from rnnlab.sentiment.verdicts import NEITHER
from rnnlab.ui.sentiment import models

RIGHT, WRONG = "✓", "✗"


def draw(readers: Sequence[SentimentModel]) -> None:
    """Who reads how many as a person does, and every verdict."""
    st.header("Who understands “not”?")
    low, high = (f"{bound:.0%}" for bound in NEITHER)
    st.markdown(
        "To read “not bad”, a network must carry the “not” to the “bad”, and turn what the second "
        f"word says. {_sentence(readers)}"
    )
    st.dataframe(_table(readers), hide_index=True, height="content")
    st.caption(
        f"In percent: how positive each finds each phrase, just now. {low} to below {high} is "
        "“neither”. Look along a row with a “not”, then at the pair of rows that say the same "
        "words in another order."
    )


def _sentence(readers: Sequence[SentimentModel]) -> str:
    right = {model.title: len(TWELVE) - len(models.misread(model)) for model in readers}
    counted = ", ".join(f"**{title}** {n}" for title, n in right.items())
    return f"Of these {len(TWELVE)} phrases, read as a person reads them: {counted}."


def _table(readers: Sequence[SentimentModel]) -> pd.DataFrame:
    """One row a phrase; each verdict is marked as right or wrong."""
    columns: dict[str, list[str]] = {
        "phrase": [text for text, _ in TWELVE],
        "a person": [meant for _, meant in TWELVE],
    }
    for model in readers:
        misread = models.misread(model)
        columns[model.title] = [
            f"{WRONG if text in misread else RIGHT} {p:.0%}"
            for (text, _), p in zip(TWELVE, models.on_the_twelve(model), strict=True)
        ]
    return pd.DataFrame(columns)
