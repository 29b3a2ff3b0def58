"""Runs beside each other: their curves, in which settings they differ, and where they ended."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    Chart,
    fixed,
    in_turn,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.charts.kept_run import KeptRun
from rnnlab.charts.setting_differences import NONE, as_text, setting_differences
from rnnlab.knobs import Value
from rnnlab.rules.base import enumeration

MOST_OVERLAID = 5
"""Runs in one picture: there are so many colours that everybody can tell apart."""


class Axis(NamedTuple):
    """How far a run is: a column of the table, its title, and how its numbers are written."""

    column: str
    title: str
    form: str


ALONG = {"Updates": Axis("update", "Update", ",d"), "Epochs": Axis("epoch", "Epoch", "~g")}
"""What curves can be aligned by: an update of one run may read more data than one of another."""


def differences(runs: Sequence[KeptRun]) -> Mapping[str, tuple[Value, ...]]:
    """The settings in which the runs differ, by label, and what was done on the way."""
    differing = dict(setting_differences([run.settings for run in runs]))
    on_the_way: dict[str, tuple[Value, ...]] = {
        "Updates done": tuple(run.step for run in runs),
        "Learning rate turned": tuple(_turned(run) for run in runs),
    }
    # How long complete runs are, their settings say.
    if all(run.complete for run in runs):
        del on_the_way["Updates done"]
    return differing | {
        label: values for label, values in on_the_way.items() if len(set(values)) > 1
    }


def comparison_sentence(runs: Sequence[KeptRun]) -> str:
    """What the runs differ in, and which one ended lowest."""
    if len(runs) < 2:
        return "Pick a second run to see the two beside each other."
    differing = [f"{label[0].lower()}{label[1:]}" for label in differences(runs)]
    best = min(runs, key=lambda run: math.inf if math.isnan(run.loss) else run.loss)
    return (
        f"They differ in {enumeration(differing or ['nothing'])}. Look at where each curve ends: "
        f"run {best.number} ended lowest, at {best.loss:.4g} on the data it learns from."
    )


def comparison_chart(
    labels: tuple[str, ...],
    axis: Axis,
    end: float,
    domain: tuple[float, float],
    unit: str = "nats",
    *,
    log: bool = False,
) -> Chart:
    """Loss by update or epoch, a line a run: its own colour, dashes, and a shape at its end.

    The chart of a `comparison_table`. The axis ends at `end`; `domain` are the ends of that of the
    losses, which with `log` must begin above 0.
    """
    colours = in_turn(labels, roles.RUNS)
    dashes, shapes = in_turn(labels, map(list, roles.DASHES)), in_turn(labels, roles.SHAPES)
    legend = legend_above(columns=2, labelLimit=220, symbolSize=120, symbolStrokeWidth=0)
    base = _encoded(axis, end, domain, unit, log=log).encode(
        color=alt.Color("run:N", scale=colours, legend=legend)
    )
    curves = base.mark_line(clip=True, strokeWidth=2).encode(
        strokeDash=alt.StrokeDash("run:N", scale=dashes, legend=None)
    )
    ends = base.transform_filter("datum.last").mark_point(filled=True, size=90, opacity=1)
    return layered(curves, ends.encode(shape=alt.Shape("run:N", scale=shapes)), height=340)


def _encoded(
    axis: Axis, end: float, domain: tuple[float, float], unit: str, *, log: bool
) -> alt.Chart:
    """The rows by their place in the picture, and what each tells."""
    encoded: alt.Chart = table_chart().encode(
        x=alt.X(
            f"{axis.column}:Q",
            title=axis.title,
            scale=fixed(0, end),
            axis=alt.Axis(format=axis.form, tickCount=5, grid=False),
        ),
        y=alt.Y(
            "loss:Q",
            title=f"Loss ({unit})",
            scale=fixed(*domain, log=log, clamp=log),
            axis=alt.Axis(format="~g", tickCount=5 if log else 8, gridOpacity=0.5),
        ),
        tooltip=tooltips(
            ("run:N", "Run"),
            ("update:Q", "Update", ","),
            ("epoch:Q", "Epoch", ".3~f"),
            ("loss:Q", f"Loss ({unit})", ".4f"),
        ),
    )
    return encoded


def comparison_table(runs: Sequence[KeptRun]) -> pd.DataFrame:
    """The curves below each other: run (its label), update, epoch, loss, last."""
    tables = []
    for run in runs:
        updates = run.curve["update"]
        last = updates == updates.max()
        tables.append(
            run.curve.assign(run=run.label, epoch=updates / run.updates_per_epoch, last=last)
        )
    everything = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    return everything.reindex(columns=["run", "update", "epoch", "loss", "last"])


def loss_domain(runs: Sequence[KeptRun], *, log: bool) -> tuple[float, float]:
    """Ends for the axis of losses that hold these curves: round ones."""
    losses = pd.concat([run.curve["loss"] for run in runs]).dropna()
    positive = losses[losses > 0]
    if positive.empty:
        return (0.1, 1.0) if log else (0.0, 1.0)
    low, high = positive.quantile(0.01, "lower"), positive.quantile(0.99, "higher")
    if log:
        return 10.0 ** math.floor(math.log10(low)), 10.0 ** math.ceil(math.log10(high))
    power = 10.0 ** math.floor(math.log10(high))
    return 0.0, next(digit * power for digit in (1, 2, 3, 5, 8, 10) if digit * power >= high)


def settings_table(runs: Sequence[KeptRun]) -> pd.DataFrame:
    """One row a run: its label, the settings in which the runs differ, and its loss."""
    # As text: a column may hold numbers, words and "–".
    columns = {label: [*map(as_text, values)] for label, values in differences(runs).items()}
    return pd.DataFrame(
        {
            "run": [run.label for run in runs],
            **columns,
            "last loss": [run.loss for run in runs],
        }
    )


def _turned(run: KeptRun) -> str:
    return ", ".join(f"{rate:g} after {step:,}" for step, rate in run.plan.rates) or NONE
