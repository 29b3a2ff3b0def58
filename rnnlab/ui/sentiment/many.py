"""Many texts: paste lines or upload a table, see every verdict, and how good they are."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import cast

import pandas as pd
import streamlit as st

from rnnlab.sentiment.judging import in_words, probabilities
from rnnlab.sentiment.many import Judged, judge_many
from rnnlab.sentiment.model import SentimentModel
from rnnlab.sentiment.texts import Texts
from rnnlab.sentiment.verdicts_csv import verdicts_csv
from rnnlab.ui.sentiment import many_given, many_labels, readings

TITLE = "Many texts"
ICON = ":material/table_rows:"

JUDGED = "many_judged"
"""Where the session keeps the last verdicts, and what was judged by which weights."""


@st.fragment
def draw() -> None:
    """The ways to give texts, and what is said of them."""
    texts = many_given.texts()
    model = readings.choose_model()
    if texts is None or model is None:
        return
    judged = _judged(texts, model)
    _verdicts(judged, model)
    many_labels.draw(judged)


def _judged(texts: Texts, model: SentimentModel) -> tuple[Judged, ...]:
    """What the model says of each text, in their order; only once, and the bar shows how far."""
    known, weights = st.session_state.get(JUDGED), model.readers[0].weights
    if known is not None and known[0] is weights and known[1] == texts:
        return cast("tuple[Judged, ...]", known[2])
    found: dict[int, Judged] = {}
    bar = st.progress(0.0, _how_far(0, len(texts)))
    for some in judge_many(texts, partial(probabilities, model), model.vocabulary):
        found |= some
        bar.progress(len(found) / len(texts), _how_far(len(found), len(texts)))
    bar.empty()
    judged = tuple(found[place] for place in range(len(texts)))
    st.session_state[JUDGED] = (weights, texts, judged)
    return judged


def _how_far(done: int, n: int) -> str:
    return f"{done:,} of {n:,} texts judged"


def _verdicts(judged: tuple[Judged, ...], model: SentimentModel) -> None:
    """What there is in a sentence, the table, and the file."""
    st.markdown(_said(judged, model))
    st.dataframe(
        _table(judged),
        hide_index=True,
        column_config={
            "positive": st.column_config.ProgressColumn(
                "positive", format="%.0f%%", min_value=0, max_value=100, width=110
            ),
            "verdict": st.column_config.TextColumn("verdict", width=125),
            "text": st.column_config.TextColumn("text", width="large"),
            "unknown words": st.column_config.NumberColumn("unknown words", format="%.0f%%"),
        },
    )
    st.caption(
        "Click on a column's head to sort: the texts around 50 % are those on which the model "
        "cannot decide, and the more words of a text it does not know, the more it guesses."
    )
    st.download_button(
        f"These {len(judged):,} verdicts (CSV)" if len(judged) > 1 else "This verdict (CSV)",
        lambda: verdicts_csv(judged),
        "verdicts.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _said(judged: tuple[Judged, ...], model: SentimentModel) -> str:
    n_positive = sum(one.verdict for one in judged)
    kinds = Counter(in_words(one.probability) for one in sorted(judged, key=_probability))
    told = ", ".join(f"{n:,} {kind}" for kind, n in reversed(kinds.items()))
    said = [
        f"**{len(judged):,} texts, {n_positive:,} more likely positive than negative**: {told}."
    ]
    if len(judged) == 1:
        said = [f"**One text, {told.removeprefix('1 ')}.**"]
    long = sum(one.n_words > model.most_words for one in judged)
    if long:
        are, them = ("is", "it") if long == 1 else ("are", "them")
        said.append(
            f"{long:,} {are} longer than the {model.most_words:,} words that this model reads: of "
            f"{them}, it read the end only."
        )
    wordless = sum(not one.n_words for one in judged)
    if wordless:
        said.append(
            f"{wordless:,} hold{'s' * (wordless == 1)} no word at all, so nothing was read there."
        )
    return " ".join(said)


def _probability(one: Judged) -> float:
    return one.probability


def _table(judged: tuple[Judged, ...]) -> pd.DataFrame:
    """One row a text, in their order; with labels, if there are any."""
    columns: dict[str, list[object]] = {
        "positive": [100 * one.probability for one in judged],
        "verdict": [in_words(one.probability) for one in judged],
        "text": [one.text for one in judged],
    }
    if any(one.label is not None for one in judged):
        columns["label"] = [LABELS[one.label] for one in judged]
        columns["right"] = [RIGHT[one.right] for one in judged]
    columns["unknown words"] = [one.unknown and 100 * one.unknown for one in judged]
    return pd.DataFrame(columns)


LABELS = {None: "", 0: "negative", 1: "positive"}
RIGHT = {None: "", True: "✓", False: "✗"}
