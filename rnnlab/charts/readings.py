"""A stretch of a series in two lanes, inputs and targets, with a mark under forced targets."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
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
        x=alt.X(
            "t:O",
            title="t",
            axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False, domain=False),
            scale=alt.Scale(paddingInner=0.08),
        ),
        y=alt.Y(
            "lane:O",
            title=None,
            scale=alt.Scale(domain=lanes, paddingInner=0.12),
            axis=alt.Axis(ticks=False, domain=False, labelOverlap=False),
        ),
        tooltip=[
            alt.Tooltip("t:O", title="t"),
            alt.Tooltip("lane:N", title="What"),
            alt.Tooltip("said:N", title="Value"),
        ],
    )
    colour = alt.Scale(domain=list(LANES), range=list(LANES.values()))
    faintest = alt.Scale(domain=[0, 1], range=[roles.INSTEAD_OF_NOTHING, 1])
    cells = (
        base.transform_filter("datum.lane != 'forced'")
        .mark_rect(cornerRadius=2)
        .encode(
            color=alt.Color("lane:N", scale=colour, legend=None),
            opacity=alt.Opacity("value:Q", scale=faintest, legend=None),
        )
    )
    on_full = alt.condition(
        "datum.value > 0.6 && datum.lane != 'forced'", alt.value("white"), alt.value(roles.INK)
    )
    words = base.mark_text(fontSize=12).encode(text="mark:N", color=on_full)
    return alt.layer(cells, words).properties(height=LANE_HEIGHT * len(lanes) + FURNITURE // 2)


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
