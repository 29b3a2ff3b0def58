"""The states of a network written out as loops, and how a change of its first input fades."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.cells.cell import Floats
from rnnlab.charts import roles
from rnnlab.charts.elements import (
    FURNITURE,
    Chart,
    dashed,
    fixed,
    layered,
    table_chart,
    tooltips,
)
from rnnlab.charts.heat_map import diverging_colour

MANY_UNITS = 16
TALL, LOW = 20, 9
REACH = 0.46
"""How far a cell reaches from the middle of its row: up if it is positive, else down."""

LEAST, MOST = 1e-8, 10.0
"""The ends of the logarithmic axis; smaller distances are not drawn."""


def state_map_chart(n_steps: int, n_units: int) -> Chart:
    """Units by time steps as shades from -1 to 1; the chart of a `state_map_table`.

    A positive number fills the upper half of its row and a negative one the lower half, so that
    the sign can be seen without colours.
    """
    many = n_units > MANY_UNITS
    numbered = [1, *range(8, n_units + 1, 8)] if many else list(range(1, n_units + 1))
    cells = (
        table_chart()
        .mark_rect()
        .encode(
            x=alt.X(
                "left:Q",
                title="Time step",
                scale=fixed(0.5, n_steps + 0.5),
                axis=alt.Axis(
                    values=[1, *range(10, n_steps + 1, 10)], labelOverlap=True, grid=False
                ),
            ),
            x2="right:Q",
            y=alt.Y(
                "top:Q",
                title="Unit",
                scale=fixed(n_units + 0.5, 0.5),
                axis=alt.Axis(values=numbered, gridOpacity=0.5, ticks=False, domain=False),
            ),
            y2="bottom:Q",
            color=diverging_colour(1.0, "State"),
            tooltip=tooltips(
                ("step:Q", "Time step"), ("unit:Q", "Unit"), ("value:Q", "State", ".4~f")
            ),
        )
    )
    return layered(cells, height=(LOW if many else TALL) * n_units + FURNITURE)


def state_map_table(states: Floats, n_units: int) -> pd.DataFrame:
    """One row a cell of the first `n_units` units of states (timesteps, units).

    Steps and units count from 1; left, right, top and bottom are the cell's edges.
    """
    step, unit = np.indices(states[:, :n_units].shape).reshape(2, -1) + 1
    value = states[:, :n_units].ravel()
    return pd.DataFrame(
        {
            "step": step,
            "unit": unit,
            "value": value,
            "left": step - 0.5,
            "right": step + 0.5,
            "top": unit - REACH * np.maximum(value, 0),
            "bottom": unit + REACH * np.maximum(-value, 0),
        }
    )


def distances_chart(n_steps: int, visible: float) -> Chart:
    """The distance between two runs by step, and the line below which it counts as gone.

    The chart of a `distances_table`.
    """
    base = table_chart().encode(
        x=alt.X(
            "step:Q",
            title="Time step",
            scale=fixed(0, n_steps),
            axis=alt.Axis(tickCount=10, grid=False),
        ),
        y=alt.Y(
            "drawn:Q",
            title="Largest difference of a unit",
            scale=fixed(LEAST, MOST, log=True),
            axis=alt.Axis(
                values=[1e-8, 1e-6, 1e-4, 0.01, 1],
                labelExpr="datum.value < 0.001 ? format(datum.value, '~e') : datum.label",
                gridOpacity=0.5,
            ),
        ),
        tooltip=tooltips(("step:Q", "Time step"), ("distance:Q", "Difference", ".2~g")),
    )
    limit = alt.Chart(pd.DataFrame({"limit": [visible]})).encode(y="limit:Q")
    label = limit.mark_text(align="right", baseline="bottom", dy=-3, fontSize=11, color=roles.INK)
    return layered(
        dashed(limit),
        label.encode(x=alt.value("width"), text=alt.value(f"visible: {visible:g} or more")),
        base.mark_line(color=roles.AFTER, point=alt.OverlayMarkDef(size=14, color=roles.AFTER)),
        height=280,
    )


def distances_table(distances: Floats) -> pd.DataFrame:
    """One row a step (from 1): its distance, and the same as `drawn`, where the axis has room."""
    return pd.DataFrame(
        {
            "step": np.arange(1, len(distances) + 1),
            "distance": distances,
            "drawn": np.where(distances >= LEAST, distances, np.nan),
        }
    )
