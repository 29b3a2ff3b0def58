"""What the units of a layer do, step by step, under what went in and what was said."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.lanes import cells, steps_across
from rnnlab.charts.shades import around_zero
from rnnlab.charts.table import FURNITURE, TABLE
from rnnlab.insight.stretch import Stretch

COLUMNS = ["step", "lane", "kind", "what", "value", "shade", "label", "reset"]

MOST_PRINTED = 15
MOST_INPUTS = 10
TALL, LOW = 18, 11
MANY_UNITS = 16
COLOURS = {
    "input": roles.INPUT,
    "target": roles.TARGET,
    "true chance": roles.TRUTH,
    "predicted": roles.PREDICTED,
}


def strips(stretch: Stretch) -> tuple[str, ...]:
    """The names of the lanes above the units: what `states_chart` needs to know of a stretch."""
    n_inputs = min(stretch.inputs.shape[1], MOST_INPUTS)
    inputs = ["input"] if n_inputs == 1 else [f"input {n}" for n in range(1, n_inputs + 1)]
    truth = [] if stretch.truth is None else ["true chance"]
    return (*inputs, "target", *truth, "predicted")


def states_chart(
    n_steps: int, n_units: int, strips: tuple[str, ...], limit: float = 1.0, symbol: str = "h"
) -> alt.LayerChart | alt.FacetChart:
    """Units by time steps as shades of their values, below the strips, all on the same steps.

    The chart of a `states_table`. To point at a step outlines it in every lane. Dashed lines are
    steps before which the state was set to zero. Values beyond `limit` look like the limit.
    """
    lanes = [*strips, "", *_unit_lanes(n_units)]
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=steps_across("step", "Time step", domain=list(range(1, n_steps + 1)))
    )
    in_lanes = base.encode(
        y=_lanes(lanes, n_units),
        tooltip=[
            alt.Tooltip("step:O", title="Time step"),
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("value:Q", title="Value", format=".4~f"),
        ],
    )
    hovered = alt.selection_point(
        "hovered", on="pointerover", clear="pointerout", fields=["step"], empty=False
    )
    layers = [_units(in_lanes, limit, symbol).add_params(hovered), _strips(in_lanes)]
    if n_steps <= MOST_PRINTED and n_units <= MANY_UNITS:
        layers.append(_numbers(in_lanes))
    layers += [_resets(base), _outline(base, hovered)]
    height = (TALL if n_units <= MANY_UNITS else LOW) * len(lanes) + FURNITURE
    chart: alt.LayerChart | alt.FacetChart = (
        alt.layer(*layers).resolve_scale(color="independent").properties(height=height)
    )
    return chart


def states_table(stretch: Stretch, layer: int = 1, symbol: str = "h") -> pd.DataFrame:
    """One row a cell: the strips, then the quantity `symbol` of every unit of `layer` (from 1).

    Steps count from 1. `shade` (0 to 1) is how full a strip's cell is drawn; a strip has no cell
    where there is nothing to tell.
    """
    names = strips(stretch)
    lanes = [*stretch.inputs.T[: len(names)][:MOST_INPUTS], stretch.targets]
    lanes += [] if stretch.truth is None else [stretch.truth]
    lanes.append(stretch.predicted)
    ends = _shades(lanes)
    above = pd.concat(
        [
            _lane(name, "strip", name, values, ends)
            for name, values in zip(names, lanes, strict=True)
        ]
    ).dropna(subset=["value"])
    values = stretch.layers[layer - 1][symbol]
    lanes_below = np.repeat(_unit_lanes(values.shape[1]), stretch.n_steps)
    below = _lane(lanes_below, "unit", f"{symbol}, " + lanes_below, values.T, (-1.0, 1.0))
    table = pd.concat([above, below], ignore_index=True)
    table["reset"] = table["step"].isin([step + 1 for step in stretch.resets])
    return table[COLUMNS]


def _lanes(lanes: list[str], n_units: int) -> alt.Y:
    axis = alt.Axis(labelOverlap=n_units > MANY_UNITS, labelLimit=90, ticks=False, domain=False)
    return alt.Y("lane:O", title=None, scale=alt.Scale(domain=lanes, paddingInner=0.12), axis=axis)


def _units(base: alt.Chart, limit: float, symbol: str) -> alt.Chart:
    cells: alt.Chart = (
        base.transform_filter("datum.kind == 'unit'")
        .mark_rect(cornerRadius=1)
        .encode(color=around_zero(limit, f"Value of {symbol}"))
    )
    return cells


def _strips(base: alt.Chart) -> alt.Chart:
    first_word = "split(datum.what, ' ')[0] == 'input' ? 'input' : datum.what"
    strips = base.transform_filter("datum.kind == 'strip'").transform_calculate(role=first_word)
    return cells(strips, COLOURS, "role", "shade")


def _numbers(base: alt.Chart) -> alt.Chart:
    ink = (
        alt.when("datum.kind == 'strip' && datum.shade > 0.6")
        .then(alt.value("white"))
        .when("datum.kind == 'unit' && abs(datum.value) > 0.6")
        .then(alt.value("black"))
        .otherwise(alt.value(roles.INK))
    )
    numbers: alt.Chart = base.mark_text(fontSize=10).encode(text="label:N", color=ink)
    return numbers


def _resets(base: alt.Chart) -> alt.Chart:
    rules: alt.Chart = (
        base.transform_filter("datum.reset && datum.lane == 'target'")
        .mark_rule(color=roles.BOUND, strokeDash=[3, 3])
        .encode(x=alt.X("step:O", bandPosition=0))
    )
    return rules


def _outline(base: alt.Chart, hovered: alt.Parameter) -> alt.Chart:
    outline: alt.Chart = (
        base.transform_filter("datum.lane == 'unit 1'")
        .transform_filter(hovered)
        .mark_rect(fill=None, stroke=roles.INK, strokeWidth=1.5)
    )
    return outline


def _unit_lanes(n_units: int) -> list[str]:
    return [f"unit {unit}" for unit in range(1, n_units + 1)]


def _lane(
    name: str | NDArray[np.str_],
    kind: str,
    what: str | NDArray[np.str_],
    values: NDArray[np.floating],
    ends: tuple[float, float],
) -> pd.DataFrame:
    """One lane of values (steps,), or several, (lanes, steps), with a name for each value."""
    numbers = np.asarray(values, float)
    low, high = ends
    return pd.DataFrame(
        {
            "step": np.broadcast_to(np.arange(1, numbers.shape[-1] + 1), numbers.shape).ravel(),
            "lane": name,
            "kind": kind,
            "what": what,
            "value": numbers.ravel(),
            "shade": (numbers.ravel() - low) / (high - low),
            "label": [_digits(value) for value in numbers.ravel().tolist()],
        }
    )


def _shades(lanes: list[NDArray[np.floating]]) -> tuple[float, float]:
    """The values that are drawn empty and full: 0 and 1 for bits, else the range of the strips."""
    everything = np.concatenate([np.asarray(lane, float) for lane in lanes])
    low, high = float(np.nanmin(everything)), float(np.nanmax(everything))
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    return low, high


def _digits(value: float) -> str:
    """Two digits at most, in the shortest form: 0, .03, -.5, 1, 29.9."""
    if np.isnan(value):
        return ""
    value = round(value, 2) + 0.0  # no -0
    text = f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    text = text.rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
