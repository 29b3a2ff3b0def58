"""The chances that a network says, beside those that the rule gives."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.insight.chances import Chances

COLUMNS = ["past", "truth", "shown", "predicted", "low", "high", "count", "excess"]

APART = 0.025
MOST_LABELS = 8
ROOM = 0.08


def chances_chart(n_contexts: int) -> alt.LayerChart | alt.FacetChart:
    """A point for each context: across, its true chance; up, what the network says.

    The chart of a `chances_table`. The bar through a point holds nine in ten of its steps. On the
    diagonal both agree. Contexts with the same chance stand beside each other.
    """
    domain = [-ROOM, 1 + ROOM]
    axis = alt.Axis(format=".2~f", values=[0, 0.25, 0.5, 0.75, 1], grid=True, gridOpacity=0.5)
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "shown:Q",
            title="True chance of a 1",
            scale=alt.Scale(domain=domain, nice=False),
            axis=axis,
        ),
        y=alt.Y(
            "predicted:Q",
            title="Predicted chance of a 1",
            scale=alt.Scale(domain=domain, nice=False),
            axis=axis,
        ),
        tooltip=[
            alt.Tooltip("past:N", title="What came before"),
            alt.Tooltip("truth:Q", title="True chance", format=".4~f"),
            alt.Tooltip("predicted:Q", title="Predicted, mean", format=".4f"),
            alt.Tooltip("low:Q", title="5 % lie below", format=".4f"),
            alt.Tooltip("high:Q", title="5 % lie above", format=".4f"),
            alt.Tooltip("count:Q", title="Steps", format=","),
            alt.Tooltip("excess:Q", title="Too much (nats a step)", format=".4f"),
        ],
    )
    spread = base.mark_rule(color=roles.PREDICTED, strokeWidth=3, opacity=0.4).encode(
        y="low:Q", y2="high:Q"
    )
    points = base.mark_point(color=roles.PREDICTED, filled=True, size=90, opacity=1)
    layers = [_diagonal(), spread, points]
    if n_contexts <= MOST_LABELS:
        layers += _labels(base)
    return alt.layer(*layers).properties(height=340)


def chances_table(known: Chances) -> pd.DataFrame:
    """One row a context; `shown` is its true chance, moved a little apart from its equals.

    Chances lie between 0 and 1; `excess` is in nats a step, `count` are steps.
    """
    rows = [
        (
            " ".join(map(str, one.past)) or "any",
            one.truth,
            one.truth,
            one.predicted,
            one.low,
            one.high,
            one.count,
            one.excess,
        )
        for one in known.contexts
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    equals = table.groupby(table["truth"].round(6))["truth"]
    table["shown"] += APART * (equals.cumcount() - (equals.transform("size") - 1) / 2)
    return table


def _diagonal() -> alt.Chart:
    ends = pd.DataFrame({"shown": [0.0, 1.0], "predicted": [0.0, 1.0]})
    line: alt.Chart = (
        alt.Chart(ends)
        .mark_line(color=roles.BOUND, strokeDash=[6, 4], strokeWidth=1.5)
        .encode(x="shown:Q", y="predicted:Q")
    )
    return line


def _labels(base: alt.Chart) -> list[alt.Chart]:
    """What came before, on the side of the point where there is room."""
    on_the_left = "datum.shown < datum.truth || datum.truth > 0.9"
    words = base.encode(text="past:N")
    left = words.mark_text(align="right", dx=-9, fontSize=12, color=roles.INK)
    right = words.mark_text(align="left", dx=9, fontSize=12, color=roles.INK)
    return [left.transform_filter(on_the_left), right.transform_filter(f"!({on_the_left})")]
