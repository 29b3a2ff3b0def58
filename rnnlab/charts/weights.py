"""The weights of a network: what there is of each, and how training has changed them."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.shades import around_zero
from rnnlab.charts.table import FURNITURE, TABLE
from rnnlab.insight.matrices import Matrix, layer_sums, weight_rows
from rnnlab.network import Network

MOST_PRINTED = 8
CELL = 24
MOST_HEIGHT = 420
AXIS_ABOVE = 40
BEFORE, AFTER = "before", "after"
TOOLTIP = [
    alt.Tooltip("when:N", title="When"),
    alt.Tooltip("row:O", title="Row"),
    alt.Tooltip("column:O", title="Column"),
    alt.Tooltip("value:Q", title="Value", format=".4~f"),
]


def weights_table(network: Network) -> pd.DataFrame:
    """One row a weight, one a layer with its sum written out, and one for the whole network.

    To be read, not drawn: layer, symbol, Keras' name, shape, numbers (how they are counted) and
    count.
    """
    sums = layer_sums(network)
    rows: list[tuple[str, str, str, str, str, int]] = []
    listed = weight_rows(network)
    for layer, written_out in sums.items():
        own = [row for row in listed if row.layer == layer]
        rows += [
            (layer, row.symbol, row.name, str(row.shape), row.formula, row.count) for row in own
        ]
        rows.append((layer, "", "together", "", written_out, sum(row.count for row in own)))
    counts = " + ".join(written_out.split(" = ")[1] for written_out in sums.values())
    total = network.parameters
    rows.append(("whole network", "", "together", "", f"{counts} = {total}", total))
    return pd.DataFrame(rows, columns=["layer", "symbol", "name", "shape", "numbers", "count"])


def matrix_chart(
    n_rows: int, n_columns: int, limit: float, symbol: str = "W"
) -> alt.LayerChart | alt.FacetChart:
    """One matrix before training and after it, side by side, as shades from -limit to limit.

    The chart of a `matrix_table`. Small matrices carry their numbers.
    """
    places = [*_places(BEFORE, n_columns), "|", *_places(AFTER, n_columns)]
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "place:O",
            title=f"Column of {symbol}, before training (left) and now (right)",
            scale=alt.Scale(domain=places, paddingInner=0.06),
            axis=alt.Axis(
                orient="top",
                labelExpr="split(datum.label, '|')[1]",
                labelAngle=0,
                labelOverlap=True,
                ticks=False,
                domain=False,
            ),
        ),
        y=alt.Y(
            "row:O",
            title="Row",
            scale=alt.Scale(domain=list(range(1, n_rows + 1)), paddingInner=0.06),
            axis=alt.Axis(labelOverlap=True, ticks=False, domain=False),
        ),
        tooltip=TOOLTIP,
    )
    layers = [base.mark_rect().encode(color=around_zero(limit, f"Weight in {symbol}"))]
    if max(n_rows, n_columns) <= MOST_PRINTED:
        layers.append(_numbers(base, limit))
    height = min(CELL * n_rows, MOST_HEIGHT) + FURNITURE + AXIS_ABOVE
    return alt.layer(*layers).properties(height=height)


def matrix_table(matrix: Matrix) -> pd.DataFrame:
    """One row a number: when, row, column (both from 1), place, value, label."""
    tables = []
    for when, values in ((BEFORE, matrix.before), (AFTER, matrix.after)):
        row, column = np.indices(values.shape).reshape(2, -1)
        tables.append(
            pd.DataFrame(
                {
                    "when": when,
                    "row": row + 1,
                    "column": column + 1,
                    "place": np.array(_places(when, values.shape[1]))[column],
                    "value": values.ravel().astype(float),
                    "label": [_short(value) for value in values.ravel().tolist()],
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def _places(when: str, n_columns: int) -> list[str]:
    return [f"{when}|{column}" for column in range(1, n_columns + 1)]


def _numbers(base: alt.Chart, limit: float) -> alt.Chart:
    ink = alt.condition(
        f"abs(datum.value) > {0.6 * limit}", alt.value("black"), alt.value(roles.INK)
    )
    numbers: alt.Chart = base.mark_text(fontSize=10).encode(text="label:N", color=ink)
    return numbers


def _short(value: float) -> str:
    """What fits into a cell on a phone: .5, -.03, 1.2, 12."""
    digits = 2 if abs(value) < 1 else 1 if abs(value) < 10 else 0
    text = f"{round(value, digits) + 0.0:.{digits}f}"  # + 0.0: no -0
    text = text.rstrip("0").rstrip(".") if digits else text
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
