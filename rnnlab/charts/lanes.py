"""Lanes of bits, one above the other, step by step: a 1 is a full cell, a 0 an empty one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from rnnlab.charts import roles

FULL = 0.6
"""From this value on a cell is so full that what is printed on it must be white."""


def steps_across(field: str, title: str | None, **scale: Any) -> alt.X:
    """A column for each step."""
    return alt.X(
        f"{field}:O",
        title=title,
        axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False, domain=False),
        scale=alt.Scale(paddingInner=0.08, **scale),
    )


def lanes_down(names: Sequence[str] | None, *, numbered: bool = False) -> alt.Y:
    """A lane for each name, from the top; `None`: as they come in the table.

    Of `numbered` ones, such as "0|input", the number is not shown.
    """
    axis: dict[str, Any] = {"labelOverlap": False, "labelLimit": 130, "ticks": False}
    if numbered:
        axis |= {"labelExpr": "split(datum.label, '|')[1]", "labelBound": False}
        axis |= {"labelFlush": False}
    known: dict[str, Any] = {} if names is None else {"domain": list(names)}
    return alt.Y(
        "lane:O",
        title=None,
        sort=None if names is None else alt.Undefined,
        scale=alt.Scale(paddingInner=0.12, **known),
        axis=alt.Axis(domain=False, **axis),
    )


def cells(base: alt.Chart, colours: Mapping[str, str], what: str, value: str) -> alt.Chart:
    """A cell for each row of the table: its colour by `what` it is, as full as its `value`."""
    drawn: alt.Chart = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color(
            f"{what}:N",
            scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            legend=None,
        ),
        opacity=alt.Opacity(
            f"{value}:Q",
            scale=alt.Scale(domain=[0, 1], range=[roles.INSTEAD_OF_NOTHING, 1]),
            legend=None,
        ),
    )
    return drawn


def printed(base: alt.Chart, text: str, value: str, size: int = 12) -> alt.Chart:
    """What is printed on each cell, readable on a full one too."""
    on_full = alt.condition(f"datum.{value} > {FULL}", alt.value("white"), alt.value(roles.INK))
    words: alt.Chart = base.mark_text(fontSize=size).encode(text=text, color=on_full)
    return words
