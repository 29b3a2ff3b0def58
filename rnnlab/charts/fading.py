"""How a difference in the first input fades from the state, step by step."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.cells.cell import Floats
from rnnlab.charts import roles
from rnnlab.charts.table import TABLE

LEAST, MOST = 1e-8, 10.0
"""The ends of the logarithmic axis; smaller distances are not drawn."""


def fading_chart(n_steps: int, visible: float) -> alt.LayerChart | alt.FacetChart:
    """The distance between two runs by step, and the line below which it counts as gone.

    The chart of a `fading_table`.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "step:Q",
            title="Time step",
            scale=alt.Scale(domain=[0, n_steps], nice=False),
            axis=alt.Axis(tickCount=10, grid=False),
        ),
        y=alt.Y(
            "drawn:Q",
            title="Largest difference of a unit",
            scale=alt.Scale(type="log", domain=[LEAST, MOST], nice=False),
            axis=alt.Axis(
                values=[1e-8, 1e-6, 1e-4, 0.01, 1],
                labelExpr="datum.value < 0.001 ? format(datum.value, '~e') : datum.label",
                gridOpacity=0.5,
            ),
        ),
        tooltip=[
            alt.Tooltip("step:Q", title="Time step"),
            alt.Tooltip("distance:Q", title="Difference", format=".2~g"),
        ],
    )
    points = base.mark_line(color=roles.AFTER, point=alt.OverlayMarkDef(size=14, color=roles.AFTER))
    return alt.layer(*_limit(visible), points).properties(height=280)


def fading_table(distances: Floats) -> pd.DataFrame:
    """One row a step (from 1): its distance, and the same as `drawn`, where the axis has room."""
    return pd.DataFrame(
        {
            "step": np.arange(1, len(distances) + 1),
            "distance": distances,
            "drawn": np.where(distances >= LEAST, distances, np.nan),
        }
    )


def _limit(visible: float) -> list[alt.Chart]:
    base = alt.Chart(pd.DataFrame({"limit": [visible]})).encode(y="limit:Q")
    label = base.mark_text(align="right", baseline="bottom", dy=-3, fontSize=11, color=roles.INK)
    return [
        base.mark_rule(color=roles.BOUND, strokeDash=[6, 4]),
        label.encode(x=alt.value("width"), text=alt.value(f"visible: {visible:g} or more")),
    ]
