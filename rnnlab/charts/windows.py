"""How a series is cut: its rows below each other, the window on all of them, and one magnified."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, by_name, fixed, layered, table_chart, tooltips
from rnnlab.charts.heat_map import bit_opacity
from rnnlab.exploration.window_layout import (
    ABOVE,
    EARLIER,
    INSIDE,
    LOCATIONS,
    NOWHERE,
    WindowDetail,
    WindowLayout,
)

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

COLUMNS = ["kind", "role", "place", "level", "end", "end_level", "bit", "location", "name"]
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


def rows_table(layout: WindowLayout, window: int) -> pd.DataFrame:
    """The first rows and the last one, what they leave unused, and the window (from 0) on each."""
    used = layout.n_windows * layout.window
    start = window * layout.window
    table: list[tuple[object, ...]] = []
    for lane, row in enumerate(rows_drawn(layout)):
        if row is None:
            table.append(("gap", lane, "", 0, 0, "", "…"))
            continue
        name, offset = f"row {row + 1}", row * layout.length
        first = f"{'↳ ' if row else ''}{name}: x[{offset:,}]"
        wraps = " ↵" if row < layout.rows - 1 else ""
        last = f"x[{offset + layout.length - 1:,}]{wraps}"
        table.append(("row", lane, name, 0, used, first, last))
        if layout.n_unused:
            table.append(("unused", lane, f"{name}, not used", used, layout.length, "", ""))
        end = start + layout.window
        names = f"x[{offset + start:,}]", f"x[{offset + end - 1:,}]"
        table.append(("window", lane, f"{name}, window {window + 1}", start, end, *names))
    return pd.DataFrame(table, columns=ROW_COLUMNS)


def rows_drawn(layout: WindowLayout) -> list[int | None]:
    """The rows (from 0) that are drawn, from top to bottom; None: some are left out."""
    if layout.rows <= ROWS_DRAWN + 2:
        return list(range(layout.rows))
    return [*range(ROWS_DRAWN), None, layout.rows - 1]


def magnified_chart(n_places: int, locations: tuple[str, ...]) -> Chart:
    """Inputs above, targets below, and lines from cause to target: solid, dashed or dotted.

    The chart of a `magnified_table` over `n_places` steps. The mark below a target tells where the
    worst of its causes lies, one of the `locations`. The dashed line is the window's left edge, the
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
    causes = _links_and_marks(base, locations)
    cells = _cells(base, n_places)
    return layered(causes[0], *cells, causes[1], edge, wall, names, height=300)


def magnified_table(window: WindowDetail) -> pd.DataFrame:
    """One row for each cell, line, mark and edge; steps count from the left, from 0."""
    steps = window.steps
    left = steps[0].number
    edge = next(step.number for step in steps if step.in_window) - left
    every = -(-len(steps) // 8)
    rows: list[tuple[object, ...]] = []
    for step in steps:
        x = step.number - left
        rows.append(("cell", "input x", x, INPUTS, x, 0, step.x, "", f"x[{step.t:,}]"))
        if step.in_window:
            rows.append(("cell", "target y", x, TARGETS, x, 0, step.y, "", f"y[{step.t:,}]"))
        if (x - edge) % every == 0:
            rows.append(("name", "t", x, 3.9, x, 0, None, "", f"{step.t}"))
    for link in window.links:
        cause, target = link.cause - left, link.target - left
        ends = (cause, INPUTS + 0.3, target, TARGETS - 0.3)
        rows.append(("link", "cause", *ends, None, link.location, f"lag {link.lag}"))
    for target, location in window.worst_locations.items():
        x = target - left
        rows.append(("mark", "target y", x, MARKS, x, 0, None, location, ""))
    rows.append(("edge", "window", edge - 0.5, -0.1, 0, 3.6, None, "", ""))
    if left <= 0:
        rows.append(("wall", "row", -left - 0.5, -0.1, 0, 3.6, None, "", ""))
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["label"] = table["bit"].map({0: "0", 1: "1"}).fillna("")
    return table


def locations_of(window: WindowDetail) -> tuple[str, ...]:
    """Where causes of this window lie, as far as there are such, the best first."""
    locations = {link.location for link in window.links} | set(window.worst_locations.values())
    return tuple(location for location in LOCATIONS if location in locations)


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
            "datum.role == 'input x'", alt.value(roles.INPUT), alt.value(roles.TARGET)
        ),
        opacity=bit_opacity("bit"),
        tooltip=tooltips(("name:N", "Bit"), ("label:N", "Value")),
    )
    if n_places > MOST_PRINTED:
        return [frames]
    ink = alt.condition("datum.bit == 1", alt.value("white"), alt.value(roles.INK))
    return [frames, cells.mark_text(fontSize=12).encode(text="label:N", color=ink)]


def _links_and_marks(base: alt.Chart, locations: tuple[str, ...]) -> tuple[alt.Chart, alt.Chart]:
    """A line from every cause to its target, and a mark for the worst location of each target."""

    def by_location(values: dict[str, Any]) -> dict[str, Any]:
        return {"title": "Cause", "scale": by_name(values, locations), "legend": LEGEND}

    links = (
        base.transform_filter("datum.kind == 'link'")
        .mark_rule(strokeWidth=2)
        .encode(
            x2="end:Q",
            y2="end_level:Q",
            color=alt.Color("location:N", **by_location(COLOURS)),
            strokeDash=alt.StrokeDash("location:N", **by_location(DASHES)),
            tooltip=tooltips(("name:N", "Cause"), ("location:N", "It lies")),
        )
    )
    marks = (
        base.transform_filter("datum.kind == 'mark'")
        .mark_point(filled=True, size=80, opacity=1)
        .encode(
            color=alt.Color("location:N", **by_location(COLOURS)),
            shape=alt.Shape("location:N", **by_location(SHAPES)),
            tooltip=tooltips(("location:N", "Worst cause lies")),
        )
    )
    return links, marks
