"""A network as boxes below each other, with the shape of what flows from one to the next."""

from __future__ import annotations

import re

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, by_name, fixed, layered, table_chart, tooltips
from rnnlab.handcheck.anatomy import Anatomy, Part

BOX, STEP = 0.56, 100
"""A box's share of the way from one to the next, and that way in pixels."""

COLOURS = {
    "input": roles.INPUT,
    "embedding": roles.TRUTH,
    "recurrent": roles.POSITIVE,
    "dense": roles.PREDICTED,
}


def anatomy_chart(n_parts: int) -> Chart:
    """A box for each of `n_parts` parts, the input on top; the chart of an `anatomy_table`."""
    base = table_chart().encode(
        y=alt.Y("place:Q", scale=fixed(n_parts, 0), axis=None),
        tooltip=tooltips(
            ("name:N", "Name"), ("formula:N", "Parameters"), ("shape:N", "Shape that leaves it")
        ),
    )
    return layered(_boxes(base), *_words(base), *_arrows(base), height=STEP * n_parts)


def anatomy_table(anatomy: Anatomy) -> pd.DataFrame:
    """One row a part, with the places and words of its box and of the arrow that leaves it."""
    rows = [
        {
            "place": place,
            "end": place + BOX,
            "tip": place + 0.97,
            "name": part.name,
            "kind": _kind(part),
            "title": _title(part),
            "count": _count(part),
            "formula": part.formula,
            "shape": str(part.shape),
            "axes": ", ".join(part.axes),
        }
        for place, part in enumerate(anatomy.parts)
    ]
    return pd.DataFrame(rows)


def anatomy_alt(anatomy: Anatomy) -> str:
    """The picture in words."""
    flow = "; ".join(f"{part.name} gives {part.shape!s}" for part in anatomy.parts)
    return f"A network with {anatomy.parameters:,} parameters: {flow}."


def _boxes(base: alt.Chart) -> alt.Chart:
    boxes: alt.Chart = base.mark_rect(
        cornerRadius=8, fillOpacity=0.16, strokeWidth=1.5, strokeOpacity=1
    ).encode(
        x=alt.value(1),
        x2=alt.value("width"),
        y2="end:Q",
        fill=alt.Fill("kind:N", scale=by_name(COLOURS), legend=None),
        stroke=alt.Stroke("kind:N", scale=by_name(COLOURS), legend=None),
    )
    return boxes


def _words(base: alt.Chart) -> list[alt.Chart]:
    words = base.encode(x=alt.value(14))
    title = words.mark_text(
        align="left", baseline="middle", dy=17, fontSize=14, fontWeight="bold", color=roles.INK
    )
    count = words.mark_text(align="left", baseline="middle", dy=36, fontSize=12, color=roles.INK)
    return [title.encode(text="title:N"), count.encode(text="count:N")]


def _arrows(base: alt.Chart) -> list[alt.Chart]:
    middle = base.encode(x=alt.value(30))
    shaft = middle.mark_rule(color=roles.INK, opacity=0.7).encode(y="end:Q", y2="tip:Q")
    tip = middle.mark_point(
        shape="triangle-down", filled=True, size=70, color=roles.INK, opacity=0.9
    ).encode(y="tip:Q")
    beside = base.encode(x=alt.value(46), y="end:Q")
    shape = beside.mark_text(align="left", dy=14, fontSize=13, fontWeight="bold", color=roles.INK)
    axes = beside.mark_text(align="left", dy=29, fontSize=11, color=roles.INK)
    return [shaft, tip, shape.encode(text="shape:N"), axes.encode(text="axes:N")]


def _kind(part: Part) -> str:
    return part.name if part.name in COLOURS else "recurrent"


def _title(part: Part) -> str:
    """The call that makes it, without what the picture shows anyway."""
    return re.sub(r'layers\.|, return_sequences=True|, dtype="int32"', "", part.layer)


def _count(part: Part) -> str:
    return f"{part.parameters:,} parameters" if part.weights else "nothing to learn"
