"""The loss while a network trains, beside the losses that theory knows."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from rnnlab.bounds import Bounds
from rnnlab.charts import roles
from rnnlab.charts.table import TABLE

LOWEST = {True: 1e-4, False: 1e-6}
"""Lower end of a logarithmic axis, as a share of its upper end: for bits, and for numbers."""

SAME_LABEL = 0.045
"""Lines nearer than this share of the axis have one label."""

MOST_EPOCH_MARKS = 20

TOOLTIP = [
    alt.Tooltip("update:Q", title="Update", format=","),
    alt.Tooltip("epoch:Q", title="Epoch"),
    alt.Tooltip("loss:Q", title="Loss", format=".4~g"),
    alt.Tooltip("low:Q", title="Lowest", format=".4~g"),
    alt.Tooltip("high:Q", title="Highest", format=".4~g"),
    alt.Tooltip("accuracy:Q", title="Right guesses", format=".1%"),
    alt.Tooltip("rate:Q", title="Learning rate", format="~g"),
]


def loss_curve(
    bounds: Bounds, updates_per_epoch: int, epochs: int, *, log: bool = False
) -> alt.LayerChart | alt.FacetChart:
    """Loss by update over the first `epochs` epochs, with fixed axes from the start.

    The chart of a `run_table`, which is put in where it is drawn: so a growing table changes rows
    and nothing else. A loss below a logarithmic axis is drawn at its lower end; its tooltip has
    the true number.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(x=_x(updates_per_epoch, epochs))
    for name in ("loss", "low", "high"):
        lifted = f"max(datum.{name}, {_bottom(bounds, log=log)})"
        base = base.transform_calculate(**{f"{name}_drawn": lifted})
    y = y_axis(bounds, "loss_drawn", log=log)
    band = base.mark_area(color=roles.LOSS, opacity=0.25, clip=True).encode(
        y=y_axis(bounds, "low_drawn", log=log), y2="high_drawn:Q"
    )
    curve = base.mark_line(color=roles.LOSS, strokeWidth=2, clip=True).encode(y=y, tooltip=TOOLTIP)
    newest = (
        base.transform_joinaggregate(newest="max(update)")
        .transform_filter("datum.update == datum.newest")
        .mark_point(color=roles.LOSS, filled=True, size=50, opacity=1, clip=True)
        .encode(y=y)
    )
    lines = bound_layers(bounds, log=log)
    return alt.layer(*lines, band, *_turned(base), curve, newest).properties(height=340)


def y_axis(bounds: Bounds, column: str, *, log: bool) -> alt.Y:
    """The axis of the loss, the same for every run with these bounds."""
    return alt.Y(
        f"{column}:Q",
        title="Loss (nats a prediction)" if bounds.bits else "Loss (mean squared error)",
        scale=alt.Scale(
            type="log" if log else "linear",
            domain=[_bottom(bounds, log=log), bounds.top],
            nice=False,
        ),
        axis=alt.Axis(format="~g", tickCount=6 if log else 8, grid=False),
    )


def bound_layers(bounds: Bounds, *, log: bool) -> tuple[alt.Chart, alt.Chart]:
    """The dashed lines of theory, and their labels."""
    base = alt.Chart(_lines(bounds, log=log)).encode(y="loss:Q")
    rules = base.mark_rule(color=roles.BOUND, strokeDash=[6, 4], strokeWidth=1.5, clip=True)
    labels = (
        base.transform_filter("datum.label != ''")
        .mark_text(align="right", baseline="bottom", dx=-4, dy=-3, fontSize=12, color=roles.INK)
        .encode(x=alt.value("width"), text="label:N")
    )
    return rules, labels


def _turned(base: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Where the learning rate was turned, and to what."""
    here = base.transform_filter("isValid(datum.turned)")
    line = here.mark_rule(color=roles.INK, strokeDash=[2, 3], opacity=0.7)
    label = here.mark_text(align="left", baseline="top", dx=4, fontSize=12, color=roles.INK).encode(
        text=alt.Text("said:N"), y=alt.value(2)
    )
    return line, label.transform_calculate(said="'rate ' + format(datum.turned, '~g')")


def _x(updates_per_epoch: int, epochs: int) -> alt.X:
    n_updates = updates_per_epoch * epochs
    by_update = epochs == 1 or updates_per_epoch == 1
    return alt.X(
        "update:Q",
        title="Update" if by_update else f"Epoch (of {updates_per_epoch:,} updates)",
        scale=alt.Scale(domain=[0, n_updates], nice=False),
        axis=alt.Axis(format="d") if by_update else _epoch_axis(updates_per_epoch, epochs),
    )


def _epoch_axis(updates_per_epoch: int, epochs: int) -> alt.Axis:
    steps = (k * 10**power for power in range(5) for k in (1, 2, 5))
    every = next(k for k in steps if epochs / k <= MOST_EPOCH_MARKS)
    return alt.Axis(
        values=[epoch * updates_per_epoch for epoch in range(0, epochs + 1, every)],
        labelExpr=f"format(datum.value / {updates_per_epoch}, 'd')",
        labelOverlap=True,
        gridOpacity=0.6,
    )


def _lines(bounds: Bounds, *, log: bool) -> pd.DataFrame:
    """One row a line, from the top; lines that nearly coincide share the label of the highest.

    A line below a logarithmic axis is drawn at its lower end; its label has the true number.
    """
    bottom = _bottom(bounds, log=log)
    values = [max(loss, bottom) for _, loss in bounds.lines]
    labels = [f"{label}: {_digits(loss, bits=bounds.bits)}" for label, loss in bounds.lines]
    places = [_place(value, bottom, bounds.top) for value in values]
    for lower in range(len(values) - 1, 0, -1):
        if places[lower - 1] - places[lower] < SAME_LABEL:
            labels[lower - 1] += f" · {labels[lower]}"
            labels[lower] = ""
    return pd.DataFrame({"loss": values, "label": labels})


def _place(value: float, bottom: float, top: float) -> float:
    """How far up the axis, from 0 to 1; the axis is logarithmic unless it begins at 0."""
    if bottom == 0.0:
        return value / top
    return math.log(value / bottom) / math.log(top / bottom)


def _digits(loss: float, *, bits: bool) -> str:
    return f"{loss:.4f}" if bits else f"{loss:.3g}"


def _bottom(bounds: Bounds, *, log: bool) -> float:
    return bounds.top * LOWEST[bounds.bits] if log else 0.0
