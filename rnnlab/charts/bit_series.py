"""A series of bits: inputs above targets, what forces these, and their causes in frames."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import FURNITURE, Chart, by_name, layered, table_chart, tooltips
from rnnlab.charts.heat_map import BIT_COLOURS, bit_cells, cell_labels, lane_axis, step_axis
from rnnlab.exploration.series import FORCED, FREE, PUSHED, SeriesStep, step_sentence
from rnnlab.rules import Sequence

A_LINE = 20
"""Steps beside each other: as many as can be read on a phone."""

LANE_HEIGHT, LEGEND = 24, 45
NUMBERED = 5
"""Every step whose t is a multiple of this carries its number."""

SHAPES = {FORCED: "diamond", PUSHED: "triangle-up", FREE: "circle"}
STROKES = {FORCED: roles.TARGET, PUSHED: roles.TARGET, FREE: roles.TRUTH}
FILLS = {FORCED: roles.TARGET, PUSHED: "transparent", FREE: "transparent"}
"""How a kind of target is marked: its shape, its frame, and what fills it."""

LANES = ("input x", "target y", "rule", "t")
COLOURS = {"input x": roles.INPUT, "target y": roles.TARGET}
SHORT_LANE_HEIGHT = 26


def strip_chart(n_lines: int, lags: tuple[int, ...], kinds: tuple[str, ...]) -> Chart:
    """`n_lines` lines of `A_LINE` steps, the inputs above the targets, and below how they come.

    The chart of a `strip_table`. The target nearest to the pointer and its causes are framed; as
    long as there is no pointer, the one that is `selected`. A click selects it, as `clicked`:
    its `t`, and what was selected before.
    """
    lanes = [lane for line in range(n_lines) for lane in (*_lanes_of(line), f"{line}|")][:-1]
    base = table_chart().encode(
        x=alt.X("place:O", axis=None, scale=alt.Scale(domain=list(range(A_LINE)), padding=0.06)),
        y=lane_axis(lanes, numbered=True),
    )
    bits = base.transform_filter(alt.FieldOneOfPredicate("role", list(COLOURS)))
    numbers = (
        base.transform_filter("datum.role == 't'")
        .mark_text(fontSize=11, color=roles.INK, opacity=0.8, baseline="middle")
        .encode(text="name:N")
    )
    return layered(
        bit_cells(bits, COLOURS, "role", "bit"),
        cell_labels(bits, "bit:Q", "bit"),
        _marks(base, kinds),
        numbers,
        *_frames(base, lags),
        _pointer(base),
        height=LANE_HEIGHT * len(lanes) + LEGEND,
    )


def strip_table(steps: tuple[SeriesStep, ...], selected: int) -> pd.DataFrame:
    """One row for each cell, mark and number; the target at t = `selected` is the one looked at."""
    rows = [
        {
            "t": step.t,
            "selected": selected,
            "place": number % A_LINE,
            "lane": lane,
            "role": role,
            "bit": {"input x": step.x, "target y": step.y}.get(role),
            "kind": step.kind,
            "sentence": step_sentence(step),
            "name": f"{step.t}" if step.t % NUMBERED == 0 else "",
        }
        for number, step in enumerate(steps)
        for lane, role in zip(_lanes_of(number // A_LINE), LANES, strict=True)
    ]
    return pd.DataFrame(rows)


def forced_targets_chart() -> Chart:
    """A few inputs above targets, a 1 full and a 0 empty; a triangle under forced targets.

    The chart of a `forced_targets_table`.
    """
    lanes = [*BIT_COLOURS, "forced"]
    base = table_chart().encode(
        x=step_axis("t", "t"),
        y=lane_axis(lanes),
        tooltip=tooltips(("t:O", "t"), ("lane:N", "What"), ("text:N", "Value")),
    )
    bits = base.transform_filter("datum.lane != 'forced'")
    marks = base.transform_filter("datum.lane == 'forced'").mark_text(fontSize=12)
    return layered(
        bit_cells(bits, BIT_COLOURS, "lane", "value"),
        cell_labels(bits, "mark:N", "value"),
        marks.encode(text="mark:N", color=alt.value(roles.INK)),
        height=SHORT_LANE_HEIGHT * len(lanes) + FURNITURE // 2,
    )


def forced_targets_table(
    series: Sequence, forced: np.ndarray[tuple[int], np.dtype[np.bool_]], start: int, n_steps: int
) -> pd.DataFrame:
    """One row a cell of the steps from `start` on: t, lane, value, mark (as drawn), text."""
    lanes = {"input": series.inputs, "target": series.targets, "forced": forced}
    rows = []
    for lane, values in lanes.items():
        for t in range(start, start + n_steps):
            value = int(values[t])
            bit = str(value)
            mark, text = (bit, bit) if lane != "forced" else (("", "no"), ("▲", "yes"))[value]
            rows.append((t, lane, value, mark, text))
    return pd.DataFrame(rows, columns=["t", "lane", "value", "mark", "text"])


def _lanes_of(line: int) -> list[str]:
    return [f"{line}|{lane}" for lane in LANES]


def _marks(base: alt.Chart, kinds: tuple[str, ...]) -> alt.Chart:
    """How the target comes: a shape for each of the `kinds`, full where the rule is strict."""
    marks: alt.Chart = (
        base.transform_filter("datum.role == 'rule'")
        .mark_point(size=60, strokeWidth=1.5, opacity=1)
        .encode(
            shape=alt.Shape(
                "kind:N", title=None, scale=by_name(SHAPES, kinds), legend=alt.Legend(orient="top")
            ),
            stroke=alt.Stroke("kind:N", title=None, scale=by_name(STROKES, kinds)),
            fill=alt.Fill("kind:N", title=None, scale=by_name(FILLS, kinds)),
        )
    )
    return marks


def _frames(base: alt.Chart, lags: tuple[int, ...]) -> list[alt.Chart]:
    """Frames: thick around the target that is looked at, amber around its causes."""
    looked = base.transform_calculate(
        back="(isDefined(hovered.t) ? hovered.t[0] : datum.selected) - datum.t"
    )
    causes = looked.transform_filter(
        f"datum.role == 'input x' && indexof({list(lags)}, datum.back) >= 0"
    )
    target = looked.transform_filter("datum.role == 'target y' && datum.back == 0")
    frame: dict[str, Any] = {"fill": None, "cornerRadius": 2, "opacity": 1}
    return [
        causes.mark_rect(stroke=roles.POSITIVE, strokeWidth=4, **frame),
        target.mark_rect(stroke=roles.INK, strokeWidth=3, **frame),
    ]


def _pointer(base: alt.Chart) -> alt.Chart:
    """What the pointer finds: the targets, unseen, each as large as the way to the next."""
    hovered = alt.selection_point(
        "hovered", on="pointerover", clear="pointerout", fields=["t"], nearest=True, empty=False
    )
    clicked = alt.selection_point(
        "clicked", on="click", clear=False, fields=["t", "selected"], nearest=True, toggle=False
    )
    targets: alt.Chart = (
        base.transform_filter("datum.role == 'target y'")
        .mark_point(opacity=0, size=200)
        .encode(tooltip=tooltips(("sentence:N", "Target"), ("kind:N", "Kind")))
        .add_params(hovered, clicked)
    )
    return targets
