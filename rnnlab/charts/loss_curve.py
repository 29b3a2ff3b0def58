"""The loss while a network trains, beside the losses that theory knows, and what is read off it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rnnlab.bounds import Bounds, Meaning
from rnnlab.charts import roles
from rnnlab.progress import TrainingProgress

LOWEST = {True: 1e-4, False: 1e-6}
"""Lower end of a logarithmic axis, as a share of its upper end: for bits, and for numbers."""

BELOW_BEST = 0.5
"""Where nobody can come near 0, the lower end is this share of the best loss: the lines of theory
then lie apart, and what is learnt by heart still has room below them."""

MOST_POINTS_OF_EARLIER = 120
"""Points of a curve that lies pale beneath the new one."""

RECENT = 5.0
"""Seconds of a run from which the rest is estimated."""

MOST_EPOCH_MARKS = 20
MOST_MARKS_OF_UPDATES = 8
MOST_MARKS_OF_LOSSES = 8
FEWEST_MARKS = 3
DIGITS_OF_MARKS: tuple[tuple[float, ...], ...] = (
    (1,),
    (1, 2, 5),
    (1, 2, 3, 4, 5, 6, 8),
    (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9),
)
"""What marks of a logarithmic axis begin with, until there are more than the fewest."""

ROUNDING = 1 - 1e-9

LEAST_OF_A_DECADE = 10
"""Updates from which on an axis can go by tens."""

CLEAR_OF_A_DECADE = 2.5
"""How many times a power of ten the end is at least, for both to have their numbers."""

COLUMNS = ["update", "epoch", "loss", "low", "high", "accuracy", "rate", "new_rate"]


class EarlierCurve(NamedTuple):
    """A curve of a run before, drawn pale beneath the new one: its label, and (update, loss)."""

    label: str
    points: tuple[tuple[int, float], ...]


def loss_curve(
    bounds: Bounds,
    updates_per_epoch: int,
    epochs: int,
    *,
    log: bool = False,
    even: bool = False,
    meanings: Sequence[Meaning] = (),
    earlier: Sequence[EarlierCurve] = (),
) -> dict[str, Any]:
    """Everything of the picture but the curve itself: axes, and the lines of theory with labels.

    `x` and `y` are the axes over the whole run, fixed from the start, so that a curve that grows
    moves nothing: each has `low`, `high`, `title` and `ticks` (position and text; a tick whose text
    is empty is only a mark). Updates stand tenfold from mark to mark, for most is learnt in the
    first of them; or, if `even`, all have equal room. A loss above the axis is drawn at its upper
    end, one below a logarithmic axis at its lower end. `meanings` are one for each line, if they
    are told. `names` are those of the data that the network learns from and, if there are any, of
    those that it does not: for these the lines hold. `earlier` curves lie beneath.
    """
    high = updates_per_epoch * epochs
    return {
        "x": _all_updates(updates_per_epoch, epochs)
        if even or high < LEAST_OF_A_DECADE
        else _updates_by_tens(updates_per_epoch, high),
        "y": _losses(bounds, log=log),
        "log": log,
        "lines": _lines(bounds, meanings, log=log),
        "per_epoch": updates_per_epoch,
        "names": [bounds.learns_from, bounds.judged_on],
        "colors": {"curve": roles.TRAINING, "held_out": roles.VALIDATION, "bound": roles.BOUND},
        "earlier": [curve._asdict() for curve in earlier],
    }


def earlier_curve(label: str, progress: Sequence[TrainingProgress]) -> EarlierCurve:
    """The curve of a run as it is drawn beneath a later one: thinned, as the axis is, by tens.

    There must be a point.
    """
    points = [point(report) for report in progress]
    last = math.log(max(points[-1].update, 2))
    place = [int(MOST_POINTS_OF_EARLIER * math.log(p.update) / last) for p in points]
    kept = [
        p for p, here, after in zip(points, place, [*place[1:], -1], strict=True) if here != after
    ]
    return EarlierCurve(label, tuple((p.update, float(f"{p.loss:.4g}")) for p in kept))


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


def _updates_by_tens(updates_per_epoch: int, high: int) -> dict[str, Any]:
    """From 1 on; the powers of ten and the end have numbers, what lies between has small marks."""
    decades = [10**power for power in range(int(math.log10(high)) + 1)]
    ticks = [(k * ten, f"{ten:,}" if k == 1 else "") for ten in decades for k in range(1, 10)]
    ticks = [tick for tick in ticks if tick[0] < high] + [(high, f"{high:,}")]
    if 1 < high / decades[-1] < CLEAR_OF_A_DECADE:
        ticks[-1] = (high, "")
    epoch = f" · {updates_per_epoch:,} an epoch" if 1 < updates_per_epoch < high else ""
    return {
        "low": 1,
        "high": high,
        "log": True,
        "title": f"Update, tenfold from mark to mark{epoch}",
        "ticks": ticks,
    }


def _all_updates(updates_per_epoch: int, epochs: int) -> dict[str, Any]:
    high = updates_per_epoch * epochs
    axis = {"low": 0, "high": high, "log": False}
    if epochs == 1 or updates_per_epoch == 1:
        most = min(MOST_MARKS_OF_UPDATES, high)  # there is no half update
        return axis | {"title": "Update", "ticks": [(v, f"{v:,g}") for v in _nice(high, most)]}
    every = next(k for k in _NICE_STEPS if epochs / k <= MOST_EPOCH_MARKS)
    ticks = [(epoch * updates_per_epoch, str(epoch)) for epoch in range(0, epochs + 1, every)]
    return axis | {"title": f"Epoch (of {updates_per_epoch:,} updates)", "ticks": ticks}


_NICE_STEPS = [k * 10**power for power in range(6) for k in (1, 2, 5)]


def _losses(bounds: Bounds, *, log: bool) -> dict[str, Any]:
    low, high = _bottom(bounds, log=log), bounds.top
    return {
        "low": low,
        "high": high,
        "title": f"Loss ({'nats a prediction' if bounds.bits else 'mean squared error'}), "
        "lower is better",
        "ticks": _round_losses(low, high)
        if log
        else [(value, f"{value:.6g}") for value in _nice(high, MOST_MARKS_OF_LOSSES)],
    }


def _nice(high: float, most: int) -> list[float]:
    """At most so many round numbers from 0 to `high`, evenly spaced."""
    power = 10.0 ** math.floor(math.log10(high / most))
    step = next(k * power for k in (1, 2, 5, 10, 20) if high / (k * power) <= most)
    return [step * k for k in range(int(high / step * (1 + 1e-9)) + 1)]


def _round_losses(low: float, high: float) -> list[tuple[float, str]]:
    """Round numbers between two losses: powers of ten, or where these are few, others too."""
    powers = range(math.floor(math.log10(low)), math.floor(math.log10(high)) + 1)
    for digits in DIGITS_OF_MARKS:
        marks = [float(f"{digit}e{power}") for power in powers for digit in digits]
        marks = [mark for mark in marks if low * ROUNDING <= mark <= high]
        if len(marks) > FEWEST_MARKS:
            break
    return [(mark, f"{mark:g}") for mark in marks]


def _lines(bounds: Bounds, meanings: Sequence[Meaning], *, log: bool) -> list[dict[str, Any]]:
    """One a line of theory, from the top.

    A line below a logarithmic axis is drawn at its lower end; its label has the true number.
    """
    bottom = _bottom(bounds, log=log)
    digits = ".4f" if bounds.bits else ".3g"
    lines: list[dict[str, Any]] = [
        {"loss": max(loss, bottom), "label": f"{label}: {loss:{digits}}"}
        for label, loss in bounds.lines
    ]
    for line, meaning in zip(lines, meanings, strict=False):
        line |= meaning._asdict()
    return lines


def _bottom(bounds: Bounds, *, log: bool) -> float:
    if not log:
        return 0.0
    lowest = bounds.top * LOWEST[bounds.bits]
    return max(lowest, BELOW_BEST * bounds.lines[-1][1]) if bounds.bits else lowest
