"""Numbers as a network receives them: a grid of steps and features, and the way of the state."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE

MOST_SHOWN = 12
HEAD, TAIL = 6, 5
"""Of more steps or features than that, the first and the last are shown."""

FEWEST = 4
"""Cells are as wide as if there were at least that many steps."""

LANE_HEIGHT, FURNITURE = 26, 50
HALF = 0.46
COLUMNS = ["kind", "x", "x2", "y", "label", "name", "value"]


def grid_chart(n_steps: int, n_features: int) -> alt.LayerChart | alt.FacetChart:
    """A column for each time step, a row for each feature, and below them the state on its way.

    The chart of a `grid_table`. A circle is a state; an arrow hands it on to the next step, and
    the last one leads to the target.
    """
    across, down = len(shown_of(n_steps)), len(shown_of(n_features))
    lanes = down + 1.4
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "x:Q", axis=None, scale=alt.Scale(domain=[-0.6, max(across, FEWEST) + 0.6], nice=False)
        ),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.8, lanes], reverse=True, nice=False)),
    )
    chart: alt.LayerChart | alt.FacetChart = alt.layer(
        *_cells(base), *_words(base), *_ways(base)
    ).properties(height=LANE_HEIGHT * (lanes + 0.8) + FURNITURE)
    return chart


def grid_table(inputs: NDArray[np.float32], target: float) -> pd.DataFrame:
    """One row for each number of a sample, shape (timesteps, features), and for each state."""
    steps, features = (shown_of(size) for size in inputs.shape)
    bottom = len(features) + 0.3
    rows: list[tuple[object, ...]] = [("label", -0.5, 0, -0.6, "time step", "", None)]
    for at, step in enumerate(steps):
        rows.append(("head", at, 0, 0, "…" if step is None else f"{step + 1}", "", None))
        for lane, feature in enumerate(features):
            if step is None or feature is None:
                rows.append(("gap", at, 0, lane + 1, "…", "", None))
                continue
            value = float(inputs[step, feature])
            name = f"time step {step + 1}, feature {feature + 1}"
            rows.append(("cell", at, 0, lane + 1, digits(value), name, value))
        if step is not None:
            rows.append(("state", at, 0, bottom + 0.7, "h", f"state after step {step + 1}", None))
        tip = 0.45 if at == len(steps) - 1 else 0.72  # the target's cell is wider than a circle
        rows.append(("way", at + 0.25, at + tip, bottom + 0.7, "", "", None))
    rows.append(("target", len(steps), 0, bottom + 0.7, digits(target), "target", float(target)))
    return pd.DataFrame(rows, columns=COLUMNS)


def shown_of(size: int) -> list[int | None]:
    """Which of so many are shown, from 0; None stands for those that are not."""
    if size <= MOST_SHOWN:
        return list(range(size))
    return [*range(HEAD), None, *range(size - TAIL, size)]


def digits(value: float) -> str:
    """Three digits at most, in the shortest form: .841, -.54, 12, 1.25e+06."""
    text = f"{value:.3g}"
    if abs(value) < 1 and "e" not in text:
        text = f"{value:.3f}".rstrip("0").rstrip(".")
    text = "0" if text in ("-0", "") else text
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def _cells(base: alt.Chart) -> list[alt.Chart]:
    """Cells of inputs, blue, and the target, vermilion; each with its number."""
    layers = []
    for kind, colour in (("cell", roles.INPUT), ("target", roles.TARGET)):
        cells = base.transform_filter(f"datum.kind == '{kind}'").transform_calculate(
            left=f"datum.x - {HALF}",
            right=f"datum.x + {HALF}",
            top="datum.y - 0.44",
            bottom="datum.y + 0.44",
        )
        frames = cells.mark_rect(
            cornerRadius=2, fill=colour, fillOpacity=0.18, stroke=colour, strokeWidth=1
        ).encode(
            x=alt.X("left:Q", axis=None),
            x2="right:Q",
            y=alt.Y("top:Q", axis=None),
            y2="bottom:Q",
            tooltip=[
                alt.Tooltip("name:N", title="Which"),
                alt.Tooltip("value:Q", title="Value", format=".6~g"),
            ],
        )
        layers += [frames, cells.mark_text(fontSize=11, color=roles.INK).encode(text="label:N")]
    return layers


def _words(base: alt.Chart) -> list[alt.Chart]:
    heads = base.transform_filter("datum.kind == 'head' || datum.kind == 'gap'")
    label = base.transform_filter("datum.kind == 'label'")
    return [
        heads.mark_text(fontSize=11, color=roles.INK).encode(text="label:N"),
        label.mark_text(fontSize=11, color=roles.INK, align="left").encode(text="label:N"),
    ]


def _ways(base: alt.Chart) -> list[alt.Chart]:
    """The states, and the arrows between them."""
    states = base.transform_filter("datum.kind == 'state'")
    ways = base.transform_filter("datum.kind == 'way'")
    tips = ways.encode(x=alt.X("x2:Q", axis=None))
    return [
        states.mark_point(size=260, stroke=roles.POSITIVE, strokeWidth=2).encode(
            tooltip=[alt.Tooltip("name:N", title="Which")]
        ),
        states.mark_text(fontSize=11, color=roles.INK).encode(text="label:N"),
        ways.mark_rule(color=roles.POSITIVE, strokeWidth=2).encode(x2="x2:Q"),
        tips.mark_point(
            shape="triangle-right", filled=True, size=50, color=roles.POSITIVE, opacity=1
        ),
    ]
