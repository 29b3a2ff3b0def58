"""The window that the network saw last: what went in, what was wanted, what it said."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.lanes import cells, lanes_down, printed, steps_across
from rnnlab.charts.table import TABLE
from rnnlab.progress import Glimpse

LANE_HEIGHT = 20
MOST_PRINTED = 15


def glimpse_chart(
    n_rows: int, n_steps: int, *, with_truth: bool
) -> alt.LayerChart | alt.FacetChart:
    """A few rows of one window as lanes of cells, a 1 full and a 0 empty.

    The chart of a `glimpse_table`, which is put in where it is drawn. `with_truth` adds a lane
    with the probability that the rule gives: for rules that leave some bits to chance. Cells carry
    their numbers as long as these are readable.
    """
    lanes = _lanes(n_rows, with_truth)
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=steps_across("step", "Time step in the window"),
        y=lanes_down(lanes, numbered=True),
        tooltip=[
            alt.Tooltip("row:N", title="Row"),
            alt.Tooltip("step:O", title="Time step"),
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("value:Q", title="Value", format=".3f"),
        ],
    )
    layers = [cells(base, COLOURS, "what", "value")]
    if n_steps <= MOST_PRINTED:
        layers.append(printed(base, "label:N", "value", size=11))
    return alt.layer(*layers).properties(height=LANE_HEIGHT * len(lanes))


def _lanes(n_rows: int, with_truth: bool) -> list[str]:
    """The lanes from top to bottom, "row|label"; rows are set apart by lanes without a label."""
    whats = _whats(with_truth)
    lanes = [lane for row in range(n_rows) for lane in (*_names(row, whats), f"{row}|")]
    return lanes[:-1]


def _names(row: int, whats: list[str]) -> list[str]:
    return [
        f"{row}|row {row + 1}: {what}" if what == "input" else f"{row}|{what}" for what in whats
    ]


COLOURS = {
    "input": roles.INPUT,
    "target": roles.TARGET,
    "predicted": roles.PREDICTED,
    "true chance": roles.TRUTH,
}


def glimpse_table(glimpse: Glimpse, *, with_truth: bool) -> pd.DataFrame:
    """One row a cell, with the columns row, step, what, lane, value, label."""
    lanes = [glimpse.inputs, glimpse.targets, glimpse.predicted, glimpse.truth]
    whats = _whats(with_truth)
    values = np.stack(lanes[: len(whats)], axis=1)  # (rows, lanes of a row, timesteps)
    row, lane, step = np.indices(values.shape).reshape(3, -1)
    names = np.array([_names(one, whats) for one in range(len(values))])
    return pd.DataFrame(
        {
            "row": row + 1,
            "step": step + 1,
            "what": np.array(whats)[lane],
            "lane": names[row, lane],
            "value": values.ravel().astype(float),
            "label": [_digits(value) for value in values.ravel().tolist()],
        }
    )


def _whats(with_truth: bool) -> list[str]:
    return list(COLOURS) if with_truth else list(COLOURS)[:-1]


def _digits(value: float) -> str:
    """Two digits of a probability, shortest form: 0, .03, .5, .98, 1."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("0.", ".") or "0"
