"""The verdict of several models on one text, after each of its words."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.roles import DASHES
from rnnlab.charts.table import FURNITURE, TABLE
from rnnlab.sentiment.reading import Reading

HEIGHT = 240
COLUMNS = ["model", "word", "said", "probability"]


def so_far_chart(models: tuple[str, ...], n_words: int) -> alt.LayerChart | alt.FacetChart:
    """Probability by word, a line for each model: its own colour and dashes.

    The chart of a `so_far_table`.
    """
    names = list(models)
    lines = (
        alt.Chart(alt.NamedData(TABLE))
        .mark_line(strokeWidth=2, interpolate="linear")
        .encode(
            x=alt.X(
                "word:Q",
                title="Words read",
                scale=alt.Scale(domain=[0, max(n_words, 1)], nice=False),
                axis=alt.Axis(format="d", tickMinStep=1, grid=False),
            ),
            y=likely("Probability that it is positive"),
            color=by_model(names),
            strokeDash=alt.StrokeDash(
                "model:N",
                scale=alt.Scale(domain=names, range=[list(one) for one in DASHES[: len(names)]]),
                legend=names_above(),
            ),
            tooltip=[
                alt.Tooltip("model:N", title="Model"),
                alt.Tooltip("said:N", title="Word"),
                alt.Tooltip("probability:Q", title="Positive, so far", format=".0%"),
            ],
        )
    )
    return alt.layer(even_chances(), lines).properties(height=HEIGHT + FURNITURE)


def so_far_table(readings: Mapping[str, Reading]) -> pd.DataFrame:
    """One row a word and model, words counted from the first that any model read."""
    most = max((len(one.tokens) for one in readings.values()), default=0)
    tables = [
        pd.DataFrame(
            {
                "model": title,
                "word": np.arange(most - len(one.tokens), most + 1),
                "said": ["before the first", *one.words],
                "probability": one.running,
            }
        )
        for title, one in readings.items()
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)


def likely(title: str) -> alt.Y:
    """The axis of a probability, always whole."""
    return alt.Y(
        "probability:Q",
        title=title,
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(format="%", tickCount=5),
    )


def even_chances() -> alt.Chart:
    """A dashed line where nothing is known."""
    line = alt.Chart(alt.InlineData(values=[{"even": 0.5}])).mark_rule(strokeDash=[4, 4])
    drawn: alt.Chart = line.encode(y="even:Q", color=alt.value(roles.BOUND))
    return drawn


def by_model(names: list[str]) -> alt.Color:
    """A colour for each model, with a legend."""
    scale = alt.Scale(domain=names, range=list(roles.RUNS[: len(names)]))
    return alt.Color("model:N", scale=scale, legend=names_above())


def names_above() -> alt.Legend:
    """The legend of models: the same for colours, dashes and shapes, so that they become one."""
    return alt.Legend(orient="top", title=None, columns=2, labelLimit=260)
