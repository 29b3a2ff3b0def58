"""The machine inside a network: its picture, and where one of its states lies among the units."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    Chart,
    by_name,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.charts.machine_picture import BITS, machine_table
from rnnlab.insight.automaton import Automaton
from rnnlab.insight.machine_inside import MachineInside
from rnnlab.rules.state_machine import Machine

ALL, ONE = "all states", "this state"
HALF = 0.4
"""Width of a bar; two of them stand on one unit."""

INNER = (10, 90)
"""Percentiles between which a bar lies."""


def automaton_table(automaton: Automaton, drawn: Machine) -> pd.DataFrame:
    """The table of a `machine_chart` of `drawn` without the lines of bits that cannot come."""
    table = machine_table(drawn)
    missing = [
        f"{state + 1} {name}"
        for state, ways in enumerate(automaton.after)
        for to, name in zip(ways, BITS, strict=True)
        if to is None
    ]
    return table[~table["edge"].isin(missing)]


def units_chart(n_units: int, limit: float) -> Chart:
    """Two bars for each unit: where it lies in all states, and in one; a tick is the mean.

    The chart of a `units_table`, from -limit to limit.
    """
    base = table_chart().encode(
        x=alt.X(
            "left:Q",
            title="Unit of the top layer",
            scale=fixed(0.5, n_units + 0.5),
            axis=alt.Axis(format="d", tickMinStep=1, tickCount=min(n_units, 12), grid=False),
        ),
        x2="right:Q",
        y=alt.Y(
            "low:Q",
            title="What it says",
            scale=fixed(-limit, limit),
            axis=alt.Axis(format="~g", tickCount=5, gridOpacity=0.5),
        ),
        color=alt.Color(
            "who:N",
            scale=by_name({ALL: roles.BEFORE, ONE: roles.AFTER}),
            legend=legend_above(),
        ),
        tooltip=tooltips(
            ("unit:Q", "Unit"),
            ("who:N", "In"),
            ("low:Q", "A tenth lies below", ".2f"),
            ("mean:Q", "Mean", ".2f"),
            ("high:Q", "A tenth lies above", ".2f"),
        ),
    )
    means = base.mark_rule(strokeWidth=3).encode(y=alt.Y("mean:Q", scale=fixed(-limit, limit)))
    return layered(base.mark_rect(opacity=0.6, clip=True).encode(y2="high:Q"), means, height=260)


def units_table(inside: MachineInside, state: int) -> pd.DataFrame:
    """One row a unit and kind of visits: unit, who, low, mean, high, left, right.

    Those of all states, and those of `state` (from 0); low and high are the 10th and the 90th
    percentile.
    """
    tables = []
    here = inside.visits == state
    for who, chosen, start in ((ALL, np.ones_like(here), -HALF), (ONE, here, 0.0)):
        values = inside.units[chosen]  # (visits, units)
        units = 1 + np.arange(values.shape[1])
        low, high = np.percentile(values, INNER, axis=0)
        rows = {"unit": units, "who": who, "low": low, "mean": values.mean(axis=0), "high": high}
        ends = {"left": units + start, "right": units + start + HALF}
        tables.append(pd.DataFrame({**rows, **ends}))
    return pd.concat(tables, ignore_index=True)


def pasts_table(pasts: list[tuple[str, float]]) -> pd.DataFrame:
    """To be read: the last bits that lead to a state, and their share of its visits."""
    return pd.DataFrame(pasts, columns=["last bits", "share of visits"])
