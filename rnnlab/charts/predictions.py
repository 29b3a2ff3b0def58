"""A series beside what the network says: one step ahead, or going on alone; and single answers."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.insight.answers import Answers
from rnnlab.insight.forecast import Forecast, Told

REAL, PREDICTED = "real", "predicted"
ROOM = 0.1


def value_domain(real: NDArray[np.floating]) -> tuple[float, float]:
    """Where the axis of a series begins and ends: its range and a little room, in round numbers.

    What a network says beyond is cut off.
    """
    low, high = float(real.min()), float(real.max())
    room = ROOM * (high - low) or 1.0
    step = 10.0 ** math.floor(math.log10(room))
    return math.floor((low - room) / step) * step, math.ceil((high + room) / step) * step


def series_chart(
    n_points: int, domain: tuple[float, float], *, alone: bool = False
) -> alt.LayerChart | alt.FacetChart:
    """The real test values and what the network said, as two lines over the points of the test.

    The chart of a `series_table`. `alone` marks the step at which the network is first wrong by
    more than half the amplitude.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "point:Q",
            title="Steps alone" if alone else "Step of the test",
            scale=alt.Scale(domain=[0, n_points], nice=False),
            axis=alt.Axis(format="d", tickCount=6, grid=False),
        ),
    )
    layers = [_lines(base, domain), *(_parting(base) if alone else ())]
    return alt.layer(*layers).properties(height=300)


def series_table(found: Told | Forecast) -> pd.DataFrame:
    """One row a point (from 1) and line: point, what, value, error (predicted - real), lost."""
    points = np.arange(1, len(found.real) + 1)
    lost = found.lost if isinstance(found, Forecast) else None
    error = np.asarray(found.predicted, float) - found.real
    tables = [
        pd.DataFrame({"point": points, "what": what, "value": values, "error": error})
        for what, values in ((REAL, found.real), (PREDICTED, found.predicted))
    ]
    table = pd.concat(tables, ignore_index=True)
    table["lost"] = (table["point"] == lost) & (table["what"] == PREDICTED)
    return table


def errors_table(found: Told) -> pd.DataFrame:
    """Root mean squared errors on the test, the largest first: who, root mean squared error."""
    rows = [*found.baselines.items(), ("your network", found.error)]
    table = pd.DataFrame(rows, columns=["who", "root mean squared error"])
    return table.sort_values("root mean squared error", ascending=False, ignore_index=True)


def answers_table(found: Answers) -> pd.DataFrame:
    """One row a sample: target, predicted, error, full (mean |h|), saturated (a share), h1, h2, …

    `full` and the states are those of the top layer after the last step.
    """
    table = pd.DataFrame(
        {
            "target": found.targets.astype(float),
            "predicted": found.predicted.astype(float),
            "error": (found.predicted - found.targets).astype(float),
            "full": found.fullness.astype(float),
            "saturated": found.saturated.astype(float),
        }
    )
    states = {f"h{unit + 1}": found.last[:, unit] for unit in range(found.last.shape[1])}
    return pd.concat([table, pd.DataFrame(states)], axis=1)


def _lines(base: alt.Chart, domain: tuple[float, float]) -> alt.Chart:
    """What is real broad and pale, what is predicted thin and dashed on top of it."""
    both = [REAL, PREDICTED]
    is_real = f"datum.what == '{REAL}'"
    lines: alt.Chart = base.mark_line(clip=True).encode(
        y=alt.Y(
            "value:Q",
            title="Value",
            scale=alt.Scale(domain=list(domain), nice=False),
            axis=alt.Axis(tickCount=6, gridOpacity=0.5),
        ),
        color=alt.Color(
            "what:N",
            scale=alt.Scale(domain=both, range=[roles.TARGET, roles.PREDICTED]),
            legend=alt.Legend(title=None, orient="top", symbolType="stroke"),
        ),
        strokeDash=alt.StrokeDash(
            "what:N", scale=alt.Scale(domain=both, range=[[1, 0], [6, 3]]), legend=None
        ),
        strokeWidth=alt.condition(is_real, alt.value(4), alt.value(2)),
        opacity=alt.condition(is_real, alt.value(0.5), alt.value(1)),
        tooltip=[
            alt.Tooltip("point:Q", title="Step", format=","),
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("value:Q", title="Value", format=".4~g"),
            alt.Tooltip("error:Q", title="Error", format=".3~g"),
        ],
    )
    return lines


def _parting(base: alt.Chart) -> list[alt.Chart]:
    """A line and a word where the network has lost the series."""
    there = base.transform_filter("datum.lost")
    rule = there.mark_rule(color=roles.BOUND, strokeDash=[6, 4], strokeWidth=1.5)
    word = there.mark_text(align="left", baseline="top", dx=5, fontSize=11, color=roles.INK)
    return [rule, word.encode(y=alt.value(4), text=alt.value("lost from here on"))]
