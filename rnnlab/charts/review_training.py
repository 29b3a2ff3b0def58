"""How a network learns to judge reviews: loss and accuracy, learnt from and held out, by epoch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

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
from rnnlab.sentiment.review_training import Curves, ReviewProgress, TurningPoint

TRAINING, VALIDATION = "training", "validation"
RECORDED, EARLIER = "the article's", "the run before"
"""The curves, by the names in the legend; of the last two only the validation is drawn."""

COLOURS = {
    TRAINING: roles.TRAINING,
    VALIDATION: roles.VALIDATION,
    RECORDED: roles.TRUTH,
    EARLIER: roles.BEFORE,
}
DASHES = {TRAINING: [1, 0], VALIDATION: [7, 3], RECORDED: [2, 3], EARLIER: [1, 2]}
SHAPES = {TRAINING: "circle", VALIDATION: "square", RECORDED: "triangle-up", EARLIER: "diamond"}

MOST_IN_AN_EPOCH = 25
"""Points of the mean so far, of one epoch."""
MOST_LABELS = 10
COLUMNS = ["place", "curve", "loss", "accuracy", "epoch", "done", "turn"]


class MetricAxis(NamedTuple):
    """The axis of a metric: its title, ends and marks; a line to compare the curves with.

    `empty_at_top` says where the plane is empty late in a training, so that words have room.
    """

    title: str
    domain: tuple[float, float]
    marks: tuple[float, ...]
    form: str
    line: float
    label: str
    empty_at_top: bool


METRICS = {
    "accuracy": MetricAxis(
        title="Right",
        domain=(0.4, 1.02),
        marks=(0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
        form=".0%",
        line=0.85,
        label="article: 85 %",
        empty_at_top=False,
    ),
    "loss": MetricAxis(
        title="Loss (nats a review)",
        domain=(0.0, 1.0),
        marks=(0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
        form="~g",
        line=math.log(2),
        label="a coin: 0.693",
        empty_at_top=True,
    ),
}


def learning_chart(metric: str, epochs: int, *, beside: str = "") -> Chart:
    """One metric by epoch, with fixed axes: a mark for each epoch, thin lines for means so far.

    The chart of a `learning_table`; `beside` is the name of the other training in it, if any. A
    vertical line stands where validation turned.
    """
    axis = METRICS[metric]
    names = [TRAINING, VALIDATION] + [beside] * bool(beside)
    base = table_chart().encode(
        x=_epochs(epochs),
        y=alt.Y(
            f"{metric}:Q",
            title=axis.title,
            scale=fixed(*axis.domain, zero=False),
            axis=alt.Axis(format=axis.form, values=list(axis.marks), gridOpacity=0.5),
        ),
        color=_by_curve(alt.Color, names, COLOURS),
    )
    so_far = base.transform_filter(f"datum.curve == '{TRAINING}'").mark_line(
        opacity=0.45, strokeWidth=1, clip=True
    )
    done = base.transform_filter("datum.done")
    # A layer for each: as a part of the legend, dashes would break its symbols up.
    lines = [
        done.transform_filter(alt.datum.curve == name).mark_line(
            clip=True, strokeWidth=2, strokeDash=DASHES[name]
        )
        for name in names
    ]
    points = done.mark_point(filled=True, size=55, opacity=1, clip=True).encode(
        shape=_by_curve(alt.Shape, names, SHAPES),
        tooltip=tooltips(
            ("curve:N", "Reviews"),
            ("epoch:Q", "After epoch"),
            ("loss:Q", "Loss", ".4f"),
            ("accuracy:Q", "Accuracy", ".1%"),
        ),
    )
    layers = [so_far.encode(detail="epoch:O"), *lines, points]
    return layered(*_reference(axis), *layers, *_turn(axis), height=300)


def learning_table(
    history: Sequence[ReviewProgress], epochs: int, beside: tuple[str, Curves] | None = None
) -> pd.DataFrame:
    """A row for each point of a training of `epochs`, and for as many epochs of one `beside` it.

    `done` are the points at the end of an epoch; `turn` is where validation turned, else missing.
    """
    curves = Curves.of(history)
    rows: list[tuple[object, ...]] = []
    for point in _thinned(history):
        ended = point.validation is not None
        rows.append((point.epochs_done, TRAINING, *point.training, point.epoch, ended, None))
    rows += _rows(VALIDATION, curves.val_loss, curves.val_accuracy, curves.turning_point)
    if beside is not None:
        name, other = beside
        rows += _rows(name, other.val_loss, other.val_accuracy, None)[:epochs]
    return _table(rows)


def recorded_table(curves: Curves) -> pd.DataFrame:
    """The same of a training that is over: its epochs alone."""
    rows = _rows(TRAINING, curves.loss, curves.accuracy, None)
    return _table(
        rows + _rows(VALIDATION, curves.val_loss, curves.val_accuracy, curves.turning_point)
    )


def _table(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype({"turn": float})


def _rows(
    curve: str, losses: Sequence[float], accuracies: Sequence[float], turn: TurningPoint | None
) -> list[tuple[object, ...]]:
    turned = turn.epoch if turn else None
    return [
        (float(epoch), curve, loss, accuracy, epoch, True, turned if epoch == turned else None)
        for epoch, (loss, accuracy) in enumerate(zip(losses, accuracies, strict=True), 1)
    ]


def _thinned(history: Sequence[ReviewProgress]) -> list[ReviewProgress]:
    """The ends of the epochs, the newest point, and of the others not too many an epoch."""
    if not history:
        return []
    each = max(1, history[0].steps // history[0].epochs // MOST_IN_AN_EPOCH)
    within = {point.step // each: point for point in history if point.validation is None}
    ends = [point for point in history if point.validation is not None]
    by_step = {point.step: point for point in [*within.values(), *ends, history[-1]]}
    return [by_step[step] for step in sorted(by_step)]


def _reference(axis: MetricAxis) -> list[alt.Chart]:
    """A dashed line to compare the curves with, and what it is, where the curves begin."""
    base = alt.Chart(pd.DataFrame({"line": [axis.line], "label": [axis.label]}))
    label = base.mark_text(
        align="left", baseline="bottom", dx=4, dy=-3, fontSize=12, color=roles.INK
    ).encode(y="line:Q", x=alt.value(0), text="label:N")
    return [dashed(base).encode(y="line:Q"), label]


def _turn(axis: MetricAxis) -> list[alt.Chart]:
    """A line at the epoch in which validation turned."""
    base = table_chart().transform_filter("isValid(datum.turn)").encode(x="turn:Q")
    top = axis.empty_at_top
    label = base.mark_text(
        align="left",
        baseline="top" if top else "bottom",
        dx=4,
        dy=4 if top else -4,
        fontSize=12,
        color=roles.INK,
    )
    return [
        base.mark_rule(color=roles.INK, strokeDash=[2, 3], opacity=0.8),
        label.encode(text=alt.value("turns here"), y=alt.value(0 if top else "height")),
    ]


def _epochs(epochs: int) -> alt.X:
    every = -(-epochs // MOST_LABELS)
    return alt.X(
        "place:Q",
        title="Epoch",
        scale=fixed(0, epochs + 0.25),
        axis=alt.Axis(values=list(range(0, epochs + 1, every)), format="d", gridOpacity=0.3),
    )


def _by_curve(channel: Any, names: Sequence[str], values: Mapping[str, Any]) -> Any:
    """How the curves differ; one legend for all that they differ in."""
    legend = legend_above(symbolOpacity=1, symbolSize=120, labelLimit=100)
    return channel("curve:N", scale=by_name(values, names), legend=legend)
