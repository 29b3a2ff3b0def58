"""The staircase of what can be reached, from who knows nothing to who knows all."""

from __future__ import annotations

import math
from collections.abc import Mapping

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import FURNITURE, TABLE

STEP_HEIGHT = 30
ROOM = 1.2
"""The axis goes on beyond the longest bar, for the number at its end."""

ROOM_OF_LOGARITHMS = 0.25

LEAST = 1e-16
"""Squared errors below this are drawn here; single precision makes larger ones."""


def staircase_chart(
    labels: tuple[str, ...], title: str, domain: tuple[float, float], *, log: bool = False
) -> alt.LayerChart | alt.FacetChart:
    """A bar for each who knows so much, with its number; a dashed line at what this run can reach.

    The chart of a `staircase_table`; `labels` from the top down, `domain` the ends of the axis.
    With `log` the axis is logarithmic.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        y=alt.Y(
            "label:N",
            title=None,
            scale=alt.Scale(domain=list(labels), paddingInner=0.25),
            axis=alt.Axis(
                labelLimit=150, labelFontSize=12, labelOverlap=False, ticks=False, domain=False
            ),
        ),
        tooltip=[
            alt.Tooltip("label:N", title="Who"),
            alt.Tooltip("text:N", title=title),
        ],
    )
    across = alt.X(
        "drawn:Q",
        title=title,
        scale=alt.Scale(type="log" if log else "linear", domain=list(domain), nice=False),
        axis=alt.Axis(
            format="~e" if log else "~g", tickCount=5, gridOpacity=0.5, labelOverlap=True
        ),
    )
    height = STEP_HEIGHT * len(labels) + FURNITURE // 2
    return alt.layer(*_marks(base, across)).properties(height=height)


def _marks(base: alt.Chart, across: alt.X) -> list[alt.Chart]:
    """The bars, the line at the floor, and the numbers."""
    bars = base.mark_bar(color=roles.LOSS, opacity=0.55)
    line = base.transform_filter("datum.floor").mark_rule(
        color=roles.BOUND, strokeDash=[6, 4], strokeWidth=2
    )
    numbers = base.mark_text(align="left", dx=5, fontSize=12, color=roles.INK)
    return [
        bars.encode(x=across, x2=alt.X2("start:Q")),
        line.encode(x="drawn:Q", y=alt.value(0), y2=alt.value("height")),
        numbers.encode(x="drawn:Q", text="text:N"),
    ]


def staircase_table(
    stairs: Mapping[str, float], floor: str | None, domain: tuple[float, float], *, log: bool
) -> pd.DataFrame:
    """One row a stair: label, value, `drawn` and `start` (ends of the bar), text, floor.

    `floor` names the stair that is the best this run can reach.
    """
    table = pd.DataFrame({"label": list(stairs), "value": list(stairs.values())})
    table["drawn"] = table["value"].clip(*domain) if log else table["value"]
    table["start"] = domain[0]
    table["text"] = [f"{value:.2g}" if log else f"{value:.4f}" for value in stairs.values()]
    table["floor"] = table["label"] == floor
    return table


def staircase_domain(stairs: Mapping[str, float], *, log: bool) -> tuple[float, float]:
    """Ends of the axis: from 0, or for squared errors from a power of ten below the least."""
    values = [max(value, LEAST) for value in stairs.values()]
    if not log:
        return 0.0, ROOM * max(values)
    low, high = math.log10(min(values)), math.log10(max(values))
    room = ROOM_OF_LOGARITHMS * (high - low + 1)
    return 10.0 ** (math.floor(low) - 1), 10.0 ** (high + room)
