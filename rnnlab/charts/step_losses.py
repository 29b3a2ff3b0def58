"""The best possible loss at each step of a window: how soon its bits tell what lay before it."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, dashed, fixed, layered, table_chart, tooltips

HEIGHT = 220
ROOM = 1.1


def step_losses_chart(window: int, baseline: float) -> Chart:
    """A point for each step of a window of so many, and a dashed line for the whole past.

    The chart of a `step_losses_table`; the axis reaches above `baseline`, the loss of knowing
    nothing.
    """
    base = table_chart().encode(
        x=alt.X(
            "step:Q",
            title="Step of the window",
            scale=fixed(0, window + 1),
            axis=alt.Axis(grid=False, tickMinStep=1, format="d"),
        ),
        tooltip=tooltips(
            ("step:Q", "Step"),
            ("loss:Q", "Best loss (nats)", ".4f"),
            ("whole:Q", "With the whole past", ".4f"),
        ),
    )
    up = alt.Y("loss:Q", title="Loss (nats)", scale=fixed(0, ROOM * baseline))
    line = base.mark_line(color=roles.LOSS, strokeWidth=2).encode(y=up)
    points = base.mark_point(color=roles.LOSS, filled=True, size=40).encode(y=up)
    floor = dashed(base.transform_filter("datum.step == 1"), strokeWidth=2)
    across = floor.encode(
        x=alt.value(0),
        x2=alt.value("width"),
        y=alt.Y("whole:Q", title="Loss (nats)", scale=fixed(0, ROOM * baseline)),
    )
    return layered(line, points, across, height=HEIGHT)


def step_losses_table(losses: NDArray[np.float64], whole: float) -> pd.DataFrame:
    """A row a step, from 1: its best `loss`, and that of the `whole` past."""
    return pd.DataFrame({"step": range(1, len(losses) + 1), "loss": losses, "whole": whole})
