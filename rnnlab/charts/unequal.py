"""Sequences of unequal length as a table: what is read, what is answered, what is left out."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, by_name, layered, legend_above, table_chart, tooltips
from rnnlab.charts.heat_map import lane_axis, step_axis

READ, MASKED, KEPT = "read", "under the mask", "handed on"
COLOURS = {READ: roles.INPUT, MASKED: roles.BOUND, KEPT: roles.TARGET}
SHAPES = {READ: "square", MASKED: "cross", KEPT: "diamond"}
LANE = 44


def unequal_chart(lanes: tuple[str, ...], steps: int) -> Chart:
    """A row of cells for each sequence, a mark in each for what becomes of it, and a number.

    The chart of an `unequal_table`.
    """
    base = table_chart().encode(
        x=step_axis("step", "Step", domain=list(range(1, steps + 1))),
        y=lane_axis(lanes),
        tooltip=tooltips(
            ("lane:N", "Sequence"), ("step:O", "Step"), ("text:N", "Number"), ("kind:N", "It is")
        ),
    )
    legend = legend_above(columns=2)  # three do not fit on a phone
    marks = base.mark_point(filled=True, size=650, opacity=0.22).encode(
        color=alt.Color("kind:N", scale=by_name(COLOURS), legend=legend),
        shape=alt.Shape("kind:N", scale=by_name(SHAPES), legend=legend),
    )
    numbers = base.mark_text(fontSize=14, color=roles.INK).encode(text="text:N")
    return layered(marks, numbers, height=LANE * len(lanes) + 90)


def unequal_table(rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> pd.DataFrame:
    """One row a cell: lane, step (from 1), text, kind; `rows` are names with (text, kind) each."""
    cells = [
        (lane, step, text, kind) for lane, row in rows for step, (text, kind) in enumerate(row, 1)
    ]
    return pd.DataFrame(cells, columns=["lane", "step", "text", "kind"])
