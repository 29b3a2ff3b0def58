"""Runs beside each other: their curves, in which settings they differ, and where they ended."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
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
from rnnlab.knobs import Value
from rnnlab.rules.base import enumeration
from rnnlab.settings import Settings

MOST_RUNS = 5
OWN = "Numbers"
NONE = "–"

MOST_POINTS = 400
"""Of one curve; a longer one is thinned out."""


@dataclass(frozen=True)
class RunSummary:
    """A run's label, its settings, and its last loss; `None` before it has one.

    `extras` is what else tells it from others, as pairs of label and value: how far it went, say.
    """

    label: str
    settings: Settings
    last_loss: float | None
    extras: tuple[tuple[str, Value], ...] = ()


def setting_differences(runs: Sequence[Settings]) -> Mapping[str, tuple[Value, ...]]:
    """The knobs in which the runs differ, by label, with the value in each run.

    "–" where a run's rule has no such knob.
    """
    labels: dict[str, str] = {}
    for run in runs:
        labels |= {name: knob.label for name, knob in run.open_knobs.items()}
    by_name = {name: tuple(run.values.get(name, NONE) for run in runs) for name in labels}
    differing = {labels[name]: values for name, values in by_name.items() if len(set(values)) > 1}
    if len({run.own for run in runs}) > 1:
        names = (NONE if run.own is None else getattr(run.own, "name", OWN) for run in runs)
        differing[OWN] = tuple(map(str, names))
    return differing


def differences(runs: Sequence[RunSummary]) -> Mapping[str, tuple[Value, ...]]:
    """The same of finished runs, and of what else tells them apart."""
    differing = dict(setting_differences([run.settings for run in runs]))
    for label in dict.fromkeys(label for run in runs for label, _ in run.extras):
        values = tuple(dict(run.extras).get(label, NONE) for run in runs)
        if len(set(values)) > 1:
            differing[label] = values
    return differing


def comparison_sentence(runs: Sequence[RunSummary]) -> str:
    """What the runs differ in, and which one ended lowest."""
    if len(runs) < 2:
        return "Keep a second run, and you can compare the two here."
    differing = list(differences(runs))
    ended = [run for run in runs if run.last_loss is not None]
    if not differing:
        return f"All {len(runs)} runs have the same settings, so their curves are the same."
    sentence = f"The runs differ in {enumeration(label.lower() for label in differing)}."
    if not ended:
        return sentence
    best = min(ended, key=lambda run: run.last_loss if run.last_loss is not None else 0.0)
    lowest = f"{best.last_loss:.4f} on the data it learns from"
    return f"{sentence} '{best.label}' ended lowest, at {lowest}."


def comparison_chart(
    labels: tuple[str, ...],
    n_updates: int,
    domain: tuple[float, float],
    unit: str = "nats",
    *,
    log: bool = False,
) -> Chart:
    """Loss by update, a line for each run: its own colour, dashes, and a shape at its end.

    The chart of a `comparison_table`. `domain` are the ends of the axis of losses, fixed so that
    curves can grow; with `log` it must begin above 0.
    """
    colours = by_name(dict(zip(labels, roles.RUNS, strict=False)))
    dashes = by_name(dict(zip(labels, map(list, roles.DASHES), strict=False)))
    shapes = by_name(dict(zip(labels, roles.SHAPES, strict=False)))
    legend = legend_above(columns=2, labelLimit=150, symbolSize=120)
    base = table_chart().encode(
        x=alt.X(
            "update:Q",
            title="Update",
            scale=fixed(0, n_updates),
            axis=alt.Axis(format=",d", tickCount=5, grid=False),
        ),
        y=alt.Y(
            "loss:Q",
            title=f"Loss ({unit})",
            scale=fixed(*domain, log=log, clamp=log),
            axis=alt.Axis(format="~g", tickCount=5 if log else 8, gridOpacity=0.5),
        ),
        color=alt.Color("run:N", scale=colours, legend=legend),
        tooltip=tooltips(
            ("run:N", "Run"), ("update:Q", "Update", ","), ("loss:Q", f"Loss ({unit})", ".4f")
        ),
    )
    curves = base.mark_line(clip=True, strokeWidth=2).encode(
        strokeDash=alt.StrokeDash("run:N", scale=dashes, legend=None)
    )
    ends = base.transform_filter("datum.last").mark_point(filled=True, size=90, opacity=1)
    return layered(curves, ends.encode(shape=alt.Shape("run:N", scale=shapes)), height=340)


def comparison_table(curves: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The run tables below each other, by label: run, update, loss, last."""
    tables = []
    for label, curve in curves.items():
        every = max(-(-len(curve) // MOST_POINTS), 1)
        thinned = curve[::-1][::every][::-1]  # from the end, so that the last point stays
        last = thinned["update"] == curve["update"].max()
        tables.append(thinned[["update", "loss"]].assign(run=label, last=last))
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


def settings_table(runs: Sequence[RunSummary]) -> pd.DataFrame:
    """One row a run: its label, the settings in which the runs differ, and the last loss."""
    # As text: a column may hold numbers, words and "–".
    columns = {
        label: [_text(value) for value in values] for label, values in differences(runs).items()
    }
    labels, losses = [run.label for run in runs], [run.last_loss for run in runs]
    return pd.DataFrame({"run": labels, **columns, "last loss": losses})


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
