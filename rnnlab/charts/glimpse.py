"""The window that the network saw last: what went in, what was wanted, what it said."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.progress import Array, Glimpse

LANE_HEIGHT = 17
MOST_PRINTED = 20


def glimpse_chart(glimpse: Glimpse, *, with_truth: bool) -> alt.LayerChart | alt.FacetChart:
    """A few rows of one window as lanes of cells, a 1 full and a 0 empty.

    `with_truth` adds a lane with the probability that the rule gives: for rules that leave some
    bits to chance. Cells carry their numbers as long as these are readable.
    """
    table = glimpse_table(glimpse, with_truth=with_truth)
    n_steps = glimpse.inputs.shape[1]
    lanes = list(dict.fromkeys(table["lane"]))
    base = alt.Chart(table).encode(
        x=alt.X(
            "step:O",
            title="Time step in the window",
            axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False, domain=False),
            scale=alt.Scale(paddingInner=0.08),
        ),
        y=alt.Y(
            "lane:O",
            title=None,
            sort=lanes,
            axis=alt.Axis(
                labelExpr="split(datum.label, '|')[1]", ticks=False, domain=False, labelLimit=130
            ),
            scale=alt.Scale(paddingInner=0.12),
        ),
        tooltip=[
            alt.Tooltip("row:N", title="Row"),
            alt.Tooltip("step:O", title="Time step"),
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("value:Q", title="Value", format=".3f"),
        ],
    )
    cells = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color(
            "what:N",
            scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
            legend=None,
        ),
        opacity=alt.Opacity(
            "value:Q",
            scale=alt.Scale(domain=[0, 1], range=[roles.INSTEAD_OF_NOTHING, 1]),
            legend=None,
        ),
    )
    numbers = base.mark_text(fontSize=11).encode(
        text="label:N",
        color=alt.condition("datum.value > 0.6", alt.value("white"), alt.value("#7a7a7a")),
    )
    layers = (cells, numbers) if n_steps <= MOST_PRINTED else (cells,)
    return alt.layer(*layers).properties(height=LANE_HEIGHT * len(lanes))


COLOURS = {
    "input": roles.INPUT,
    "target": roles.TARGET,
    "predicted": roles.PREDICTED,
    "true chance": roles.TRUTH,
}


def glimpse_table(glimpse: Glimpse, *, with_truth: bool) -> pd.DataFrame:
    """One row a cell: row, step, what, lane, value, label; rows are set apart by empty lanes."""
    lanes: dict[str, Array] = {
        "input": glimpse.inputs,
        "target": glimpse.targets,
        "predicted": glimpse.predicted,
    }
    if with_truth:
        lanes["true chance"] = glimpse.truth
    parts = []
    n_rows, n_steps = glimpse.inputs.shape
    for row in range(n_rows):
        for what, values in lanes.items():
            name = f"row {row + 1} {what}" if what == "input" else what
            parts.append(_lane(row, what, f"{row}|{name}", values[row], n_steps))
        if row + 1 < n_rows:
            parts.append(pd.DataFrame({"lane": [f"{row}| "], "step": [1]}))
    return pd.concat(parts, ignore_index=True)


def _lane(row: int, what: str, lane: str, values: Array, n_steps: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": row + 1,
            "step": np.arange(1, n_steps + 1),
            "what": what,
            "lane": lane,
            "value": values.astype(float),
            "label": [_digits(value) for value in values],
        }
    )


def _digits(value: float) -> str:
    """Two digits of a probability, shortest form: 0, .03, .5, .98, 1."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("0.", ".") or "0"
