"""What many charts are made of: the table, scales, tooltips, legends and dashed lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from rnnlab.charts import roles

TABLE = "table"
"""The name under which a chart expects the rows it draws."""

FURNITURE = 110
"""Pixels for a legend, an axis and its title: where a chart is drawn, its height counts them."""

Chart = alt.LayerChart | alt.FacetChart


def table_chart() -> alt.Chart:
    """A chart of the rows that are put in where it is drawn."""
    return alt.Chart(alt.NamedData(TABLE))


def layered(*layers: alt.Chart, height: float, **properties: Any) -> Chart:
    """Layers over each other, as wide as the page."""
    chart: Chart = alt.layer(*layers).properties(height=height, **properties)
    return chart


def fixed(low: float, high: float, *, log: bool = False, **options: Any) -> alt.Scale:
    """A scale that stays where it is while rows come; `log` only if it is logarithmic."""
    if log:
        options |= {"type": "log"}
    return alt.Scale(domain=[low, high], nice=False, **options)


def by_name(values: Mapping[str, Any], names: Iterable[str] | None = None) -> alt.Scale:
    """A scale of colours, dashes or shapes by name: of all `values`, or of these `names` only."""
    domain = list(values if names is None else names)
    return alt.Scale(domain=domain, range=[values[name] for name in domain])


def in_turn(names: Sequence[str], values: Iterable[Any]) -> alt.Scale:
    """A scale that gives each name the next of these values, of which there must be enough."""
    return by_name(dict(zip(names, values, strict=False)), names)


def legend_above(**options: Any) -> alt.Legend:
    """A legend without a title, above the chart."""
    return alt.Legend(title=None, orient="top", **options)


def tooltips(*columns: tuple[str, str] | tuple[str, str, str]) -> list[alt.Tooltip]:
    """A line for each (column, title) or (column, title, format of its numbers)."""
    return [
        alt.Tooltip(name, title=title, format=form[0] if form else alt.Undefined)
        for name, title, *form in columns
    ]


def dashed(base: alt.Chart, **style: Any) -> alt.Chart:
    """Rules as of everything that is there to compare with: bounds, baselines, limits."""
    rules: alt.Chart = base.mark_rule(color=roles.BOUND, strokeDash=[6, 4], **style)
    return rules


def lines_by(column: str, names: Sequence[str], **legend: Any) -> alt.Chart:
    """A line for each of these names in a column, told apart by colour and dashes.

    One legend shows both, with these options.
    """
    shown = legend_above(columns=2, symbolSize=200, **legend)
    lines: alt.Chart = (
        table_chart()
        .mark_line(strokeWidth=2)
        .encode(
            color=alt.Color(column, type="nominal", scale=in_turn(names, roles.RUNS), legend=shown),
            strokeDash=alt.StrokeDash(
                column,
                type="nominal",
                scale=in_turn(names, map(list, roles.DASHES)),
                legend=shown,
            ),
        )
    )
    return lines


def at_one_half() -> alt.Chart:
    """The dashed line at one half, where a probability says nothing."""
    return dashed(alt.Chart(alt.InlineData(values=[{"half": 0.5}])).encode(y="half:Q"))


def diagonal(x: str, y: str) -> alt.Chart:
    """The dashed line from (0, 0) to (1, 1), on which two probabilities agree."""
    line: alt.Chart = (
        alt.Chart(pd.DataFrame({x: [0.0, 1.0], y: [0.0, 1.0]}))
        .mark_line(color=roles.BOUND, strokeDash=[6, 4], strokeWidth=1.5)
        .encode(x=f"{x}:Q", y=f"{y}:Q")
    )
    return line
