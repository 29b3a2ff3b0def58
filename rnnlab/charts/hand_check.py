"""The hand check's pictures: a network as boxes with shapes, and one written out as loops.

Of the loops: the states by time step, and how a change of the first input fades.
"""

from __future__ import annotations

import re

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.cells.cell import Floats
from rnnlab.charts import roles
from rnnlab.charts.elements import (
    FURNITURE,
    Chart,
    by_name,
    dashed,
    fixed,
    layered,
    table_chart,
    tooltips,
)
from rnnlab.charts.heat_map import diverging_colour
from rnnlab.handcheck.sequential import LayerSummary, SequentialModel

BOX, STEP = 0.56, 100
"""A box's share of the way from one to the next, and that way in pixels."""

COLOURS = {
    "input": roles.INPUT,
    "embedding": roles.TRUTH,
    "recurrent": roles.POSITIVE,
    "dense": roles.PREDICTED,
}

MANY_UNITS = 16
TALL, LOW = 20, 9
REACH = 0.46
"""How far a cell reaches from the middle of its row: up if it is positive, else down."""

LEAST, MOST = 1e-8, 10.0
"""The ends of the logarithmic axis; smaller distances are not drawn."""


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
            "kind": layer.name if layer.name in COLOURS else "recurrent",
            "title": _title(layer),
            "count": f"{layer.parameters:,} parameters" if layer.weights else "nothing to learn",
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


def state_map_chart(n_steps: int, n_units: int) -> Chart:
    """Units by time steps as shades from -1 to 1; the chart of a `state_map_table`.

    A positive number fills the upper half of its row and a negative one the lower half, so that
    the sign can be seen without colours.
    """
    many = n_units > MANY_UNITS
    numbered = [1, *range(8, n_units + 1, 8)] if many else list(range(1, n_units + 1))
    cells = (
        table_chart()
        .mark_rect()
        .encode(
            x=alt.X(
                "left:Q",
                title="Time step",
                scale=fixed(0.5, n_steps + 0.5),
                axis=alt.Axis(
                    values=[1, *range(10, n_steps + 1, 10)], labelOverlap=True, grid=False
                ),
            ),
            x2="right:Q",
            y=alt.Y(
                "top:Q",
                title="Unit",
                scale=fixed(n_units + 0.5, 0.5),
                axis=alt.Axis(values=numbered, gridOpacity=0.5, ticks=False, domain=False),
            ),
            y2="bottom:Q",
            color=diverging_colour(1.0, "State"),
            tooltip=tooltips(
                ("step:Q", "Time step"), ("unit:Q", "Unit"), ("value:Q", "State", ".4~f")
            ),
        )
    )
    return layered(cells, height=(LOW if many else TALL) * n_units + FURNITURE)


def state_map_table(states: Floats, n_units: int) -> pd.DataFrame:
    """One row a cell of the first `n_units` units of states (timesteps, units).

    Steps and units count from 1; left, right, top and bottom are the cell's edges.
    """
    step, unit = np.indices(states[:, :n_units].shape).reshape(2, -1) + 1
    value = states[:, :n_units].ravel()
    return pd.DataFrame(
        {
            "step": step,
            "unit": unit,
            "value": value,
            "left": step - 0.5,
            "right": step + 0.5,
            "top": unit - REACH * np.maximum(value, 0),
            "bottom": unit + REACH * np.maximum(-value, 0),
        }
    )


def distances_chart(n_steps: int, visible: float) -> Chart:
    """The distance between two runs by step, and the line below which it counts as gone.

    The chart of a `distances_table`.
    """
    base = table_chart().encode(
        x=alt.X(
            "step:Q",
            title="Time step",
            scale=fixed(0, n_steps),
            axis=alt.Axis(tickCount=10, grid=False),
        ),
        y=alt.Y(
            "drawn:Q",
            title="Largest difference of a unit",
            scale=fixed(LEAST, MOST, log=True),
            axis=alt.Axis(
                values=[1e-8, 1e-6, 1e-4, 0.01, 1],
                labelExpr="datum.value < 0.001 ? format(datum.value, '~e') : datum.label",
                gridOpacity=0.5,
            ),
        ),
        tooltip=tooltips(("step:Q", "Time step"), ("distance:Q", "Difference", ".2~g")),
    )
    limit = alt.Chart(pd.DataFrame({"limit": [visible]})).encode(y="limit:Q")
    label = limit.mark_text(align="right", baseline="bottom", dy=-3, fontSize=11, color=roles.INK)
    return layered(
        dashed(limit),
        label.encode(x=alt.value("width"), text=alt.value(f"visible: {visible:g} or more")),
        base.mark_line(color=roles.AFTER, point=alt.OverlayMarkDef(size=14, color=roles.AFTER)),
        height=280,
    )


def distances_table(distances: Floats) -> pd.DataFrame:
    """One row a step (from 1): its distance, and the same as `drawn`, where the axis has room."""
    return pd.DataFrame(
        {
            "step": np.arange(1, len(distances) + 1),
            "distance": distances,
            "drawn": np.where(distances >= LEAST, distances, np.nan),
        }
    )


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


def _title(layer: LayerSummary) -> str:
    """The call that makes it, without what the picture shows anyway."""
    return re.sub(r'layers\.|, return_sequences=True|, dtype="int32"', "", layer.call)
