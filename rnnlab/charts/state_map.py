"""The state of a written-out network over its steps: a row a unit, a column a step."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.cells.cell import Floats
from rnnlab.charts.shades import around_zero
from rnnlab.charts.table import FURNITURE, TABLE

MANY_UNITS = 16
TALL, LOW = 20, 9
REACH = 0.46
"""How far a cell reaches from the middle of its row: up if it is positive, else down."""


def state_map_chart(n_steps: int, n_units: int) -> alt.LayerChart | alt.FacetChart:
    """Units by time steps as shades from -1 to 1; the chart of a `state_map_table`.

    A positive number fills the upper half of its row and a negative one the lower half, so that
    the sign can be seen without colours.
    """
    cells: alt.Chart = (
        alt.Chart(alt.NamedData(TABLE))
        .mark_rect()
        .encode(
            x=_steps(n_steps),
            x2="right:Q",
            y=_units(n_units),
            y2="bottom:Q",
            color=around_zero(1.0, "State"),
            tooltip=[
                alt.Tooltip("step:Q", title="Time step"),
                alt.Tooltip("unit:Q", title="Unit"),
                alt.Tooltip("value:Q", title="State", format=".4~f"),
            ],
        )
    )
    height = (TALL if n_units <= MANY_UNITS else LOW) * n_units + FURNITURE
    chart: alt.LayerChart | alt.FacetChart = alt.layer(cells).properties(height=height)
    return chart


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


def _steps(n_steps: int) -> alt.X:
    return alt.X(
        "left:Q",
        title="Time step",
        scale=alt.Scale(domain=[0.5, n_steps + 0.5], nice=False),
        axis=alt.Axis(values=[1, *range(10, n_steps + 1, 10)], labelOverlap=True, grid=False),
    )


def _units(n_units: int) -> alt.Y:
    several = n_units > MANY_UNITS
    values = [1, *range(8, n_units + 1, 8)] if several else list(range(1, n_units + 1))
    return alt.Y(
        "top:Q",
        title="Unit",
        scale=alt.Scale(domain=[n_units + 0.5, 0.5], nice=False),
        axis=alt.Axis(values=values, gridOpacity=0.5, ticks=False, domain=False),
    )
