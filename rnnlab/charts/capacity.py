"""Memory capacity: how much of each past input can be read off a state."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rnnlab.charts.by_lag import bars_by_lag, first_and_now
from rnnlab.charts.elements import Chart, fixed
from rnnlab.insight.capacity import Capacity


def capacity_chart(n_lags: int, most: float, window: int, causes: tuple[int, ...] = ()) -> Chart:
    """Two bars for each lag: the share of that input which can be read, before and now.

    The chart of a `capacity_table`, drawn as `bars_by_lag` says, from 0 to `most`: the number of
    features of an input.
    """
    y = alt.Y(
        "capacity:Q",
        title="Share that can be read (R²)",
        scale=fixed(0, most),
        axis=alt.Axis(format="~g", tickCount=5, gridOpacity=0.5),
    )
    numbers = ("capacity:Q", "Share that can be read", ".3f")
    return bars_by_lag(y, 0, n_lags, window, causes, numbers)


def capacity_table(first: Capacity, now: Capacity) -> pd.DataFrame:
    """One row a lag and kind of weights: lag, weights, capacity (R²), left, right."""
    columns = ["lag", "weights", "capacity", "left", "right"]
    return first_and_now({"capacity": first.by_lag}, {"capacity": now.by_lag}, columns)
