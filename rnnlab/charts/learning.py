"""How a network learns to judge reviews: loss and accuracy, learnt from and held out, by epoch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.sentiment.learning import Curves, Learning, Turn

LEARNT, HELD_OUT, RECORDED = "training", "validation", "the article's"
"""The curves, by the names in the legend."""

COLOURS = {LEARNT: roles.LEARNT, HELD_OUT: roles.HELD_OUT, RECORDED: roles.TRUTH}
DASHES = {LEARNT: [1, 0], HELD_OUT: [7, 3], RECORDED: [2, 3]}
SHAPES = {LEARNT: "circle", HELD_OUT: "square", RECORDED: "triangle-up"}

MOST_IN_AN_EPOCH = 25
"""Points of the mean so far, of one epoch."""
MOST_LABELS = 10
COLUMNS = ["place", "curve", "loss", "accuracy", "epoch", "done", "turn"]


class Measure(NamedTuple):
    """What is on the axis: title, ends, marks; a line to hold the curves against; a free end.

    `free` is where the plane is empty late in a training: "top" or "bottom".
    """

    title: str
    domain: tuple[float, float]
    marks: tuple[float, ...]
    form: str
    line: float
    label: str
    free: str


MEASURES = {
    "accuracy": Measure(
        "Right",
        (0.4, 1.02),
        (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
        ".0%",
        0.85,
        "article: 85 %",
        "bottom",
    ),
    "loss": Measure(
        "Loss (nats a review)",
        (0.0, 1.0),
        (0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
        "~g",
        math.log(2),
        "a coin: 0.693",
        "top",
    ),
}


def learning_chart(
    measure: str, epochs: int, *, recorded: bool = False
) -> alt.LayerChart | alt.FacetChart:
    """One measure by epoch, with fixed axes: a mark for each epoch, thin lines for means so far.

    The chart of a `learning_table`; `recorded` says whether the article's curve is in it. A
    vertical line stands where validation turned.
    """
    axis = MEASURES[measure]
    names = [LEARNT, HELD_OUT] + [RECORDED] * recorded
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=_epochs(epochs), y=_values(measure), color=_by_curve(alt.Color, names, COLOURS)
    )
    so_far = base.transform_filter(f"datum.curve == '{LEARNT}'").mark_line(
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
        shape=_by_curve(alt.Shape, names, SHAPES), tooltip=_TOOLTIP
    )
    layers = [so_far.encode(detail="epoch:O"), *lines, points]
    return alt.layer(*_reference(axis), *layers, *_turned(axis)).properties(height=300)


def learning_table(
    told: Sequence[Learning], epochs: int, recorded: Curves | None = None
) -> pd.DataFrame:
    """A row for each point of a training of `epochs`, and for as many epochs of a recorded one.

    `done` are the points at the end of an epoch; `turn` is where validation turned, else missing.
    """
    curves = Curves.of(told)
    rows: list[tuple[object, ...]] = []
    for one in _thinned(told):
        ended = one.validation is not None
        rows.append((one.place, LEARNT, *one.training, one.epoch, ended, None))
    rows += _rows(HELD_OUT, curves.val_loss, curves.val_accuracy, curves.turn)
    if recorded is not None:
        rows += _rows(RECORDED, recorded.val_loss, recorded.val_accuracy, None)[:epochs]
    return _table(rows)


def recorded_table(curves: Curves) -> pd.DataFrame:
    """The same of a training that is over: its epochs alone."""
    rows = _rows(LEARNT, curves.loss, curves.accuracy, None)
    return _table(rows + _rows(HELD_OUT, curves.val_loss, curves.val_accuracy, curves.turn))


def _table(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype({"turn": float})


def _rows(
    curve: str, losses: Sequence[float], accuracies: Sequence[float], turn: Turn | None
) -> list[tuple[object, ...]]:
    turned = turn.epoch if turn else None
    return [
        (float(epoch), curve, loss, accuracy, epoch, True, turned if epoch == turned else None)
        for epoch, (loss, accuracy) in enumerate(zip(losses, accuracies, strict=True), 1)
    ]


def _thinned(told: Sequence[Learning]) -> list[Learning]:
    """The ends of the epochs, the newest point, and of the others not too many an epoch."""
    if not told:
        return []
    each = max(1, told[0].steps // told[0].epochs // MOST_IN_AN_EPOCH)
    kept = {one.step // each: one for one in told if one.validation is None}
    ends = [one for one in told if one.validation is not None]
    by_step = {one.step: one for one in [*kept.values(), *ends, told[-1]]}
    return [by_step[step] for step in sorted(by_step)]


def _values(measure: str) -> alt.Y:
    axis = MEASURES[measure]
    return alt.Y(
        f"{measure}:Q",
        title=axis.title,
        scale=alt.Scale(domain=list(axis.domain), nice=False, zero=False),
        axis=alt.Axis(format=axis.form, values=list(axis.marks), gridOpacity=0.5),
    )


def _reference(axis: Measure) -> list[alt.Chart]:
    """A dashed line to hold the curves against, and what it is, where the curves begin."""
    base = alt.Chart(pd.DataFrame({"at": [axis.line], "label": [axis.label]}))
    rule = base.mark_rule(color=roles.BOUND, strokeDash=[6, 4]).encode(y="at:Q")
    label = base.mark_text(
        align="left", baseline="bottom", dx=4, dy=-3, fontSize=12, color=roles.INK
    ).encode(y="at:Q", x=alt.value(0), text="label:N")
    return [rule, label]


def _turned(axis: Measure) -> list[alt.Chart]:
    """A line at the epoch in which validation turned."""
    here = alt.Chart(alt.NamedData(TABLE)).transform_filter("isValid(datum.turn)")
    here = here.encode(x="turn:Q")
    rule = here.mark_rule(color=roles.INK, strokeDash=[2, 3], opacity=0.8)
    top = axis.free == "top"
    label = here.mark_text(
        align="left",
        baseline="top" if top else "bottom",
        dx=4,
        dy=4 if top else -4,
        fontSize=12,
        color=roles.INK,
    ).encode(text=alt.value("turns here"), y=alt.value(0 if top else "height"))
    return [rule, label]


def _epochs(epochs: int) -> alt.X:
    every = -(-epochs // MOST_LABELS)
    return alt.X(
        "place:Q",
        title="Epoch",
        scale=alt.Scale(domain=[0, epochs + 0.25], nice=False),
        axis=alt.Axis(values=list(range(0, epochs + 1, every)), format="d", gridOpacity=0.3),
    )


def _by_curve(channel: Any, names: Sequence[str], values: Mapping[str, Any]) -> Any:
    """How the curves differ; one legend for all that they differ in."""
    scale = alt.Scale(domain=list(names), range=[values[name] for name in names])
    legend = alt.Legend(title=None, orient="top", symbolOpacity=1, symbolSize=120, labelLimit=100)
    return channel("curve:N", scale=scale, legend=legend)


_TOOLTIP = [
    alt.Tooltip("curve:N", title="Reviews"),
    alt.Tooltip("epoch:Q", title="After epoch"),
    alt.Tooltip("loss:Q", title="Loss", format=".4f"),
    alt.Tooltip("accuracy:Q", title="Accuracy", format=".1%"),
]
