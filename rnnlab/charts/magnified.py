"""One window magnified: a line from every cause to its target, and which of them the edge cuts."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.survey.cut import ABOVE, EARLIER, FATES, INSIDE, NOWHERE
from rnnlab.survey.magnified import Magnified

MOST_PRINTED = 24
HALF = 0.44
"""Half the width of a cell, where a step is 1."""

INPUTS, TARGETS, MARKS = 0.5, 2.5, 3.3
"""How far down the lanes lie."""

LEGEND = alt.Legend(orient="top", columns=2, symbolStrokeWidth=0)

COLUMNS = ["kind", "what", "place", "level", "end", "end_level", "bit", "fate", "name"]
COLOURS = {
    INSIDE: roles.PREDICTED,
    EARLIER: roles.POSITIVE,
    ABOVE: roles.TRUTH,
    NOWHERE: roles.TRUTH,
}
DASHES = {INSIDE: (1, 0), EARLIER: (6, 4), ABOVE: (2, 3), NOWHERE: (2, 3)}
SHAPES = {INSIDE: "circle", EARLIER: "triangle-up", ABOVE: "cross", NOWHERE: "cross"}


def magnified_chart(n_places: int, fates: tuple[str, ...]) -> alt.LayerChart | alt.FacetChart:
    """Inputs above, targets below, and lines from cause to target: solid, dashed or dotted.

    The chart of a `magnified_table` over `n_places` steps. The mark below a target tells where the
    worst of its causes lies, one of the `fates`. The dashed line is the window's left edge, the
    thick one the beginning of a row.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(x=_across("place", n_places), y=_down("level"))
    layers = [_links(base, fates), *_cells(base, n_places), _marks(base, fates), *_edges(base)]
    chart: alt.LayerChart | alt.FacetChart = alt.layer(*layers, _names(base)).properties(height=300)
    return chart


def magnified_table(shown: Magnified) -> pd.DataFrame:
    """One row for each cell, line, mark and edge; steps count from the left, from 0."""
    places = shown.places
    left = places[0].place
    edge = next(one.place for one in places if one.in_window) - left
    every = -(-len(places) // 8)
    rows: list[tuple[object, ...]] = []
    for one in places:
        at = one.place - left
        rows.append(("cell", "input x", at, INPUTS, at, 0, one.x, "", f"x[{one.t:,}]"))
        if one.in_window:
            rows.append(("cell", "target y", at, TARGETS, at, 0, one.y, "", f"y[{one.t:,}]"))
        if (at - edge) % every == 0:
            rows.append(("name", "t", at, 3.9, at, 0, None, "", f"{one.t}"))
    for link in shown.links:
        cause, target = link.cause - left, link.target - left
        name = f"lag {link.lag}"
        rows.append(
            ("link", "cause", cause, INPUTS + 0.3, target, TARGETS - 0.3, None, link.fate, name)
        )
    for target, fate in shown.fates().items():
        at = target - left
        rows.append(("mark", "target y", at, MARKS, at, 0, None, fate, ""))
    rows.append(("edge", "window", edge - 0.5, -0.1, 0, 3.6, None, "", ""))
    if left <= 0:
        rows.append(("wall", "row", -left - 0.5, -0.1, 0, 3.6, None, "", ""))
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["label"] = table["bit"].map({0: "0", 1: "1"}).fillna("")
    return table


def _across(field: str, n_places: int) -> alt.X:
    scale = alt.Scale(domain=[-0.5, n_places - 0.5], nice=False)
    return alt.X(f"{field}:Q", title=None, scale=scale, axis=None)


def _down(field: str) -> alt.Y:
    return alt.Y(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=[-0.1, 4.2], reverse=True, nice=False),
        axis=alt.Axis(
            values=[INPUTS, TARGETS],
            labelExpr="datum.value < 1 ? 'input x' : 'target y'",
            grid=False,
            ticks=False,
            domain=False,
        ),
    )


def _cells(base: alt.Chart, n_places: int) -> list[alt.Chart]:
    cells = base.transform_filter("datum.kind == 'cell'").transform_calculate(
        start=f"datum.place - {HALF}",
        to=f"datum.place + {HALF}",
        top="datum.level - 0.3",
        bottom="datum.level + 0.3",
    )
    frames = cells.mark_rect(cornerRadius=2).encode(
        x=_across("start", n_places),
        x2="to:Q",
        y=_down("top"),
        y2="bottom:Q",
        color=alt.condition(
            "datum.what == 'input x'", alt.value(roles.INPUT), alt.value(roles.TARGET)
        ),
        opacity=alt.Opacity(
            "bit:Q",
            scale=alt.Scale(domain=[0, 1], range=[roles.INSTEAD_OF_NOTHING, 1]),
            legend=None,
        ),
        tooltip=[alt.Tooltip("name:N", title="Bit"), alt.Tooltip("label:N", title="Value")],
    )
    if n_places > MOST_PRINTED:
        return [frames]
    on_full = alt.condition("datum.bit == 1", alt.value("white"), alt.value(roles.INK))
    return [frames, cells.mark_text(fontSize=12).encode(text="label:N", color=on_full)]


def _links(base: alt.Chart, fates: tuple[str, ...]) -> alt.Chart:
    links: alt.Chart = (
        base.transform_filter("datum.kind == 'link'")
        .mark_rule(strokeWidth=2)
        .encode(
            x2="end:Q",
            y2="end_level:Q",
            color=_colour(fates),
            strokeDash=alt.StrokeDash(
                "fate:N",
                title="Cause",
                scale=alt.Scale(domain=list(fates), range=[DASHES[fate] for fate in fates]),
                legend=LEGEND,
            ),
            tooltip=[alt.Tooltip("name:N", title="Cause"), alt.Tooltip("fate:N", title="It lies")],
        )
    )
    return links


def _marks(base: alt.Chart, fates: tuple[str, ...]) -> alt.Chart:
    marks: alt.Chart = (
        base.transform_filter("datum.kind == 'mark'")
        .mark_point(filled=True, size=80, opacity=1)
        .encode(
            color=_colour(fates),
            shape=alt.Shape(
                "fate:N",
                title="Cause",
                scale=alt.Scale(domain=list(fates), range=[SHAPES[fate] for fate in fates]),
                legend=LEGEND,
            ),
            tooltip=[alt.Tooltip("fate:N", title="Worst cause lies")],
        )
    )
    return marks


def _colour(fates: tuple[str, ...]) -> alt.Color:
    scale = alt.Scale(domain=list(fates), range=[COLOURS[fate] for fate in fates])
    return alt.Color("fate:N", title="Cause", scale=scale, legend=LEGEND)


def _edges(base: alt.Chart) -> list[alt.Chart]:
    """The window's left edge, dashed; the beginning of a row, thick."""
    lines = base.encode(y2="end_level:Q")
    return [
        lines.transform_filter("datum.kind == 'edge'").mark_rule(
            color=roles.INK, strokeDash=[4, 3], strokeWidth=1.5
        ),
        lines.transform_filter("datum.kind == 'wall'").mark_rule(color=roles.INK, strokeWidth=4),
    ]


def _names(base: alt.Chart) -> alt.Chart:
    names: alt.Chart = (
        base.transform_filter("datum.kind == 'name'")
        .mark_text(fontSize=11, color=roles.INK)
        .encode(text="name:N")
    )
    return names


def fates_of(shown: Magnified) -> tuple[str, ...]:
    """Where causes of this window lie, as far as there are such, the best first."""
    met = {link.fate for link in shown.links} | set(shown.fates().values())
    return tuple(fate for fate in FATES if fate in met)
