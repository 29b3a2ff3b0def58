"""Heat maps: a row of cells for each thing, a column for each step, and a number in each cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from rnnlab.charts import roles
from rnnlab.charts.elements import by_name

TRUE = "true chance"
BIT_COLOURS = {"input": roles.INPUT, "target": roles.TARGET}
DATA_COLOURS = {**BIT_COLOURS, "predicted": roles.PREDICTED, TRUE: roles.TRUTH}
"""What is in a lane, by the name that is read beside it."""

DARK = 0.6
"""From this value on a cell is so dark that the number in it must be white."""


def step_axis(field: str, title: str | None, **scale: Any) -> alt.X:
    """A column for each step."""
    return alt.X(
        f"{field}:O",
        title=title,
        axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False, domain=False),
        scale=alt.Scale(paddingInner=0.08, **scale),
    )


def lane_axis(names: Sequence[str] | None, *, numbered: bool = False) -> alt.Y:
    """A lane for each name, from the top; `None`: as they come in the table.

    Of `numbered` names, such as "0|input", the number is not shown.
    """
    axis: dict[str, Any] = {"labelOverlap": False, "labelLimit": 130, "ticks": False}
    if numbered:
        axis |= {"labelExpr": "split(datum.label, '|')[1]", "labelBound": False}
        axis |= {"labelFlush": False}
    domain: dict[str, Any] = {} if names is None else {"domain": list(names)}
    return alt.Y(
        "lane:O",
        title=None,
        sort=None if names is None else alt.Undefined,
        scale=alt.Scale(paddingInner=0.12, **domain),
        axis=alt.Axis(domain=False, **axis),
    )


def bit_cells(base: alt.Chart, colours: Mapping[str, str], role: str, value: str) -> alt.Chart:
    """A cell for each row of the table, coloured by the column `role`: a 1 full, a 0 empty."""
    cells: alt.Chart = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color(f"{role}:N", scale=by_name(colours), legend=None),
        opacity=bit_opacity(value),
    )
    return cells


def bit_opacity(field: str) -> alt.Opacity:
    """A 1 full, a 0 almost empty."""
    scale = alt.Scale(domain=[0, 1], range=[roles.INSTEAD_OF_NOTHING, 1])
    return alt.Opacity(f"{field}:Q", scale=scale, legend=None)


def cell_labels(base: alt.Chart, text: str, value: str, size: int = 12) -> alt.Chart:
    """The text in each cell, white where the cell is dark."""
    ink = alt.condition(f"datum.{value} > {DARK}", alt.value("white"), alt.value(roles.INK))
    labels: alt.Chart = base.mark_text(fontSize=size).encode(text=text, color=ink)
    return labels


def diverging_colour(limit: float, title: str) -> alt.Color:
    """The colour of the column `value` from -limit to limit; what lies beyond looks like the end.

    Orange above zero, blue below; zero is transparent: the page's own background in every theme.
    """
    hint = 1e-6 * limit
    return alt.Color(
        "value:Q",
        scale=alt.Scale(
            domain=[-limit, -hint, hint, limit],
            range=[
                roles.NEGATIVE,
                _faint(roles.NEGATIVE),
                _faint(roles.POSITIVE),
                roles.POSITIVE,
            ],
            interpolate="rgb",
            clamp=True,
        ),
        legend=alt.Legend(
            title=title,
            orient="top",
            direction="horizontal",
            gradientLength=160,
            gradientThickness=10,
            values=[-limit, 0, limit],
            titleOrient="left",
            titleLimit=150,
        ),
    )


def short_number(value: float) -> str:
    """Two digits after the point at most, in the shortest form: 0, .03, -.5, 1, 29.9."""
    return "" if value != value else shortest(f"{value:.{2 if abs(value) < 10 else 1}f}")


def shortest(digits: str) -> str:
    """The same number without the zeros that it can do without: 0.50 is .5, and -0.00 is 0."""
    if "." in digits and "e" not in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else re.sub(r"^(-?)0\.", r"\1.", digits)


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.04)"
