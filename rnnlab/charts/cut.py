"""How a series is cut: its rows below each other, the window on all of them, and one magnified."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.survey.cut import Cut

ROWS_DRAWN = 3
LANE_HEIGHT = 46
BAR = 0.5
"""A bar's share of its lane; above it stand the numbers of its first and last bit."""

COLUMNS = ["kind", "lane", "row", "start", "end", "first", "last"]


def rows_chart(length: int, n_lanes: int) -> alt.LayerChart | alt.FacetChart:
    """Rows of `length` bits as bars, true to scale, and one window of time on all of them.

    The chart of a `rows_table`, of `n_lanes` lanes. What fills no window is grey.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        y=alt.Y("lane:Q", axis=None, scale=alt.Scale(domain=[0, n_lanes], reverse=True, nice=False))
    )
    across = alt.X(
        "start:Q",
        title="Bit of the row",
        scale=alt.Scale(domain=[0, length], nice=False),
        axis=alt.Axis(grid=False, tickCount=4, format=",d"),
    )
    tooltip = [
        alt.Tooltip("row:N", title="Row"),
        alt.Tooltip("first:N", title="Begins with"),
        alt.Tooltip("last:N", title="Ends with"),
    ]
    tall = base.transform_calculate(bottom=f"datum.lane + {BAR}").encode(
        x=across, x2="end:Q", y2="bottom:Q", tooltip=tooltip
    )
    bars = [
        tall.transform_filter(f"datum.kind == '{kind}'").mark_rect(color=colour, opacity=opacity)
        for kind, colour, opacity in (("row", roles.INPUT, 0.3), ("unused", roles.TRUTH, 0.5))
    ]
    window = tall.transform_filter("datum.kind == 'window'").mark_rect(
        fill=roles.TARGET, fillOpacity=0.5, stroke=roles.TARGET, strokeWidth=2
    )
    chart: alt.LayerChart | alt.FacetChart = alt.layer(
        *bars, window, *_words(base, length)
    ).properties(height=LANE_HEIGHT * n_lanes + 40)
    return chart


def rows_table(cut: Cut, window: int) -> pd.DataFrame:
    """The first rows and the last one, what they leave unused, and the window (from 0) on each."""
    rows = rows_drawn(cut)
    used = cut.windows * cut.window
    pieces: list[tuple[object, ...]] = []
    for lane, row in enumerate(rows):
        if row is None:
            pieces.append(("gap", lane, "", 0, 0, "", "…"))
            continue
        name = f"row {row + 1}"
        first = f"{'↳ ' if row else ''}{name}: x[{row * cut.length:,}]"
        wraps = " ↵" if row < cut.rows - 1 else ""
        last = f"x[{(row + 1) * cut.length - 1:,}]{wraps}"
        pieces.append(("row", lane, name, 0, used, first, last))
        if cut.unused:
            pieces.append(("unused", lane, f"{name}, not used", used, cut.length, "", ""))
        start = window * cut.window
        begin = row * cut.length + start
        names = f"x[{begin:,}]", f"x[{begin + cut.window - 1:,}]"
        pieces.append(
            ("window", lane, f"{name}, window {window + 1}", start, start + cut.window, *names)
        )
    return pd.DataFrame(pieces, columns=COLUMNS)


def rows_drawn(cut: Cut) -> list[int | None]:
    """The rows (from 0) that are drawn, from top to bottom; None: some are left out."""
    if cut.rows <= ROWS_DRAWN + 2:
        return list(range(cut.rows))
    return [*range(ROWS_DRAWN), None, cut.rows - 1]


def _words(base: alt.Chart, length: int) -> list[alt.Chart]:
    """The names of each row's first and last bit, and the dots between rows."""
    rows = base.transform_filter("datum.kind == 'row'")
    gaps = base.transform_filter("datum.kind == 'gap'")
    style: dict[str, Any] = {"fontSize": 12, "color": roles.INK, "baseline": "bottom", "dy": -2}
    return [
        rows.mark_text(align="left", **style).encode(x=alt.value(0), text="first:N"),
        rows.mark_text(align="right", **style).encode(x=alt.datum(length), text="last:N"),
        gaps.mark_text(fontSize=20, color=roles.INK, dy=8).encode(
            x=alt.datum(length / 2), text="last:N"
        ),
    ]
