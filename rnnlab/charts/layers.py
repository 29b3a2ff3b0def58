"""A network as boxes below each other, with the shape of what flows from one to the next."""

from __future__ import annotations

import re

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, by_name, fixed, layered, table_chart, tooltips
from rnnlab.handcheck.sequential import LayerSummary, SequentialModel

BOX, STEP = 0.56, 100
"""A box's share of the way from one to the next, and that way in pixels."""

COLOURS = {
    "input": roles.INPUT,
    "embedding": roles.TRUTH,
    "recurrent": roles.POSITIVE,
    "dense": roles.PREDICTED,
}


def layers_chart(n_layers: int) -> Chart:
    """A box for each of `n_layers` layers, the input on top; the chart of a `layers_table`."""
    base = table_chart().encode(
        y=alt.Y("place:Q", scale=fixed(n_layers, 0), axis=None),
        tooltip=tooltips(
            ("name:N", "Name"), ("formula:N", "Parameters"), ("shape:N", "Shape that leaves it")
        ),
    )
    return layered(_boxes(base), *_words(base), *_arrows(base), height=STEP * n_layers)


def layers_table(model: SequentialModel) -> pd.DataFrame:
    """A row for each layer: places and words of its box and of the arrow that leaves it."""
    rows = [
        {
            "place": place,
            "end": place + BOX,
            "tip": place + 0.97,
            "name": layer.name,
            "kind": _kind(layer),
            "title": _title(layer),
            "count": _count(layer),
            "formula": layer.formula,
            "shape": str(layer.shape),
            "axes": ", ".join(layer.axes),
        }
        for place, layer in enumerate(model.summary)
    ]
    return pd.DataFrame(rows)


def layers_alt(model: SequentialModel) -> str:
    """The picture in words."""
    flow = "; ".join(f"{layer.name} gives {layer.shape!s}" for layer in model.summary)
    return f"A network with {model.parameters:,} parameters: {flow}."


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


def _kind(layer: LayerSummary) -> str:
    return layer.name if layer.name in COLOURS else "recurrent"


def _title(layer: LayerSummary) -> str:
    """The call that makes it, without what the picture shows anyway."""
    return re.sub(r'layers\.|, return_sequences=True|, dtype="int32"', "", layer.call)


def _count(layer: LayerSummary) -> str:
    return f"{layer.parameters:,} parameters" if layer.weights else "nothing to learn"
