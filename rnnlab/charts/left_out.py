"""The words that mattered most: how far the verdict moves if each is left out."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import FURNITURE, TABLE
from rnnlab.sentiment.leaving_out import Importance

SHOWN = 8
ROW = 26
LONGEST = 18
"""Characters of a word that are shown."""


def left_out_chart(n_rows: int, most: int) -> alt.LayerChart | alt.FacetChart:
    """A bar for each word, to the right if it makes the text more positive, to the left if less.

    The chart of a `left_out_table` with so many rows; the axis ends at `most` points.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        y=alt.Y("label:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X(
            "points:Q",
            title="What the word adds, in percentage points",
            scale=alt.Scale(domain=[-most, most], nice=False),
            axis=alt.Axis(labelExpr="datum.value ? format(datum.value, '+d') : '0'", tickCount=5),
        ),
        tooltip=[
            alt.Tooltip("label:N", title="Word"),
            alt.Tooltip("without:Q", title="Positive without it", format=".0%"),
            alt.Tooltip("points:Q", title="What it adds", format="+.1f"),
        ],
    )
    ends = alt.Scale(domain=["more positive", "less positive"], range=[*COLOURS])
    legend = alt.Legend(orient="top", title=None)
    bars = base.mark_bar(cornerRadius=2).encode(
        color=alt.Color("way:N", scale=ends, legend=legend),
        opacity=alt.value(0.8),
    )
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule()
    return alt.layer(bars, zero.encode(x="zero:Q", color=alt.value(roles.BOUND))).properties(
        height=ROW * max(n_rows, 1) + FURNITURE
    )


COLOURS = (roles.POSITIVE, roles.NEGATIVE)


def left_out_table(importance: Importance) -> pd.DataFrame:
    """One row for each of the words that matter most: label, points, without, way."""
    rows = [
        (
            f"{_short(one.word)} ({one.place + 1})",
            100 * (importance.probability - one.without),
            one.without,
        )
        for one in importance.words[:SHOWN]
    ]
    table = pd.DataFrame(rows, columns=["label", "points", "without"])
    return table.assign(
        way=["more positive" if one >= 0 else "less positive" for one in table["points"]]
    )


def left_out_domain(table: pd.DataFrame) -> int:
    """Where the axis ends: a round number of points that holds every bar, so it rarely moves."""
    most = float(table["points"].abs().max()) if len(table) else 0.0
    return next((end for end in (5, 10, 25, 50) if most <= end), 10 * math.ceil(most / 10))


def _short(word: str) -> str:
    return word if len(word) <= LONGEST else word[: LONGEST - 1] + "…"
