"""The weights of a network: what there is of each, and how training has changed them."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import FURNITURE, Chart, layered, table_chart, tooltips
from rnnlab.charts.heat_map import diverging_colour, shortest
from rnnlab.insight.weights import WeightMatrix, layer_sums, weight_rows
from rnnlab.network import Network

MOST_PRINTED = 8
CELL = 24
MOST_HEIGHT = 420
AXIS_ABOVE = 40
BEFORE, AFTER = "before", "after"


def weights_table(network: Network) -> pd.DataFrame:
    """One row a weight, one a layer with its sum written out, and one for the whole network.

    To be read, not drawn: layer, symbol, Keras' name, shape, numbers (how they are counted) and
    count.
    """
    sums = layer_sums(network)
    rows: list[tuple[str, str, str, str, str, int]] = []
    for layer, written_out in sums.items():
        rows += [
            (layer, row.symbol, row.name, str(row.shape), row.formula, row.count)
            for row in weight_rows(network)
            if row.layer == layer
        ]
        rows.append((layer, "", "together", "", written_out, int(written_out.split(" = ")[1])))
    counts = " + ".join(written_out.split(" = ")[1] for written_out in sums.values())
    total = network.parameters
    rows.append(("whole network", "", "together", "", f"{counts} = {total}", total))
    return pd.DataFrame(rows, columns=["layer", "symbol", "name", "shape", "numbers", "count"])


def matrix_chart(n_rows: int, n_columns: int, limit: float, symbol: str = "W") -> Chart:
    """One matrix before training and after it, side by side, as shades from -limit to limit.

    The chart of a `matrix_table`. Small matrices carry their numbers.
    """
    places = [*_places(BEFORE, n_columns), "|", *_places(AFTER, n_columns)]
    base = table_chart().encode(
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
        tooltip=tooltips(
            ("when:N", "When"),
            ("row:O", "Row"),
            ("column:O", "Column"),
            ("value:Q", "Value", ".4~f"),
        ),
    )
    layers = [base.mark_rect().encode(color=diverging_colour(limit, f"Weight in {symbol}"))]
    if max(n_rows, n_columns) <= MOST_PRINTED:
        dark = f"abs(datum.value) > {0.6 * limit}"
        ink = alt.condition(dark, alt.value("black"), alt.value(roles.INK))
        layers.append(base.mark_text(fontSize=10).encode(text="label:N", color=ink))
    height = min(CELL * n_rows, MOST_HEIGHT) + FURNITURE + AXIS_ABOVE
    return layered(*layers, height=height)


def matrix_table(matrix: WeightMatrix) -> pd.DataFrame:
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


def _short(value: float) -> str:
    """What fits into a cell on a phone: .5, -.03, 1.2, 12."""
    return shortest(f"{value:.{2 if abs(value) < 1 else 1 if abs(value) < 10 else 0}f}")
