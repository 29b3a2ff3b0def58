"""The loss while a network trains, beside the losses that theory knows, and what is read off it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.bounds import Bounds
from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, dashed, fixed, layered, table_chart, tooltips
from rnnlab.progress import TrainingProgress

LOWEST = {True: 1e-4, False: 1e-6}
"""Lower end of a logarithmic axis, as a share of its upper end: for bits, and for numbers."""

SAME_LABEL = 0.045
"""Lines nearer than this share of the axis have one label."""

MOST_EPOCH_MARKS = 20

COLUMNS = ["update", "epoch", "loss", "low", "high", "accuracy", "rate", "new_rate"]


class EpochMeans(NamedTuple):
    """Means over an epoch: the loss of each network and of all, accuracy as a share, or None."""

    loss: float
    accuracy: float | None
    losses: tuple[float, ...]


def loss_curve(bounds: Bounds, updates_per_epoch: int, epochs: int, *, log: bool = False) -> Chart:
    """Loss by update over the first `epochs` epochs, with fixed axes from the start.

    The chart of a `run_table`, which is put in where it is drawn: so a growing table changes rows
    and nothing else. A loss below a logarithmic axis is drawn at its lower end; its tooltip has
    the true number.
    """
    base = table_chart().encode(x=_updates(updates_per_epoch, epochs))
    for name in ("loss", "low", "high"):
        lifted = f"max(datum.{name}, {_bottom(bounds, log=log)})"
        base = base.transform_calculate(**{f"{name}_drawn": lifted})
    y = _losses(bounds, "loss_drawn", log=log)
    band = base.mark_area(color=roles.LOSS, opacity=0.25, clip=True).encode(
        y=_losses(bounds, "low_drawn", log=log), y2="high_drawn:Q"
    )
    curve = base.mark_line(color=roles.LOSS, strokeWidth=2, clip=True).encode(
        y=y,
        tooltip=tooltips(
            ("update:Q", "Update", ","),
            ("epoch:Q", "Epoch"),
            ("loss:Q", "Loss", ".4~g"),
            ("low:Q", "Lowest", ".4~g"),
            ("high:Q", "Highest", ".4~g"),
            ("accuracy:Q", "Right guesses", ".1%"),
            ("rate:Q", "Learning rate", "~g"),
        ),
    )
    newest = (
        base.transform_joinaggregate(newest="max(update)")
        .transform_filter("datum.update == datum.newest")
        .mark_point(color=roles.LOSS, filled=True, size=50, opacity=1, clip=True)
        .encode(y=y)
    )
    lines = _bounds(bounds, log=log)
    return layered(*lines, band, *_new_rates(base), curve, newest, height=340)


def run_table(progress: Sequence[TrainingProgress]) -> pd.DataFrame:
    """One row a point of the curve.

    `loss` is the mean over a chunk's updates, or with several networks the median of their means;
    `low` to `high` is from the mean to the worst update, or from the best network to the worst.
    `new_rate` is the learning rate where it was changed, else missing.
    """
    rows = []
    previous_rate = progress[0].learning_rate if progress else 0.0
    for point in progress:
        several = len(point.losses) > 1
        rate = point.learning_rate
        rows.append(
            (
                point.step,
                point.epoch,
                float(np.median(point.losses)) if several else point.loss,
                min(point.losses) if several else point.loss,
                max(point.losses) if several else point.max_loss,
                point.accuracy,
                rate,
                rate if rate != previous_rate else None,
            )
        )
        previous_rate = rate
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"accuracy": float, "new_rate": float})


def epoch_means(progress: Sequence[TrainingProgress]) -> EpochMeans:
    """Means over the epoch that is under way, or just done."""
    last = progress[-1]
    sizes = np.diff([point.step for point in progress], prepend=0)
    in_epoch = np.array([point.epoch == last.epoch for point in progress])
    points = [point for point in progress if point.epoch == last.epoch]
    weights = sizes[in_epoch] / sizes[in_epoch].sum()
    losses = weights @ np.array([point.losses or (point.loss,) for point in points])
    accuracy = None
    if last.accuracy is not None:
        accuracy = float(weights @ np.array([point.accuracy for point in points], float))
    return EpochMeans(float(losses.mean()), accuracy, tuple(losses.tolist()))


def speed(progress: Sequence[TrainingProgress]) -> float | None:
    """Updates a second since the first point, which had to wait for the compiler."""
    if len(progress) < 2:
        return None
    first, last = progress[0], progress[-1]
    return (last.step - first.step) / (last.seconds - first.seconds)


def seconds_left(progress: Sequence[TrainingProgress]) -> float | None:
    """How long the rest will take at this speed."""
    rate = speed(progress)
    return (progress[-1].steps - progress[-1].step) / rate if rate else None


def _updates(updates_per_epoch: int, epochs: int) -> alt.X:
    by_update = epochs == 1 or updates_per_epoch == 1
    return alt.X(
        "update:Q",
        title="Update" if by_update else f"Epoch (of {updates_per_epoch:,} updates)",
        scale=fixed(0, updates_per_epoch * epochs),
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


def _losses(bounds: Bounds, column: str, *, log: bool) -> alt.Y:
    return alt.Y(
        f"{column}:Q",
        title="Loss (nats a prediction)" if bounds.bits else "Loss (mean squared error)",
        scale=fixed(_bottom(bounds, log=log), bounds.top, log=log),
        axis=alt.Axis(format="~g", tickCount=6 if log else 8, grid=False),
    )


def _new_rates(base: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Where the learning rate was changed, and to what."""
    changed = base.transform_filter("isValid(datum.new_rate)")
    line = changed.mark_rule(color=roles.INK, strokeDash=[2, 3], opacity=0.7)
    label = changed.mark_text(align="left", baseline="top", dx=4, fontSize=12, color=roles.INK)
    label = label.encode(text=alt.Text("label:N"), y=alt.value(2))
    return line, label.transform_calculate(label="'rate ' + format(datum.new_rate, '~g')")


def _bounds(bounds: Bounds, *, log: bool) -> tuple[alt.Chart, alt.Chart]:
    """The dashed lines of theory, and their labels."""
    base = alt.Chart(_lines(bounds, log=log)).encode(y="loss:Q")
    labels = (
        base.transform_filter("datum.label != ''")
        .mark_text(align="right", baseline="bottom", dx=-4, dy=-3, fontSize=12, color=roles.INK)
        .encode(x=alt.value("width"), text="label:N")
    )
    return dashed(base, strokeWidth=1.5, clip=True), labels


def _lines(bounds: Bounds, *, log: bool) -> pd.DataFrame:
    """One row a line, from the top; lines that nearly coincide share the label of the highest.

    A line below a logarithmic axis is drawn at its lower end; its label has the true number.
    """
    bottom = _bottom(bounds, log=log)
    values = [max(loss, bottom) for _, loss in bounds.lines]
    digits = ".4f" if bounds.bits else ".3g"
    labels = [f"{label}: {loss:{digits}}" for label, loss in bounds.lines]
    heights = [_height(value, bottom, bounds.top) for value in values]
    for lower in range(len(values) - 1, 0, -1):
        if heights[lower - 1] - heights[lower] < SAME_LABEL:
            labels[lower - 1] += f" · {labels[lower]}"
            labels[lower] = ""
    return pd.DataFrame({"loss": values, "label": labels})


def _height(value: float, bottom: float, top: float) -> float:
    """How far up the axis, from 0 to 1; the axis is logarithmic unless it begins at 0."""
    if bottom == 0.0:
        return value / top
    return math.log(value / bottom) / math.log(top / bottom)


def _bottom(bounds: Bounds, *, log: bool) -> float:
    return bounds.top * LOWEST[bounds.bits] if log else 0.0
