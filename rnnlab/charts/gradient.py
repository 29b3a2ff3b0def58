"""The gradient by steps back, and its length while the network learns."""

from __future__ import annotations

import math
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.by_lag import FIRST, NOW, steps_back
from rnnlab.charts.elements import (
    Chart,
    by_name,
    dashed,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.insight.gradient import FADED, GradientBack

POINTS = {FIRST: "square", NOW: "circle"}
LEAST_LENGTH = 1e-9


def gradient_back_chart(n_lags: int, high: float, gain: float | None = None) -> Chart:
    """Two lines by steps back: what is left of the gradient with the first weights, and with these.

    The chart of a `gradient_back_table`. With a `gain` the dashed line is what it alone leaves.
    """
    colours = by_name({FIRST: roles.BEFORE, NOW: roles.AFTER})
    legend = legend_above(symbolSize=80)
    base = table_chart().encode(
        x=steps_back("lag", 0, max(n_lags - 1, 1), min(n_lags, 12)),
        y=alt.Y(
            "left:Q",
            title="Share of the gradient that is left",
            scale=fixed(FADED, high, log=True, clamp=True),
            axis=alt.Axis(format="~g", tickCount=8, gridOpacity=0.5),
        ),
        color=alt.Color("weights:N", scale=colours, legend=legend),
        tooltip=tooltips(
            ("lag:Q", "Steps back"), ("weights:N", "With"), ("left:Q", "Left", ".3~g")
        ),
    )
    points = base.mark_point(filled=True, size=45, opacity=1).encode(
        shape=alt.Shape("weights:N", scale=by_name(POINTS), legend=legend)
    )
    layers = [base.mark_line(strokeWidth=2), points]
    if gain:
        layers.insert(0, _gain_line(n_lags, gain))
    return layered(*layers, height=300)


def gradient_back_table(first: GradientBack, now: GradientBack) -> pd.DataFrame:
    """One row a lag and kind of weights: lag, weights, left (a share)."""
    tables = [
        pd.DataFrame({"lag": np.arange(len(back.left)), "weights": name, "left": back.left})
        for name, back in ((FIRST, first), (NOW, now))
    ]
    return pd.concat(tables, ignore_index=True)


def highest(*backs: GradientBack) -> float:
    """The upper end of the axis: 1, or the power of ten above what has grown."""
    largest = max(float(back.left[np.isfinite(back.left)].max(initial=1.0)) for back in backs)
    return 10.0 ** math.ceil(math.log10(largest))


def gradient_length_chart(
    domain: tuple[float, float], updates: int, unit: str, clip: float = 0.0
) -> Chart:
    """The length of the whole gradient by update; a dashed line where it is clipped.

    The chart of a `gradient_length_table`.
    """
    base = table_chart().encode(
        x=alt.X(
            "update:Q",
            title="Updates",
            scale=alt.Scale(type="symlog", domain=[0, updates], nice=False),
            axis=alt.Axis(format=",d", values=_tenfold(updates), grid=False),
        ),
        y=alt.Y(
            "length:Q",
            title=f"Length of the gradient ({unit})",
            scale=fixed(*domain, log=True, clamp=True),
            axis=alt.Axis(format="~g", values=_powers(*domain), gridOpacity=0.5),
        ),
        tooltip=tooltips(("update:Q", "Updates", ",d"), ("length:Q", "Length", ".3~g")),
    )
    layers = [
        base.mark_line(strokeWidth=2, color=roles.LOSS),
        base.mark_point(filled=True, size=40, opacity=1, color=roles.LOSS),
    ]
    if clip:
        limit = dashed(alt.Chart(pd.DataFrame({"length": [clip]}))).encode(y="length:Q")
        layers.insert(0, limit)
    return layered(*layers, height=300)


def gradient_length_table(lengths: Mapping[int, float]) -> pd.DataFrame:
    """One row a moment: update, length."""
    finite = {step: length for step, length in lengths.items() if math.isfinite(length)}
    return pd.DataFrame({"update": list(finite), "length": list(finite.values())})


def length_domain(lengths: Mapping[int, float], clip: float = 0.0) -> tuple[float, float]:
    """Powers of ten around all lengths, and the line at which they are clipped."""
    values = [value for value in (*lengths.values(), clip) if LEAST_LENGTH < value < math.inf]
    low, high = min(values, default=0.1), max(values, default=1.0)
    return 10.0 ** math.floor(math.log10(low)), 10.0 ** (math.floor(math.log10(high)) + 1)


def _gain_line(n_lags: int, gain: float) -> alt.Chart:
    lags = np.arange(n_lags)
    left = np.maximum(float(gain) ** lags, FADED)
    line: alt.Chart = (
        alt.Chart(pd.DataFrame({"lag": lags, "left": left}))
        .mark_line(color=roles.BOUND, strokeDash=[6, 4], clip=True)
        .encode(x="lag:Q", y="left:Q")
    )
    return line


def _powers(low: float, high: float) -> list[float]:
    first, last = (round(math.log10(end)) for end in (low, high))
    return [10.0**power for power in range(first, last + 1)]


def _tenfold(updates: int) -> list[int]:
    """0, 1, 10, … up to the last update."""
    return [0, *(10**power for power in range(int(math.log10(max(updates, 1))) + 1))]
