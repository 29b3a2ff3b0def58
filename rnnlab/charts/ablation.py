"""What a unit or a past input is worth: how the loss changes without it, and what was foretold."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.by_lag import STEPS_BACK
from rnnlab.charts.elements import (
    Chart,
    by_name,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.insight.ablation import Ablation, TurnedInputs
from rnnlab.insight.fresh_data import Floats
from rnnlab.insight.weights import colour_limit

MEASURED, FORETOLD = "measured", "foretold by the gradient"
HALF = 0.4
"""Width of a bar; two of them stand on one place."""

UNIT = "Unit"
"""The title of places that are units; else they are steps back."""


def changes_chart(
    n_places: int, domain: tuple[float, float], unit_of_loss: str, *, of_units: bool
) -> Chart:
    """Two bars for each unit or lag: by how much the loss changes, and what the gradient said.

    The chart of a `changes_table`.
    """
    first = 1 if of_units else 0
    zero = alt.Chart(pd.DataFrame({"change": [0.0]})).mark_rule(color=roles.BOUND)
    bars = (
        table_chart()
        .mark_rect(clip=True)
        .encode(
            x=alt.X(
                "left:Q",
                title=UNIT if of_units else STEPS_BACK,
                scale=fixed(first - 0.5, first + n_places - 0.5),
                axis=alt.Axis(format="d", tickMinStep=1, tickCount=min(n_places, 12), grid=False),
            ),
            x2="right:Q",
            y=alt.Y(
                "change:Q",
                title=f"Change of the loss ({unit_of_loss})",
                scale=fixed(*domain),
                axis=alt.Axis(format="~g", tickCount=5, gridOpacity=0.5),
            ),
            y2=alt.datum(0.0),
            color=alt.Color(
                "by:N",
                scale=by_name({MEASURED: roles.AFTER, FORETOLD: roles.VALIDATION}),
                legend=legend_above(labelLimit=240),
            ),
            tooltip=tooltips(
                ("place:Q", UNIT if of_units else "Steps back"),
                ("by:N", "Change"),
                ("change:Q", f"Of the loss ({unit_of_loss})", "+.3~g"),
            ),
        )
    )
    return layered(bars, zero.encode(y="change:Q"), height=300)


def changes_table(measured: Ablation | TurnedInputs) -> pd.DataFrame:
    """One row a place and way to know: place, by, change (of the loss), left, right."""
    first = 1 if isinstance(measured, Ablation) else 0
    tables = []
    for name, values, start in (
        (MEASURED, measured.changes, -HALF),
        (FORETOLD, measured.foretold, 0.0),
    ):
        places = first + np.arange(len(values))
        ends = {"left": places + start, "right": places + start + HALF}
        tables.append(pd.DataFrame({"place": places, "by": name, "change": values, **ends}))
    return pd.concat(tables, ignore_index=True)


def changes_domain(measured: Ablation | TurnedInputs) -> tuple[float, float]:
    """The ends of the axis: round numbers around all changes, 0 if none is on that side."""
    values: Floats = np.concatenate([measured.changes, measured.foretold])
    low = -colour_limit(np.minimum(values, 0)) if values.min() < 0 else 0.0
    return low, colour_limit(np.maximum(values, 0))


def ablation_table(measured: Ablation) -> pd.DataFrame:
    """To be read: each unit with the loss, the right answers and the answers' move without it."""
    columns = {
        "unit": 1 + np.arange(len(measured.losses)),
        "loss without it": measured.losses,
        "change": measured.changes,
        "foretold": measured.foretold,
        "answers move by": measured.moved,
    }
    if measured.accuracies is not None:
        columns["right answers"] = measured.accuracies
    return pd.DataFrame(columns)
