"""The curves of several runs over each other, and a table of what their settings differ in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.insight.comparison import Finish, all_differences

MOST_POINTS = 400
"""Of one curve; of longer ones every so many are drawn."""


def comparison_chart(
    labels: tuple[str, ...],
    n_updates: int,
    domain: tuple[float, float],
    unit: str = "nats",
    *,
    log: bool = False,
) -> alt.LayerChart | alt.FacetChart:
    """Loss by update, a line for each run: its own colour, dashes, and a shape at its end.

    The chart of a `comparison_table`. `domain` are the ends of the axis of losses, fixed so that
    curves can grow; with `log` it must begin above 0.
    """
    names = list(labels)
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "update:Q",
            title="Update",
            scale=alt.Scale(domain=[0, n_updates], nice=False),
            axis=alt.Axis(format=",d", tickCount=5, grid=False),
        ),
        y=_losses(domain, unit, log),
        color=_runs(names),
        tooltip=[
            alt.Tooltip("run:N", title="Run"),
            alt.Tooltip("update:Q", title="Update", format=","),
            alt.Tooltip("loss:Q", title=f"Loss ({unit})", format=".4f"),
        ],
    )
    dashes = alt.Scale(domain=names, range=[list(dash) for dash in roles.DASHES[: len(names)]])
    shapes = alt.Scale(domain=names, range=list(roles.SHAPES[: len(names)]))
    curves = base.mark_line(clip=True, strokeWidth=2).encode(
        strokeDash=alt.StrokeDash("run:N", scale=dashes, legend=None)
    )
    ends = base.transform_filter("datum.last").mark_point(filled=True, size=90, opacity=1)
    return alt.layer(curves, ends.encode(shape=alt.Shape("run:N", scale=shapes))).properties(
        height=340
    )


def comparison_table(curves: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The run tables below each other, by label: run, update, loss, last."""
    tables = []
    for label, curve in curves.items():
        every = -(-len(curve) // MOST_POINTS)
        from_the_end = curve[::-1][:: max(every, 1)][::-1]  # so that the last point stays
        last = from_the_end["update"] == curve["update"].max()
        tables.append(from_the_end[["update", "loss"]].assign(run=label, last=last))
    everything = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    return everything.reindex(columns=["run", "update", "loss", "last"])


def loss_domain(curves: Mapping[str, pd.DataFrame], *, log: bool) -> tuple[float, float]:
    """Ends for the axis of losses that hold these curves: round ones, so that they rarely move."""
    losses = pd.concat([curve["loss"] for curve in curves.values()]).dropna()
    positive = losses[losses > 0]
    if positive.empty:
        return (0.1, 1.0) if log else (0.0, 1.0)
    low, high = positive.quantile(0.01, "lower"), positive.quantile(0.99, "higher")
    if log:
        return 10.0 ** math.floor(math.log10(low)), 10.0 ** math.ceil(math.log10(high))
    power = 10.0 ** math.floor(math.log10(high))
    return 0.0, next(digit * power for digit in (1, 2, 3, 5, 8, 10) if digit * power >= high)


def settings_table(runs: Sequence[Finish]) -> pd.DataFrame:
    """One row a run: its label, the settings in which the runs differ, and the last loss."""
    differing = all_differences(runs)
    # As text: a column may hold numbers, words and "–".
    columns = {label: [_said(value) for value in values] for label, values in differing.items()}
    return pd.DataFrame(
        {
            "run": [run.label for run in runs],
            **columns,
            "last loss": [run.last_loss for run in runs],
        }
    )


def _runs(names: list[str]) -> alt.Color:
    return alt.Color(
        "run:N",
        scale=alt.Scale(domain=names, range=list(roles.RUNS[: len(names)])),
        legend=alt.Legend(title=None, orient="top", columns=2, labelLimit=150, symbolSize=120),
    )


def _losses(domain: tuple[float, float], unit: str, log: bool) -> alt.Y:
    kind: Literal["log", "linear"] = "log" if log else "linear"
    return alt.Y(
        "loss:Q",
        title=f"Loss ({unit})",
        scale=alt.Scale(type=kind, domain=list(domain), nice=False, clamp=log),
        axis=alt.Axis(format="~g", tickCount=5 if log else 8, gridOpacity=0.5),
    )


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
