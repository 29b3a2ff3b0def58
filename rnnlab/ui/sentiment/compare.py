"""Compare: several models on the same text, and which of them forgets how a long one began."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from rnnlab.charts.verdicts import running_verdict_chart, running_verdict_table
from rnnlab.sentiment.judging import in_words
from rnnlab.sentiment.model import SentimentModel
from rnnlab.sentiment.reading import Reading
from rnnlab.ui import drawing
from rnnlab.ui.sentiment import forgetting, readings, text_box, typed

TITLE = "Compare"
ICON = ":material/compare_arrows:"

PICKED = "compare_models"
SIDES = 0.3
"""Who is further than this from 50% before the first word has taken sides."""


def draw() -> None:
    """The same text read by those that were picked, then the ready example."""
    there = readings.models()
    if not there:
        readings.choose_model()
        return
    box, picture = st.columns([2, 3], gap="large")
    with box:
        text = text_box.show()
        picked = _pick(there)
    with picture:
        _side_by_side(text, picked)
    forgetting.draw(picked or tuple(there.values()))
    typed.limits()


def _pick(there: Mapping[str, SentimentModel]) -> tuple[SentimentModel, ...]:
    """Those that are to read, in their order; at first all."""
    known = st.session_state.get(PICKED)
    if known is not None and not {*known} <= there.keys():
        st.session_state[PICKED] = [name for name in known if name in there]
    chosen = st.pills(
        "Who reads it",
        list(there),
        selection_mode="multi",
        default=list(there),
        format_func=lambda name: there[name].title,
        wrap=True,
        key=PICKED,
        persist_state="session",
    )
    return tuple(model for name, model in there.items() if name in (chosen or ()))


def _side_by_side(text: str, picked: tuple[SentimentModel, ...]) -> None:
    if not picked:
        st.info("Pick at least one model to read your text.", icon=":material/info:")
        return
    read = {model.title: readings.reading_of(model, text) for model in picked}
    if not any(one.tokens for one in read.values()):
        st.info("There is no word to read yet: type a review.", icon=":material/info:")
        return
    st.markdown(_said(read))
    st.dataframe(_table(read, picked), hide_index=True, column_config=COLUMNS)
    n_words = max(len(one.tokens) for one in read.values())
    drawing.draw(
        drawing.spec(running_verdict_chart, tuple(read), n_words),
        running_verdict_table(read),
        key="compare_so_far",
        alt="The running verdict of each model: "
        + "; ".join(f"{title} ends at {one.probability:.0%}" for title, one in read.items()),
    )
    st.caption(f"Look for words where one curve turns and another does not.{_biased(read, picked)}")


COLUMNS = {
    "positive": st.column_config.ProgressColumn(
        "positive", format="%.0f%%", min_value=0, max_value=100, color="#2A89CC"
    ),
    "parameters": st.column_config.NumberColumn("parameters", format="localized"),
}


def _said(read: dict[str, Reading]) -> str:
    """How far they agree, in a sentence."""
    by = sorted(read.items(), key=lambda item: item[1].probability)
    (low, least), (high, most) = by[0], by[-1]
    if len(by) == 1:
        return f"**{low}** says {in_words(least.probability)}."
    apart = round(100 * most.probability) - round(100 * least.probability)
    sides = len({one.probability >= 0.5 for one in read.values()})
    agree = "They agree" if sides == 1 else "They do not agree"
    return (
        f"**{agree}.** {low} says {least.probability:.0%}, {high} "
        f"{most.probability:.0%}: {apart} points lie between."
    )


def _biased(read: dict[str, Reading], models: tuple[SentimentModel, ...]) -> str:
    """Who takes sides before the first word, and why that may be; "" if nobody does."""
    starts = {model.title: float(read[model.title].running[0]) for model in models}
    sure = [f"{title} says {one:.0%}" for title, one in starts.items() if abs(one - 0.5) > SIDES]
    if not sure:
        return ""
    return (
        f" Before the first word, {' and '.join(sure)}: in training it hardly ever met a text so "
        "short, so nothing taught it to stay undecided."
    )


def _table(read: dict[str, Reading], models: tuple[SentimentModel, ...]) -> pd.DataFrame:
    """One row a model."""
    rows = []
    for model in models:
        one = read[model.title]
        rows.append(
            {
                "model": model.title,
                "verdict": in_words(one.probability) if one.tokens else "–",
                "positive": 100 * one.probability,
                "words": len(one.tokens),
                "unknown": int((~one.known).sum()),
                "parameters": model.n_parameters,
            }
        )
    return pd.DataFrame(rows)
