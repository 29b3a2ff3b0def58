"""The loss while a network trains, beside the losses that theory knows, and what is read off it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rnnlab.bounds import Bounds
from rnnlab.charts import roles
from rnnlab.progress import TrainingProgress

LOWEST = {True: 1e-4, False: 1e-6}
"""Lower end of a logarithmic axis, as a share of its upper end: for bits, and for numbers."""

SAME_LABEL = 0.045
"""Lines nearer than this share of the axis have one label."""

RECENT = 5.0
"""Seconds of a run from which the rest is estimated."""

MOST_EPOCH_MARKS = 20
MOST_MARKS_OF_UPDATES = 8
MOST_MARKS_OF_LOSSES = 8

COLUMNS = ["update", "epoch", "loss", "low", "high", "accuracy", "rate", "new_rate"]


def loss_curve(
    bounds: Bounds, updates_per_epoch: int, epochs: int, *, log: bool = False
) -> dict[str, Any]:
    """Everything of the picture but the curve itself: axes, and the lines of theory with labels.

    `x` and `y` are the axes over the first `epochs` epochs, fixed from the start, so that a curve
    that grows moves nothing: each has `low`, `high`, `title` and `ticks` (position and text; a tick
    whose text is empty is only a mark). A loss below a logarithmic axis is drawn at its lower end.
    `names` are those of the data that the network learns from and, if there are any, of those that
    it does not: for these the lines hold.
    """
    return {
        "x": _updates(updates_per_epoch, epochs),
        "y": _losses(bounds, log=log),
        "log": log,
        "lines": _lines(bounds, log=log),
        "per_epoch": updates_per_epoch,
        "names": [bounds.learns_from, bounds.judged_on],
        "colors": {"curve": roles.TRAINING, "held_out": roles.VALIDATION, "bound": roles.BOUND},
    }


class Point(NamedTuple):
    """A point of the curve, after `update` updates.

    `loss` is the mean over a chunk's updates, or with several networks the median of their means;
    `low` to `high` is from the mean to the worst update, or from the best network to the worst.
    `accuracy` is None where the answer is a number.
    """

    update: int
    loss: float
    low: float
    high: float
    accuracy: float | None
    rate: float


def point(report: TrainingProgress) -> Point:
    """The point that a report is on the curve."""
    r = report
    if len(r.losses) > 1:
        losses = float(np.median(r.losses)), min(r.losses), max(r.losses)
    else:
        losses = r.loss, r.loss, r.max_loss
    return Point(r.step, *losses, r.accuracy, r.learning_rate)


def row(report: TrainingProgress) -> tuple[float | None, ...]:
    """The point as it travels to a browser: its numbers to five digits.

    Where the held-out loss was looked at, it is one more: the median of the networks.
    """
    update, *numbers = point(report)
    if report.held_out:
        numbers.append(float(np.median(report.held_out)))
    return update, *(None if x is None else float(f"{x:.5g}") for x in numbers)


def run_table(progress: Sequence[TrainingProgress]) -> pd.DataFrame:
    """One row a point of the curve, with its epoch.

    `new_rate` is the learning rate where it was changed, else missing.
    """
    table = pd.DataFrame([point(report) for report in progress], columns=Point._fields)
    table.insert(1, "epoch", [report.epoch for report in progress])
    table["new_rate"] = table["rate"].where(table["rate"].diff().fillna(0.0) != 0.0)
    return table.astype({"accuracy": float, "new_rate": float})


def speed(progress: Sequence[TrainingProgress]) -> float | None:
    """Updates a second since the first point, which had to wait for the compiler."""
    if len(progress) < 2:
        return None
    first, last = progress[0], progress[-1]
    return (last.step - first.step) / (last.seconds - first.seconds)


def seconds_left(progress: Sequence[TrainingProgress]) -> float | None:
    """How long the rest will take at the speed of the latest seconds: others come and go."""
    if not progress:
        return None
    last = progress[-1]
    recent = [point for point in progress if point.seconds >= last.seconds - RECENT]
    rate = speed(recent if len(recent) > 1 else progress[-2:])
    return (last.steps - last.step) / rate if rate else None


def _updates(updates_per_epoch: int, epochs: int) -> dict[str, Any]:
    high = updates_per_epoch * epochs
    if epochs == 1 or updates_per_epoch == 1:
        most = min(MOST_MARKS_OF_UPDATES, high)  # there is no half update
        ticks = [(value, f"{value:g}") for value in _nice(high, most)]
        return {"low": 0, "high": high, "title": "Update", "ticks": ticks}
    every = next(k for k in _NICE_STEPS if epochs / k <= MOST_EPOCH_MARKS)
    ticks = [(epoch * updates_per_epoch, str(epoch)) for epoch in range(0, epochs + 1, every)]
    title = f"Epoch (of {updates_per_epoch:,} updates)"
    return {"low": 0, "high": high, "title": title, "ticks": ticks}


_NICE_STEPS = [k * 10**power for power in range(6) for k in (1, 2, 5)]


def _losses(bounds: Bounds, *, log: bool) -> dict[str, Any]:
    low, high = _bottom(bounds, log=log), bounds.top
    return {
        "low": low,
        "high": high,
        "title": "Loss (nats a prediction)" if bounds.bits else "Loss (mean squared error)",
        "ticks": _decades(low, high)
        if log
        else [(value, f"{value:.6g}") for value in _nice(high, MOST_MARKS_OF_LOSSES)],
    }


def _nice(high: float, most: int) -> list[float]:
    """At most so many round numbers from 0 to `high`, evenly spaced."""
    power = 10.0 ** math.floor(math.log10(high / most))
    step = next(k * power for k in (1, 2, 5, 10, 20) if high / (k * power) <= most)
    return [step * k for k in range(int(high / step * (1 + 1e-9)) + 1)]


def _decades(low: float, high: float) -> list[tuple[float, str]]:
    """The powers of ten between two losses."""
    powers = range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
    return [(10.0**power, f"{10.0**power:g}") for power in powers]


def _lines(bounds: Bounds, *, log: bool) -> list[dict[str, Any]]:
    """One a line of theory, from the top; those that nearly coincide share the highest's label.

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
    return [{"loss": value, "label": label} for value, label in zip(values, labels, strict=True)]


def _height(value: float, bottom: float, top: float) -> float:
    """How far up the axis, from 0 to 1; the axis is logarithmic unless it begins at 0."""
    if bottom == 0.0:
        return value / top
    return math.log(value / bottom) / math.log(top / bottom)


def _bottom(bounds: Bounds, *, log: bool) -> float:
    return bounds.top * LOWEST[bounds.bits] if log else 0.0
