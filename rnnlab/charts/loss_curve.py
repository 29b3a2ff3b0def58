"""The loss while a network trains, beside the losses that theory knows."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rnnlab.bounds import Bounds
from rnnlab.charts import roles
from rnnlab.charts.table import TABLE

TOP = 0.8
"""Upper end of the axis in nats: a little above the ln 2 of knowing nothing."""

SAME_LABEL = 0.03
MOST_EPOCH_MARKS = 20

TOOLTIP = [
    alt.Tooltip("update:Q", title="Update", format=","),
    alt.Tooltip("epoch:Q", title="Epoch"),
    alt.Tooltip("loss:Q", title="Loss (nats)", format=".4f"),
    alt.Tooltip("peak:Q", title="Worst update", format=".4f"),
    alt.Tooltip("accuracy:Q", title="Right guesses", format=".1%"),
]


def loss_curve(
    bounds: Bounds, updates_per_epoch: int, epochs: int
) -> alt.LayerChart | alt.FacetChart:
    """Loss (nats) by update over the first `epochs` epochs, with fixed axes from the start.

    The chart of a `run_table`, which is put in where it is drawn: so a growing table changes rows
    and nothing else.
    """
    n_updates = updates_per_epoch * epochs
    x = alt.X(
        "update:Q",
        title="Update" if epochs == 1 else f"Epoch (of {updates_per_epoch:,} updates)",
        scale=alt.Scale(domain=[0, n_updates], nice=False),
        axis=alt.Axis(format="d") if epochs == 1 else _epoch_axis(updates_per_epoch, epochs),
    )
    y = alt.Y(
        "loss:Q",
        title="Loss (nats a prediction)",
        scale=alt.Scale(domain=[0, TOP], nice=False),
        axis=alt.Axis(format=".1f", tickCount=8, grid=False),
    )
    base = alt.Chart(alt.NamedData(TABLE)).encode(x=x)
    peaks = base.mark_area(color=roles.LOSS, opacity=0.25, clip=True).encode(y=y, y2="peak:Q")
    curve = base.mark_line(color=roles.LOSS, strokeWidth=2, clip=True).encode(
        y=y,
        tooltip=TOOLTIP,
    )
    newest = (
        base.transform_joinaggregate(newest="max(update)")
        .transform_filter("datum.update == datum.newest")
        .mark_point(color=roles.LOSS, filled=True, size=50, opacity=1, clip=True)
        .encode(y=y)
    )
    rules, labels = _bound_layers(bounds)
    return alt.layer(rules, peaks, curve, newest, labels).properties(height=340)


def _bound_layers(bounds: Bounds) -> tuple[alt.Chart, alt.Chart]:
    """The dashed lines of theory, and their labels."""
    base = alt.Chart(_lines(bounds)).encode(y="loss:Q")
    rules = base.mark_rule(color=roles.BOUND, strokeDash=[6, 4], strokeWidth=1.5)
    labels = (
        base.transform_filter("datum.label != ''")
        .mark_text(align="right", baseline="bottom", dx=-4, dy=-3, fontSize=12, color=roles.INK)
        .encode(x=alt.value("width"), text="label:N")
    )
    return rules, labels


def _epoch_axis(updates_per_epoch: int, epochs: int) -> alt.Axis:
    every = next(k for k in (1, 2, 5, 10, 20, 50) if epochs / k <= MOST_EPOCH_MARKS)
    return alt.Axis(
        values=[epoch * updates_per_epoch for epoch in range(0, epochs + 1, every)],
        labelExpr=f"format(datum.value / {updates_per_epoch}, 'd')",
        labelOverlap=True,
        gridOpacity=0.6,
    )


def _lines(bounds: Bounds) -> pd.DataFrame:
    """One row a line, from the top; lines that nearly coincide share the label of the highest."""
    values = [bounds.nothing, bounds.window, bounds.best]
    labels = [
        f"{name}: {value:.4f}"
        for name, value in zip(
            ("knows nothing", "sees only this window", "best possible"), values, strict=True
        )
    ]
    for lower in (2, 1):
        if values[lower - 1] - values[lower] < SAME_LABEL:
            labels[lower - 1] += f" · {labels[lower]}"
            labels[lower] = ""
    return pd.DataFrame({"loss": values, "label": labels})
