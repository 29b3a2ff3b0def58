"""The words in two dimensions: those that stand for numbers alike lie together."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE

CHOSEN, NEAR, OTHER = KINDS = ("your word", "nearest to it", "others")
SCALE = alt.Scale(nice=False, zero=False, padding=40)
AXIS = alt.Axis(labels=False, ticks=False, gridOpacity=0.3)
COLOURS = (roles.TARGET, roles.INPUT, roles.TRUTH)


def word_map_chart(share: tuple[float, float]) -> alt.LayerChart | alt.FacetChart:
    """Each word at its place; the chart of a `word_map_table`.

    `share` is how much of all differences each direction shows.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "x:Q",
            title=f"First direction ({share[0]:.0%} of the differences)",
            scale=SCALE,
            axis=AXIS,
        ),
        y=alt.Y("y:Q", title=f"Second direction ({share[1]:.0%})", scale=SCALE, axis=AXIS),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=list(KINDS), range=list(COLOURS)),
            legend=alt.Legend(title=None, orient="top"),
        ),
        tooltip=[
            alt.Tooltip("word:N", title="Word"),
            alt.Tooltip("number:Q", title="Number"),
            alt.Tooltip("count:Q", title="Times read", format=","),
        ],
    )
    points = base.mark_point(filled=True, size=30, opacity=0.9)
    words = base.mark_text(align="left", dx=6, fontSize=12).encode(
        text="word:N",
        color=alt.value(roles.INK),
        opacity=alt.condition(f"datum.kind == '{OTHER}'", alt.value(0.75), alt.value(1)),
    )
    return alt.layer(points, words).properties(height=560)


def word_map_table(
    words: Sequence[str],
    numbers: Sequence[int],
    counts: Sequence[int],
    places: NDArray[np.float64],
    chosen: int,
    near: Collection[int],
) -> pd.DataFrame:
    """One row a word: word, number, count, x, y, kind."""
    kinds = [CHOSEN if one == chosen else NEAR if one in near else OTHER for one in numbers]
    return pd.DataFrame(
        {
            "word": list(words),
            "number": list(numbers),
            "count": list(counts),
            "x": places[:, 0],
            "y": places[:, 1],
            "kind": kinds,
        }
    )
