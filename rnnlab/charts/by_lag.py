"""What pictures by steps back have in common: two bars a lag, the window's reach, the causes."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    Chart,
    by_name,
    dashed,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)

FIRST, NOW = "first weights", "these weights"

HALF = 0.4
"""Width of a bar; two of them stand on one lag."""

STEPS_BACK = "Steps back (0: the input just read)"


def first_and_now(
    first: dict[str, NDArray[Any]], now: dict[str, NDArray[Any]], columns: list[str]
) -> pd.DataFrame:
    """One row a lag and kind of weights: values by lag, and the ends of its bar."""
    tables = []
    for name, values, start in ((FIRST, first, -HALF), (NOW, now, 0.0)):
        lags = np.arange(len(next(iter(values.values()))))
        ends = {"left": lags + start, "right": lags + start + HALF}
        tables.append(pd.DataFrame({"lag": lags, "weights": name, **values, **ends}))
    return pd.concat(tables, ignore_index=True)[columns]


def bars_by_lag(
    y: alt.Y,
    foot: float,
    n_lags: int,
    window: int,
    causes: tuple[int, ...],
    *numbers: tuple[str, str, str],
) -> Chart:
    """Two bars for each lag, from `foot` up: with the first weights, and with these.

    The chart of a `first_and_now` table. Triangles mark the lags of the causes; the grey field
    begins where no window of training reached. `numbers` are lines of the tooltip.
    """
    bars = (
        table_chart()
        .mark_rect(clip=True)
        .encode(
            x=steps_back("left", -0.5, n_lags - 0.5, min(n_lags, 12)),
            x2="right:Q",
            y=y,
            y2=alt.datum(foot),
            color=alt.Color(
                "weights:N",
                scale=by_name({FIRST: roles.BEFORE, NOW: roles.AFTER}),
                legend=legend_above(),
            ),
            tooltip=tooltips(("lag:Q", "Steps back"), ("weights:N", "With"), *numbers),
        )
    )
    return layered(*_out_of_reach(window, n_lags), bars, *_causes(causes), height=300)


def steps_back(field: str, low: float, high: float, n_marks: int) -> alt.X:
    """The axis of lags."""
    return alt.X(
        f"{field}:Q",
        title=STEPS_BACK,
        scale=fixed(low, high),
        axis=alt.Axis(format="d", tickMinStep=1, tickCount=n_marks, grid=False),
    )


def _out_of_reach(window: int, n_lags: int) -> list[alt.Chart]:
    """Where no window of training reached: lags of `window` and more."""
    if window >= n_lags:
        return []
    base = alt.Chart(pd.DataFrame({"left": [window - 0.5], "right": [n_lags - 0.5]}))
    field = base.mark_rect(color=roles.BOUND, opacity=0.15).encode(x="left:Q", x2="right:Q")
    narrow = window > n_lags / 2
    label = base.mark_text(
        align="right" if narrow else "left",
        baseline="top",
        dx=-5 if narrow else 5,
        fontSize=11,
        color=roles.INK,
    )
    text = alt.value("outside the window" + (" →" if narrow else ""))
    edge = dashed(base).encode(x="left:Q")
    return [field, edge, label.encode(x="left:Q", y=alt.value(28), text=text)]


def _causes(causes: tuple[int, ...]) -> list[alt.Chart]:
    if not causes:
        return []
    base = alt.Chart(pd.DataFrame({"left": list(causes)})).encode(x="left:Q", y=alt.value(12))
    marks = base.mark_point(
        shape="triangle-down", filled=True, size=90, color=roles.CAUSE, opacity=1
    ).encode(tooltip=alt.Tooltip("left:Q", title="A cause, steps back"))
    word = base.transform_filter(f"datum.left == {max(causes)}").mark_text(
        align="left", dx=8, fontSize=11, color=roles.INK
    )
    return [marks, word.encode(text=alt.value("cause" if len(causes) == 1 else "causes"))]
