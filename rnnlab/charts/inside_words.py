"""Inside a model of words: the one-hot word, its row of numbers, and the state word by word."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.shades import around_zero
from rnnlab.charts.table import TABLE

CELL, LEGEND, AXIS = 22, 70, 60
STRIP = 36


def one_hot_chart(vocabulary: int, word: str, number: int) -> alt.LayerChart | alt.FacetChart:
    """A strip with a cell for each number of the dictionary, of which one is 1.

    The chart of a `one_hot_table`.
    """
    x = alt.X(
        "left:Q",
        title=f"{vocabulary:,} numbers: all 0, but number {number} is 1",
        scale=alt.Scale(domain=[0, vocabulary], nice=False),
        axis=alt.Axis(format="d", grid=False),
    )
    base = alt.Chart(alt.NamedData(TABLE)).encode(x=x)
    cells = base.mark_rect(color=roles.INPUT, stroke=roles.INPUT).encode(
        x2="right:Q",
        opacity=alt.condition("datum.value > 0", alt.value(1), alt.value(0.15)),
        tooltip=[alt.Tooltip("number:Q"), alt.Tooltip("value:Q")],
    )
    on_the_left = number > vocabulary / 2
    label = (
        base.transform_filter("datum.value > 0")
        .mark_text(
            align="right" if on_the_left else "left",
            dx=-6 if on_the_left else 14,
            fontSize=13,
            color=roles.INK,
        )
        .encode(text=alt.value(f"{word} = {number}"))
    )
    return alt.layer(cells, label).properties(height=STRIP + AXIS)


def one_hot_table(vocabulary: int, number: int) -> pd.DataFrame:
    """One row a stretch of equal numbers: left, right, number, value."""
    edges = [(0, number, 0), (number, number + 1, 1), (number + 1, vocabulary, 0)]
    rows = [(left, right, left, value) for left, right, value in edges if right > left]
    return pd.DataFrame(rows, columns=["left", "right", "number", "value"])


def numbers_chart(n_numbers: int, limit: float, title: str) -> alt.LayerChart | alt.FacetChart:
    """Some numbers side by side, as bars up and down; the chart of a `numbers_table`."""
    bars = (
        alt.Chart(alt.NamedData(TABLE))
        .mark_bar()
        .encode(
            x=alt.X(
                "place:O",
                title=title,
                scale=alt.Scale(domain=list(range(1, n_numbers + 1))),
                axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False),
            ),
            y=alt.Y(
                "value:Q",
                title=None,
                scale=alt.Scale(domain=[-limit, limit], nice=False),
                axis=alt.Axis(tickCount=3),
            ),
            color=alt.condition(
                "datum.value > 0", alt.value(roles.POSITIVE), alt.value(roles.NEGATIVE)
            ),
            tooltip=[alt.Tooltip("place:O"), alt.Tooltip("value:Q", format=".4f")],
        )
    )
    return alt.layer(bars).properties(height=90 + AXIS)


def numbers_table(values: NDArray[np.floating]) -> pd.DataFrame:
    """One row a number: place (from 1), value."""
    return pd.DataFrame({"place": np.arange(1, len(values) + 1), "value": values.astype(float)})


def word_states_chart(words: tuple[str, ...], n_units: int) -> alt.LayerChart | alt.FacetChart:
    """A column for each unit and a line for each word, as shades from -1 to 1.

    The chart of a `word_states_table`; the word that is looked at has a frame.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "unit:O",
            title="Unit",
            scale=alt.Scale(domain=list(range(1, n_units + 1))),
            axis=alt.Axis(labelOverlap=True, labelAngle=0, ticks=False),
        ),
        y=alt.Y(
            "place:O",
            title=None,
            scale=alt.Scale(domain=list(range(len(words)))),
            axis=alt.Axis(
                labelExpr=f"{list(words)}[datum.value]",
                labelFontSize=13,
                labelOverlap=False,
                ticks=False,
            ),
        ),
        tooltip=[
            alt.Tooltip("word:N", title="After"),
            alt.Tooltip("unit:O", title="Unit"),
            alt.Tooltip("value:Q", title="State", format=".3f"),
        ],
    )
    cells = base.mark_rect().encode(color=around_zero(1.0, "State"))
    mark = base.transform_filter("datum.here && datum.unit == 1").mark_tick(
        color=roles.INK, thickness=4, orient="vertical", xOffset=-8
    )
    return alt.layer(cells, mark).properties(height=CELL * len(words) + LEGEND + AXIS)


def word_states_table(
    words: Sequence[str], states: NDArray[np.floating], here: int
) -> pd.DataFrame:
    """One row a cell of states (words, units): place, word, unit (from 1), value, here."""
    place, unit = np.indices(states.shape).reshape(2, -1)
    return pd.DataFrame(
        {
            "place": place,
            "word": np.array(list(words), object)[place],
            "unit": unit + 1,
            "value": states.ravel().astype(float),
            "here": place == here,
        }
    )
