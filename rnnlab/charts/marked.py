"""A sequence of numbers of which some are marked, as bars in time."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    FURNITURE,
    Chart,
    by_name,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.charts.heat_map import step_axis

OTHER, MARKED = "not marked", "marked"
HEIGHT = 120
COLOURS = {OTHER: roles.TRUTH, MARKED: roles.TARGET}


def marked_chart() -> Chart:
    """A bar for each step: how large its value is, and with its number above it if it is marked.

    The chart of a `marked_table`.
    """
    base = table_chart().encode(
        x=step_axis("step", "Time step"),
        y=alt.Y(
            "value:Q",
            title="Value",
            scale=fixed(0, 1.1),
            axis=alt.Axis(values=[0, 0.5, 1], grid=False),
        ),
        tooltip=tooltips(("step:O", "Time step"), ("value:Q", "Value", ".4f"), ("mark:N", "Mark")),
    )
    bars = base.mark_bar().encode(
        color=alt.Color("kind:N", scale=by_name(COLOURS), legend=legend_above()),
        opacity=alt.condition(f"datum.kind == '{MARKED}'", alt.value(1), alt.value(0.45)),
    )
    numbers = base.transform_filter(f"datum.kind == '{MARKED}'").mark_text(
        dy=-7, fontSize=11, color=roles.INK
    )
    return layered(
        bars, numbers.encode(text=alt.Text("value:Q", format=".2f")), height=HEIGHT + FURNITURE
    )


def marked_table(inputs: NDArray[np.float32]) -> pd.DataFrame:
    """One row for each step of a sequence (timesteps, 2): step from 1, value, mark, kind."""
    values, marks = inputs.T.astype(float)
    return pd.DataFrame(
        {
            "step": np.arange(1, len(values) + 1),
            "value": values,
            "mark": marks.astype(int),
            "kind": np.where(marks > 0, MARKED, OTHER),
        }
    )
