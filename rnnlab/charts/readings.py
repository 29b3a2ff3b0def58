"""A stretch of a series in two lanes, inputs and targets, with a mark under forced targets."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.lanes import cells, lanes_down, printed, steps_across
from rnnlab.charts.table import FURNITURE, TABLE
from rnnlab.rules import Sequence

LANES = {"input": roles.INPUT, "target": roles.TARGET}
LANE_HEIGHT = 26


def readings_chart() -> alt.LayerChart | alt.FacetChart:
    """Inputs above targets as cells, a 1 full and a 0 empty; a triangle under forced targets.

    The chart of a `readings_table`.
    """
    lanes = [*LANES, "forced"]
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=steps_across("t", "t"),
        y=lanes_down(lanes),
        tooltip=[
            alt.Tooltip("t:O", title="t"),
            alt.Tooltip("lane:N", title="What"),
            alt.Tooltip("said:N", title="Value"),
        ],
    )
    bits = base.transform_filter("datum.lane != 'forced'")
    marks = base.transform_filter("datum.lane == 'forced'").mark_text(fontSize=12)
    return alt.layer(
        cells(bits, LANES, "lane", "value"),
        printed(bits, "mark:N", "value"),
        marks.encode(text="mark:N", color=alt.value(roles.INK)),
    ).properties(height=LANE_HEIGHT * len(lanes) + FURNITURE // 2)


def readings_table(
    series: Sequence, forced: np.ndarray[tuple[int], np.dtype[np.bool_]], start: int, n_steps: int
) -> pd.DataFrame:
    """One row a cell of the steps from `start` on: t, lane, value, mark (its text), said."""
    places = np.arange(start, start + n_steps)
    lanes = {"input": series.inputs, "target": series.targets, "forced": forced}
    rows = [
        (int(t), lane, int(values[t]), *_words(lane, int(values[t])))
        for lane, values in lanes.items()
        for t in places
    ]
    return pd.DataFrame(rows, columns=["t", "lane", "value", "mark", "said"])


def _words(lane: str, value: int) -> tuple[str, str]:
    if lane != "forced":
        return str(value), str(value)
    return ("▲", "yes") if value else ("", "no")
