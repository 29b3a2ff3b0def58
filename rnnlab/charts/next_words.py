"""The likeliest next words: what the network says, what is true, and what n-grams say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.table import FURNITURE, TABLE

ROW_HEIGHT = 28
NETWORK, TRUTH, TRIGRAM, BIGRAM = WHO = ("network", "true", "trigram", "bigram")
COLOURS = (roles.PREDICTED, roles.TRUTH, roles.RUNS[1], roles.RUNS[3])
SHAPES = ("square", "stroke", "triangle-up", "diamond")


def next_words_chart(
    words: tuple[str, ...], who: tuple[str, ...], longest: float = 1.0
) -> alt.LayerChart | alt.FacetChart:
    """A line for each word: a bar as long as the network's chance, a mark for what others say.

    The chart of a `next_words_table`; `who` are those that it has, and the axis ends at
    the chance `longest`.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        y=alt.Y(
            "word:N",
            title=None,
            scale=alt.Scale(domain=list(words)),
            axis=alt.Axis(labelFontSize=14, labelOverlap=False, ticks=False, domain=False),
        ),
        x=alt.X(
            "chance:Q",
            title="Chance to come next",
            scale=alt.Scale(domain=[0, longest], nice=False),
            axis=alt.Axis(format=".0%", values=_quarters(longest), gridOpacity=0.5),
        ),
        color=_colour(who),
        tooltip=[
            alt.Tooltip("word:N", title="Word"),
            alt.Tooltip("who:N", title="Who says it"),
            alt.Tooltip("chance:Q", title="Chance", format=".2%"),
        ],
    )
    layers = [
        base.transform_filter(f"datum.who == '{NETWORK}'").mark_bar(height=16, opacity=0.75),
        base.transform_filter(f"datum.who == '{TRUTH}'").mark_tick(
            thickness=4, size=ROW_HEIGHT - 6, opacity=1
        ),
    ]
    for one in (TRIGRAM, BIGRAM):
        shape = SHAPES[WHO.index(one)]
        mark = base.transform_filter(f"datum.who == '{one}'")
        layers.append(mark.mark_point(shape=shape, size=60, strokeWidth=2, opacity=1))
    height = ROW_HEIGHT * len(words) + FURNITURE
    return alt.layer(*layers).properties(height=height)


def next_words_table(
    words: Sequence[str], ids: Sequence[int], chances: Mapping[str, NDArray[np.float64]]
) -> pd.DataFrame:
    """One row a word and one who says its chance: word, who, chance."""
    rows = [
        (word, who, float(said[number]))
        for who, said in chances.items()
        for word, number in zip(words, ids, strict=True)
    ]
    return pd.DataFrame(rows, columns=["word", "who", "chance"])


def _quarters(longest: float) -> list[float]:
    return [k * longest / 4 for k in range(5)]


def _colour(who: tuple[str, ...]) -> alt.Color:
    colours = [COLOURS[WHO.index(one)] for one in who]
    return alt.Color(
        "who:N",
        scale=alt.Scale(domain=list(who), range=colours),
        legend=alt.Legend(title=None, orient="top", symbolType="square", columns=4),
    )
