"""How long each model can tell two texts apart that differ in their first sentence only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.so_far import by_model, names_above
from rnnlab.charts.table import FURNITURE, TABLE

HEIGHT = 240


def forgetting_chart(models: tuple[str, ...], most: int) -> alt.LayerChart | alt.FacetChart:
    """How far apart the verdicts are, by words read since; a colour and a shape for each model.

    The chart of a `forgetting_table`.
    """
    names = list(models)
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "words:Q",
            title="Words of plot after the sentence",
            scale=alt.Scale(domain=[0, most], nice=False),
            axis=alt.Axis(format="d", grid=False),
        ),
        y=alt.Y(
            "apart:Q",
            title="Points between both verdicts",
            scale=alt.Scale(domain=[0, 1], nice=False, clamp=True),
            axis=alt.Axis(labelExpr="round(100 * datum.value)", tickCount=5),
        ),
        color=by_model(names),
        tooltip=[
            alt.Tooltip("model:N", title="Model"),
            alt.Tooltip("words:Q", title="Words after it"),
            alt.Tooltip("apart:Q", title="Between both verdicts", format=".0%"),
        ],
    )
    lines = base.mark_line(strokeWidth=2, clip=True)
    shapes = alt.Scale(domain=names, range=list(roles.SHAPES[: len(names)]))
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        shape=alt.Shape("model:N", scale=shapes, legend=names_above())
    )
    return alt.layer(lines, points).properties(height=HEIGHT + FURNITURE)


def forgetting_table(n_words: Sequence[int], apart: Mapping[str, NDArray[Any]]) -> pd.DataFrame:
    """One row a model and length: model, words, apart."""
    rows = [
        (title, n, float(one))
        for title, differences in apart.items()
        for n, one in zip(n_words, differences, strict=True)
    ]
    return pd.DataFrame(rows, columns=["model", "words", "apart"])
