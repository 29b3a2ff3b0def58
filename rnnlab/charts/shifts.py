"""The error of a forecast that is moved back and forth in time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, fixed, layered, table_chart, tooltips
from rnnlab.insight.shifts import FURTHEST, ShiftErrors

ROOM = 1.15
"""The axis of errors goes on above the longest bar, for the number on it."""


def shifts_top(shifts: ShiftErrors) -> float:
    """Where the axis of errors ends."""
    return ROOM * max(shifts.errors.values()) or 1.0


def shifts_chart(top: float) -> Chart:
    """A bar for each shift, with its error; the best is full.

    The chart of a `shifts_table`; `top` is where the axis of errors ends.
    """
    base = table_chart().encode(
        x=alt.X(
            "shift:O",
            title="Held against the value so many steps earlier",
            scale=alt.Scale(domain=list(range(-FURTHEST, FURTHEST + 1)), paddingInner=0.3),
            axis=alt.Axis(labelAngle=0, labelFontSize=12, ticks=False),
        ),
        y=alt.Y(
            "error:Q",
            title="Error (root mean squared)",
            scale=fixed(0, top),
            axis=alt.Axis(format="~g", tickCount=4, gridOpacity=0.5),
        ),
        tooltip=tooltips(
            ("shift:O", "Steps earlier"), ("error:Q", "Root mean squared error", ".4~g")
        ),
    )
    bars = base.mark_bar(color=roles.PREDICTED).encode(
        opacity=alt.condition("datum.best", alt.value(0.9), alt.value(0.35))
    )
    numbers = base.mark_text(baseline="bottom", dy=-3, fontSize=12, color=roles.INK)
    return layered(bars, numbers.encode(text="text:N"), height=270)


def shifts_table(shifts: ShiftErrors) -> pd.DataFrame:
    """One row a shift, from -3 to 3: shift, error, best, text."""
    table = pd.DataFrame({"shift": list(shifts.errors), "error": list(shifts.errors.values())})
    table["best"] = table["shift"] == shifts.best
    table["text"] = [f"{error:.3g}" for error in table["error"]]
    return table
