"""What models of sentiment make of one text: word by word, word left out, and long forgotten."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    FURNITURE,
    Chart,
    at_one_half,
    by_name,
    fixed,
    in_turn,
    layered,
    legend_above,
    lines_by,
    table_chart,
    tooltips,
)
from rnnlab.sentiment.reading import Importance, RunningVerdict

HEIGHT = 240

WORDS_SHOWN = 8
ROW = 26
LONGEST = 18
"""Characters of a word that are shown."""
LONGEST_TITLE = 260
"""Pixels of a model's title in a legend."""

MORE, LESS = "more positive", "less positive"


def running_verdict_chart(models: tuple[str, ...], n_words: int) -> Chart:
    """Probability by word, a line for each model: its own colour and dashes.

    The chart of a `running_verdict_table`.
    """
    lines = lines_by("model", models, labelLimit=LONGEST_TITLE).encode(
        x=alt.X(
            "word:Q",
            title="Words read",
            scale=fixed(0, max(n_words, 1)),
            axis=alt.Axis(format="d", tickMinStep=1, grid=False),
        ),
        y=alt.Y(
            "probability:Q",
            title="Probability that it is positive",
            scale=fixed(0, 1),
            axis=alt.Axis(format="%", tickCount=5),
        ),
        tooltip=tooltips(
            ("model:N", "Model"),
            ("text:N", "Word"),
            ("probability:Q", "Positive, so far", ".0%"),
        ),
    )
    return layered(at_one_half(), lines, height=HEIGHT + FURNITURE)


def running_verdict_table(readings: Mapping[str, RunningVerdict]) -> pd.DataFrame:
    """One row a word and model: model, word, text, probability.

    Words are counted from the first that any model read.
    """
    longest = max((len(reading.spans) for reading in readings.values()), default=0)
    tables = [
        pd.DataFrame(
            {
                "model": title,
                "word": np.arange(longest - len(reading.spans), longest + 1),
                "text": ["before the first", *reading.words],
                "probability": reading.probabilities,
            }
        )
        for title, reading in readings.items()
    ]
    empty = pd.DataFrame(columns=["model", "word", "text", "probability"])
    return pd.concat(tables, ignore_index=True) if tables else empty


def left_out_chart(n_rows: int, limit: float) -> Chart:
    """A bar for each word, to the right if it makes the text more positive, to the left if less.

    The chart of a `left_out_table` of `n_rows` rows; the axis ends at `limit` points.
    """
    base = table_chart().encode(
        y=alt.Y("label:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X(
            "points:Q",
            title="What the word adds, in percentage points",
            scale=fixed(-limit, limit),
            axis=alt.Axis(labelExpr="datum.value ? format(datum.value, '+d') : '0'", tickCount=5),
        ),
        tooltip=tooltips(
            ("label:N", "Word"),
            ("without:Q", "Positive without it", ".0%"),
            ("points:Q", "What it adds", "+.1f"),
        ),
    )
    colours = by_name({MORE: roles.POSITIVE, LESS: roles.NEGATIVE})
    bars = base.mark_bar(cornerRadius=2).encode(
        color=alt.Color("effect:N", scale=colours, legend=legend_above()), opacity=alt.value(0.8)
    )
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule()
    zero = zero.encode(x="zero:Q", color=alt.value(roles.BOUND))
    return layered(bars, zero, height=ROW * max(n_rows, 1) + FURNITURE)


def left_out_table(importance: Importance) -> pd.DataFrame:
    """One row for each of the words that matter most: label, points, without, effect."""
    rows = [
        (
            f"{_shortened(word.word)} ({word.index + 1})",
            points := 100 * (importance.probability - word.probability),
            word.probability,
            MORE if points >= 0 else LESS,
        )
        for word in importance.words[:WORDS_SHOWN]
    ]
    return pd.DataFrame(rows, columns=["label", "points", "without", "effect"])


def left_out_limit(table: pd.DataFrame) -> int:
    """Where the axis ends: a round number of points that holds every bar, so it rarely moves."""
    longest = float(table["points"].abs().max()) if len(table) else 0.0
    return next((end for end in (5, 10, 25, 50) if longest <= end), 10 * math.ceil(longest / 10))


def forgetting_chart(models: tuple[str, ...], n_words: int) -> Chart:
    """How far apart the verdicts on two texts are that differ in their first sentence only.

    By words read since, a colour and a shape for each model; the chart of a `forgetting_table`.
    """
    legend = legend_above(columns=2, labelLimit=LONGEST_TITLE)
    base = table_chart().encode(
        x=alt.X(
            "words:Q",
            title="Words of plot after the sentence",
            scale=fixed(0, n_words),
            axis=alt.Axis(format="d", grid=False),
        ),
        y=alt.Y(
            "difference:Q",
            title="Points between both verdicts",
            scale=fixed(0, 1, clamp=True),
            axis=alt.Axis(labelExpr="round(100 * datum.value)", tickCount=5),
        ),
        color=alt.Color("model:N", scale=in_turn(models, roles.RUNS), legend=legend),
        tooltip=tooltips(
            ("model:N", "Model"),
            ("words:Q", "Words after it"),
            ("difference:Q", "Between both verdicts", ".0%"),
        ),
    )
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        shape=alt.Shape("model:N", scale=in_turn(models, roles.SHAPES), legend=legend)
    )
    lines = base.mark_line(strokeWidth=2, clip=True)
    return layered(lines, points, height=HEIGHT + FURNITURE)


def forgetting_table(
    n_words: Sequence[int], differences: Mapping[str, NDArray[Any]]
) -> pd.DataFrame:
    """One row a model and length: model, words, difference."""
    rows = [
        (title, n, float(difference))
        for title, of_model in differences.items()
        for n, difference in zip(n_words, of_model, strict=True)
    ]
    return pd.DataFrame(rows, columns=["model", "words", "difference"])


def _shortened(word: str) -> str:
    return word if len(word) <= LONGEST else word[: LONGEST - 1] + "…"
