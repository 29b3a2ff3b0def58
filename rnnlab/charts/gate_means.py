"""How far open the gates of a layer are on average, unit by unit."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.table import FURNITURE, TABLE

LANE_HEIGHT = 44


def gate_means_chart(gates: tuple[str, ...]) -> alt.LayerChart | alt.FacetChart:
    """A lane for each gate, a point for each unit, and a tick at the mean of all units.

    The chart of a `gate_means_table`.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "mean:Q",
            title="Mean over all steps: 0 is shut, 1 is open",
            scale=alt.Scale(domain=[0, 1], nice=False),
            axis=alt.Axis(format=".1f", tickCount=5),
        ),
        y=alt.Y(
            "gate:N",
            title=None,
            scale=alt.Scale(domain=list(gates)),
            axis=alt.Axis(labelExpr="'gate ' + datum.label", ticks=False, domain=False),
        ),
        tooltip=[
            alt.Tooltip("gate:N", title="Gate"),
            alt.Tooltip("unit:N", title="Unit"),
            alt.Tooltip("mean:Q", title="Mean", format=".3f"),
        ],
    )
    units = base.transform_filter("datum.unit != 'all'").mark_point(
        color=roles.AFTER, filled=True, opacity=0.6, size=60
    )
    overall = base.transform_filter("datum.unit == 'all'").mark_tick(
        color=roles.INK, thickness=3, size=LANE_HEIGHT * 0.6
    )
    return alt.layer(units, overall).properties(height=LANE_HEIGHT * len(gates) + FURNITURE // 2)


def gate_means_table(means: Mapping[str, NDArray[np.floating]]) -> pd.DataFrame:
    """One row a gate and unit, and one a gate for "all" units: gate, unit, mean."""
    rows = [
        (gate, unit, mean)
        for gate, values in means.items()
        for unit, mean in [
            *((str(n), float(value)) for n, value in enumerate(values, start=1)),
            ("all", float(values.mean())),
        ]
    ]
    return pd.DataFrame(rows, columns=["gate", "unit", "mean"])
