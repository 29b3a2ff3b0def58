"""How often a 1 followed each pattern of inputs: counted with its bar, beside the exact chance."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import FURNITURE, TABLE
from rnnlab.rules.expression import name_of
from rnnlab.survey.counts import Counted

ROW_HEIGHT = 30
EXACT, SHARE = "exact", "counted"


def counted_chart(patterns: tuple[str, ...], title: str) -> alt.LayerChart | alt.FacetChart:
    """A line for each pattern: a grey tick at its exact chance, a point with a bar as counted.

    The chart of a `counted_table`; `title` says which inputs a pattern is made of.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        y=alt.Y(
            "pattern:N",
            title=title,
            scale=alt.Scale(domain=list(patterns)),
            axis=alt.Axis(labelOverlap=False, labelFontSize=13, ticks=False, domain=False),
        ),
        tooltip=[
            alt.Tooltip("pattern:N", title=title),
            alt.Tooltip("n:Q", title="Counted steps", format=","),
            alt.Tooltip("ones:Q", title="Ones", format=","),
            alt.Tooltip("share:Q", title="Share of ones", format=".4f"),
            alt.Tooltip("low:Q", title="Bar from", format=".4f"),
            alt.Tooltip("high:Q", title="Bar to", format=".4f"),
            alt.Tooltip("exact:Q", title="Exact chance", format=".4~f"),
        ],
    )
    across = alt.X(
        "share:Q",
        title="Chance of a 1",
        scale=alt.Scale(domain=[-0.02, 1.02], nice=False),
        axis=alt.Axis(format=".2~f", values=[0, 0.25, 0.5, 0.75, 1], gridOpacity=0.5),
    )
    what = alt.Color(
        "what:N",
        scale=alt.Scale(domain=[EXACT, SHARE], range=[roles.TRUTH, roles.TARGET]),
        legend=alt.Legend(title=None, orient="top", symbolType="square"),
    )
    exact = base.transform_calculate(what=f"'{EXACT}'").encode(color=what)
    share = base.transform_calculate(what=f"'{SHARE}'").encode(color=what)
    ticks = exact.mark_tick(thickness=4, size=ROW_HEIGHT - 10, opacity=0.9).encode(x="exact:Q")
    bars = share.mark_rule(strokeWidth=3, opacity=0.6).encode(x="low:Q", x2="high:Q")
    points = share.mark_point(filled=True, size=55, opacity=1).encode(x=across)
    height = ROW_HEIGHT * len(patterns) + FURNITURE
    return alt.layer(ticks, bars, points).properties(height=height)


def counted_table(counted: Counted) -> pd.DataFrame:
    """One row a pattern, oldest bit first: pattern, n, ones, share, low, high, exact, agrees.

    `low` and `high` are the ends of the bar. What nothing was counted for is nan.
    """
    rows = [
        (pattern, one.n, one.ones, one.share, *one.bar, one.exact, one.agrees)
        for pattern, one in zip(patterns_of(counted), counted.rows, strict=True)
    ]
    columns = ["pattern", "n", "ones", "share", "low", "high", "exact", "agrees"]
    return pd.DataFrame(rows, columns=columns)


def patterns_of(counted: Counted) -> tuple[str, ...]:
    """The patterns as they are written on the axis."""
    return tuple(" ".join(map(str, row.pattern)) or "any" for row in counted.rows)


def pattern_title(counted: Counted) -> str:
    """Which inputs the patterns are made of, as a pattern is read."""
    return " ".join(map(name_of, counted.lags)) or "inputs"
