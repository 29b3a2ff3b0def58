"""How a series is cut: its rows below each other, the window on all of them, and one magnified."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, fixed, layered, table_chart, tooltips
from rnnlab.survey.cut import ABOVE, EARLIER, FATES, INSIDE, NOWHERE, Cut
from rnnlab.survey.magnified import Magnified

ROWS_DRAWN = 3
LANE_HEIGHT = 46
BAR = 0.5
"""A bar's share of its lane; above it stand the numbers of its first and last bit."""

ROW_COLUMNS = ["kind", "lane", "row", "start", "end", "first", "last"]

MOST_PRINTED = 24
HALF = 0.44
"""Half the width of a magnified cell, where a step is 1."""

INPUTS, TARGETS, MARKS = 0.5, 2.5, 3.3
"""How far down the lanes of a magnified window lie."""

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


def rows_chart(length: int, n_lanes: int) -> Chart:
    """Rows of `length` bits as bars, true to scale, and one window of time on all of them.

    The chart of a `rows_table`, of `n_lanes` lanes. What fills no window is grey.
    """
    base = table_chart().encode(y=alt.Y("lane:Q", axis=None, scale=fixed(0, n_lanes, reverse=True)))
    tall = base.transform_calculate(bottom=f"datum.lane + {BAR}").encode(
        x=alt.X(
            "start:Q",
            title="Bit of the row",
            scale=fixed(0, length),
            axis=alt.Axis(grid=False, tickCount=4, format=",d"),
        ),
        x2="end:Q",
        y2="bottom:Q",
        tooltip=tooltips(("row:N", "Row"), ("first:N", "Begins with"), ("last:N", "Ends with")),
    )
    bars = [
        tall.transform_filter(f"datum.kind == '{kind}'").mark_rect(color=colour, opacity=opacity)
        for kind, colour, opacity in (("row", roles.INPUT, 0.3), ("unused", roles.TRUTH, 0.5))
    ]
    window = tall.transform_filter("datum.kind == 'window'").mark_rect(
        fill=roles.TARGET, fillOpacity=0.5, stroke=roles.TARGET, strokeWidth=2
    )
    # The names of each row's first and last bit, and the dots between rows.
    rows = base.transform_filter("datum.kind == 'row'")
    gaps = base.transform_filter("datum.kind == 'gap'")
    style: dict[str, Any] = {"fontSize": 12, "color": roles.INK, "baseline": "bottom", "dy": -2}
    names = [
        rows.mark_text(align="left", **style).encode(x=alt.value(0), text="first:N"),
        rows.mark_text(align="right", **style).encode(x=alt.datum(length), text="last:N"),
        gaps.mark_text(fontSize=20, color=roles.INK, dy=8).encode(
            x=alt.datum(length / 2), text="last:N"
        ),
    ]
    return layered(*bars, window, *names, height=LANE_HEIGHT * n_lanes + 40)


def rows_table(cut: Cut, window: int) -> pd.DataFrame:
    """The first rows and the last one, what they leave unused, and the window (from 0) on each."""
    used = cut.windows * cut.window
    start = window * cut.window
    table: list[tuple[object, ...]] = []
    for lane, row in enumerate(rows_drawn(cut)):
        if row is None:
            table.append(("gap", lane, "", 0, 0, "", "…"))
            continue
        name, offset = f"row {row + 1}", row * cut.length
        first = f"{'↳ ' if row else ''}{name}: x[{offset:,}]"
        wraps = " ↵" if row < cut.rows - 1 else ""
        last = f"x[{offset + cut.length - 1:,}]{wraps}"
        table.append(("row", lane, name, 0, used, first, last))
        if cut.unused:
            table.append(("unused", lane, f"{name}, not used", used, cut.length, "", ""))
        end = start + cut.window
        names = f"x[{offset + start:,}]", f"x[{offset + end - 1:,}]"
        table.append(("window", lane, f"{name}, window {window + 1}", start, end, *names))
    return pd.DataFrame(table, columns=ROW_COLUMNS)


def rows_drawn(cut: Cut) -> list[int | None]:
    """The rows (from 0) that are drawn, from top to bottom; None: some are left out."""
    if cut.rows <= ROWS_DRAWN + 2:
        return list(range(cut.rows))
    return [*range(ROWS_DRAWN), None, cut.rows - 1]


def magnified_chart(n_places: int, fates: tuple[str, ...]) -> Chart:
    """Inputs above, targets below, and lines from cause to target: solid, dashed or dotted.

    The chart of a `magnified_table` over `n_places` steps. The mark below a target tells where the
    worst of its causes lies, one of the `fates`. The dashed line is the window's left edge, the
    thick one the beginning of a row.
    """
    base = table_chart().encode(x=_across("place", n_places), y=_down("level"))
    lines = base.encode(y2="end_level:Q")
    edge = lines.transform_filter("datum.kind == 'edge'").mark_rule(
        color=roles.INK, strokeDash=[4, 3], strokeWidth=1.5
    )
    wall = lines.transform_filter("datum.kind == 'wall'").mark_rule(color=roles.INK, strokeWidth=4)
    names = (
        base.transform_filter("datum.kind == 'name'")
        .mark_text(fontSize=11, color=roles.INK)
        .encode(text="name:N")
    )
    causes = _links_and_marks(base, fates)
    cells = _cells(base, n_places)
    return layered(causes[0], *cells, causes[1], edge, wall, names, height=300)


def magnified_table(window: Magnified) -> pd.DataFrame:
    """One row for each cell, line, mark and edge; steps count from the left, from 0."""
    places = window.places
    left = places[0].place
    edge = next(place.place for place in places if place.in_window) - left
    every = -(-len(places) // 8)
    rows: list[tuple[object, ...]] = []
    for place in places:
        x = place.place - left
        rows.append(("cell", "input x", x, INPUTS, x, 0, place.x, "", f"x[{place.t:,}]"))
        if place.in_window:
            rows.append(("cell", "target y", x, TARGETS, x, 0, place.y, "", f"y[{place.t:,}]"))
        if (x - edge) % every == 0:
            rows.append(("name", "t", x, 3.9, x, 0, None, "", f"{place.t}"))
    for link in window.links:
        cause, target = link.cause - left, link.target - left
        ends = (cause, INPUTS + 0.3, target, TARGETS - 0.3)
        rows.append(("link", "cause", *ends, None, link.fate, f"lag {link.lag}"))
    for target, fate in window.fates().items():
        x = target - left
        rows.append(("mark", "target y", x, MARKS, x, 0, None, fate, ""))
    rows.append(("edge", "window", edge - 0.5, -0.1, 0, 3.6, None, "", ""))
    if left <= 0:
        rows.append(("wall", "row", -left - 0.5, -0.1, 0, 3.6, None, "", ""))
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["label"] = table["bit"].map({0: "0", 1: "1"}).fillna("")
    return table


def fates_of(window: Magnified) -> tuple[str, ...]:
    """Where causes of this window lie, as far as there are such, the best first."""
    fates = {link.fate for link in window.links} | set(window.fates().values())
    return tuple(fate for fate in FATES if fate in fates)


def _across(field: str, n_places: int) -> alt.X:
    return alt.X(f"{field}:Q", title=None, scale=fixed(-0.5, n_places - 0.5), axis=None)


def _down(field: str) -> alt.Y:
    return alt.Y(
        f"{field}:Q",
        title=None,
        scale=fixed(-0.1, 4.2, reverse=True),
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
        tooltip=tooltips(("name:N", "Bit"), ("label:N", "Value")),
    )
    if n_places > MOST_PRINTED:
        return [frames]
    ink = alt.condition("datum.bit == 1", alt.value("white"), alt.value(roles.INK))
    return [frames, cells.mark_text(fontSize=12).encode(text="label:N", color=ink)]


def _links_and_marks(base: alt.Chart, fates: tuple[str, ...]) -> tuple[alt.Chart, alt.Chart]:
    """A line from every cause to its target, and a mark for the worst fate of each target."""

    def by_fate(values: dict[str, Any]) -> dict[str, Any]:
        scale = alt.Scale(domain=list(fates), range=[values[fate] for fate in fates])
        return {"title": "Cause", "scale": scale, "legend": LEGEND}

    links = (
        base.transform_filter("datum.kind == 'link'")
        .mark_rule(strokeWidth=2)
        .encode(
            x2="end:Q",
            y2="end_level:Q",
            color=alt.Color("fate:N", **by_fate(COLOURS)),
            strokeDash=alt.StrokeDash("fate:N", **by_fate(DASHES)),
            tooltip=tooltips(("name:N", "Cause"), ("fate:N", "It lies")),
        )
    )
    marks = (
        base.transform_filter("datum.kind == 'mark'")
        .mark_point(filled=True, size=80, opacity=1)
        .encode(
            color=alt.Color("fate:N", **by_fate(COLOURS)),
            shape=alt.Shape("fate:N", **by_fate(SHAPES)),
            tooltip=tooltips(("fate:N", "Worst cause lies")),
        )
    )
    return links, marks
