"""What is known of a rule before any network is trained: losses of predictors, counted targets."""

from __future__ import annotations

import math
from collections.abc import Mapping

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    FURNITURE,
    Chart,
    by_name,
    dashed,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.exploration.pattern_counts import PatternCounts
from rnnlab.rules.expression import name_of

STEP_HEIGHT = 30
ROOM = 1.2
"""The axis of losses goes on beyond the longest bar, for the number at its end."""

ROOM_OF_LOGARITHMS = 0.25

LEAST = 1e-16
"""Squared errors below this are drawn here; single precision makes larger ones."""

ROW_HEIGHT = 30
EXACT, COUNTED = "exact", "counted"


def losses_chart(
    labels: tuple[str, ...], title: str, domain: tuple[float, float], *, log: bool = False
) -> Chart:
    """A bar for each predictor, with its loss; a dashed line at the best that a run can reach.

    The chart of a `losses_table`; `labels` from the top down, `domain` the ends of the axis. With
    `log` the axis is logarithmic.
    """
    base = table_chart().encode(
        y=alt.Y(
            "label:N",
            title=None,
            scale=alt.Scale(domain=list(labels), paddingInner=0.25),
            axis=alt.Axis(
                labelLimit=150, labelFontSize=12, labelOverlap=False, ticks=False, domain=False
            ),
        ),
        tooltip=tooltips(("label:N", "Who"), ("text:N", title)),
    )
    across = alt.X(
        "drawn:Q",
        title=title,
        scale=fixed(*domain, log=log),
        axis=alt.Axis(
            format="~e" if log else "~g", tickCount=5, gridOpacity=0.5, labelOverlap=True
        ),
    )
    bars = base.mark_bar(color=roles.LOSS, opacity=0.55).encode(x=across, x2=alt.X2("start:Q"))
    floor = dashed(base.transform_filter("datum.floor"), strokeWidth=2)
    numbers = base.mark_text(align="left", dx=5, fontSize=12, color=roles.INK)
    return layered(
        bars,
        floor.encode(x="drawn:Q", y=alt.value(0), y2=alt.value("height")),
        numbers.encode(x="drawn:Q", text="text:N"),
        height=STEP_HEIGHT * len(labels) + FURNITURE // 2,
    )


def losses_table(
    losses: Mapping[str, float], floor: str | None, domain: tuple[float, float], *, log: bool
) -> pd.DataFrame:
    """One row a predictor: label, value, `drawn` and `start` (ends of the bar), text, floor.

    `floor` names the predictor that is the best this run can reach.
    """
    table = pd.DataFrame({"label": list(losses), "value": list(losses.values())})
    table["drawn"] = table["value"].clip(*domain) if log else table["value"]
    table["start"] = domain[0]
    table["text"] = [f"{value:.2g}" if log else f"{value:.4f}" for value in losses.values()]
    table["floor"] = table["label"] == floor
    return table


def losses_domain(losses: Mapping[str, float], *, log: bool) -> tuple[float, float]:
    """Ends of the axis: from 0, or for squared errors from a power of ten below the least."""
    values = [max(value, LEAST) for value in losses.values()]
    if not log:
        return 0.0, ROOM * max(values)
    low, high = math.log10(min(values)), math.log10(max(values))
    room = ROOM_OF_LOGARITHMS * (high - low + 1)
    return 10.0 ** (math.floor(low) - 1), 10.0 ** (high + room)


def counted_chart(patterns: tuple[str, ...], title: str) -> Chart:
    """A line for each pattern: a grey tick at its exact probability, a point and bar as counted.

    The chart of a `counted_table`; `title` says which inputs a pattern is made of.
    """
    axis = alt.Axis(labelOverlap=False, labelFontSize=13, ticks=False, domain=False)
    base = table_chart().encode(
        y=alt.Y("pattern:N", title=title, scale=alt.Scale(domain=list(patterns)), axis=axis),
        tooltip=tooltips(
            ("pattern:N", title),
            ("n:Q", "Counted steps", ","),
            ("ones:Q", "Ones", ","),
            ("share:Q", "Share of ones", ".4f"),
            ("low:Q", "Bar from", ".4f"),
            ("high:Q", "Bar to", ".4f"),
            ("exact:Q", "Exact chance", ".4~f"),
        ),
    )
    across = alt.X(
        "share:Q",
        title="Chance of a 1",
        scale=fixed(-0.02, 1.02),
        axis=alt.Axis(format=".2~f", values=[0, 0.25, 0.5, 0.75, 1], gridOpacity=0.5),
    )
    colour = alt.Color(
        "source:N",
        scale=by_name({EXACT: roles.TRUTH, COUNTED: roles.TARGET}),
        legend=legend_above(symbolType="square"),
    )
    exact = base.transform_calculate(source=f"'{EXACT}'").encode(color=colour)
    counted = base.transform_calculate(source=f"'{COUNTED}'").encode(color=colour)
    return layered(
        exact.mark_tick(thickness=4, size=ROW_HEIGHT - 10, opacity=0.9).encode(x="exact:Q"),
        counted.mark_rule(strokeWidth=3, opacity=0.6).encode(x="low:Q", x2="high:Q"),
        counted.mark_point(filled=True, size=55, opacity=1).encode(x=across),
        height=ROW_HEIGHT * len(patterns) + FURNITURE,
    )


def counted_table(counts: PatternCounts) -> pd.DataFrame:
    """One row a pattern, oldest bit first: pattern, n, ones, share, low, high, exact, agrees.

    `low` and `high` are the ends of the bar. What nothing was counted for is nan.
    """
    rows = [
        (pattern, row.n, row.ones, row.share, *row.interval, row.exact, row.agrees)
        for pattern, row in zip(patterns_of(counts), counts.rows, strict=True)
    ]
    columns = ["pattern", "n", "ones", "share", "low", "high", "exact", "agrees"]
    return pd.DataFrame(rows, columns=columns)


def patterns_of(counts: PatternCounts) -> tuple[str, ...]:
    """The patterns as they are written on the axis."""
    return tuple(" ".join(map(str, row.pattern)) or "any" for row in counts.rows)


def pattern_title(counts: PatternCounts) -> str:
    """Which inputs the patterns are made of, as a pattern is read."""
    return " ".join(map(name_of, counts.lags)) or "inputs"
