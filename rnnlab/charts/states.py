"""What the units and gates of a layer do, step by step and on average."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.elements import FURNITURE, Chart, fixed, layered, table_chart, tooltips
from rnnlab.charts.heat_map import (
    DATA_COLOURS,
    TRUE,
    bit_cells,
    diverging_colour,
    short_number,
    step_axis,
)
from rnnlab.insight.states import Excerpt

COMES_IN = "comes in"
"""The lane of letters that come in; of numbers it is called input."""

COLUMNS = ["step", "lane", "kind", "name", "value", "shade", "label", "reset"]

MOST_PRINTED = 15
MOST_INPUTS = 10
TALL, LOW = 18, 11
MANY_UNITS = 16
GATE_HEIGHT = 44


def data_lanes(excerpt: Excerpt) -> tuple[str, ...]:
    """The names of the lanes above the units, for `states_chart`: inputs, target, predicted."""
    if excerpt.letters is not None:
        return (COMES_IN, "target", TRUE, "predicted")
    n_inputs = min(excerpt.inputs.shape[1], MOST_INPUTS)
    inputs = ["input"] if n_inputs == 1 else [f"input {n}" for n in range(1, n_inputs + 1)]
    truth = [] if excerpt.target_probabilities is None else [TRUE]
    return (*inputs, "target", *truth, "predicted")


def states_chart(
    n_steps: int, n_units: int, data_lanes: tuple[str, ...], limit: float = 1.0, symbol: str = "h"
) -> Chart:
    """Units by time steps as shades of their values, below the data, all on the same steps.

    The chart of a `states_table`. To point at a step outlines it in every lane. Dashed lines are
    steps before which the state was set to zero. Values beyond `limit` look like the limit.
    """
    lanes = [*data_lanes, "", *_unit_lanes(n_units)]
    many = n_units > MANY_UNITS
    base = table_chart().encode(
        x=step_axis("step", "Time step", domain=list(range(1, n_steps + 1)))
    )
    in_lanes = base.encode(
        y=alt.Y(
            "lane:O",
            title=None,
            scale=alt.Scale(domain=lanes, paddingInner=0.12),
            axis=alt.Axis(labelOverlap=many, labelLimit=90, ticks=False, domain=False),
        ),
        tooltip=tooltips(("step:O", "Time step"), ("name:N", "What"), ("value:Q", "Value", ".4~f")),
    )
    hovered = alt.selection_point(
        "hovered", on="pointerover", clear="pointerout", fields=["step"], empty=False
    )
    units = in_lanes.transform_filter("datum.kind == 'unit'").mark_rect(cornerRadius=1)
    units = units.encode(color=diverging_colour(limit, f"Value of {symbol}")).add_params(hovered)
    layers = [units, _data(in_lanes)]
    if COMES_IN in data_lanes:
        layers.append(_signs(in_lanes))
    if n_steps <= MOST_PRINTED and not many:
        layers.append(_numbers(in_lanes))
    at_pointer = base.transform_filter("datum.lane == 'unit 1'").transform_filter(hovered)
    outline = at_pointer.mark_rect(fill=None, stroke=roles.INK, strokeWidth=1.5)
    layers += [_resets(base), outline]
    height = (LOW if many else TALL) * len(lanes) + FURNITURE
    chart: Chart = alt.layer(*layers).resolve_scale(color="independent").properties(height=height)
    return chart


def states_table(excerpt: Excerpt, layer: int = 1, symbol: str = "h") -> pd.DataFrame:
    """One row a cell: the data, then the quantity `symbol` of every unit of `layer` (from 1).

    Steps count from 1. `shade` (0 to 1) is how full a cell of the data is drawn; where there is no
    target or prediction there is no cell.
    """
    names = data_lanes(excerpt)
    data = _letters(excerpt) if excerpt.letters is not None else _numbers_of(excerpt, names)
    values = excerpt.layers[layer - 1][symbol]
    unit_lanes = np.repeat(_unit_lanes(values.shape[1]), excerpt.n_steps)
    units = _lane(unit_lanes, "unit", f"{symbol}, " + unit_lanes, values.T, (-1.0, 1.0))
    table = pd.concat([data.dropna(subset=["value"]), units], ignore_index=True)
    table["reset"] = table["step"].isin([step + 1 for step in excerpt.resets])
    return table[COLUMNS]


def _letters(excerpt: Excerpt) -> pd.DataFrame:
    """Lanes of letters, then the chance of the one asked for: the true one, and the network's."""
    steps, true = excerpt.letters, excerpt.target_probabilities
    assert steps is not None and true is not None  # noqa: S101, PT018
    lanes = []
    for name, letters in ((COMES_IN, steps.inputs), ("target", steps.targets)):
        lane = _lane(name, "letter", name, np.zeros(excerpt.n_steps), (0.0, 1.0))
        lanes.append(lane.assign(label=list(letters)))
    for name, values in ((TRUE, true), ("predicted", excerpt.predicted)):
        lanes.append(_lane(name, "data", name, values, (0.0, 1.0)))
    return pd.concat(lanes)


def _numbers_of(excerpt: Excerpt, names: tuple[str, ...]) -> pd.DataFrame:
    """Lanes of bits or numbers."""
    lanes = [*excerpt.inputs.T[: len(names)][:MOST_INPUTS], excerpt.targets]
    lanes += [] if excerpt.target_probabilities is None else [excerpt.target_probabilities]
    lanes.append(excerpt.predicted)
    ends = _shades(lanes)
    return pd.concat(
        [_lane(name, "data", name, row, ends) for name, row in zip(names, lanes, strict=True)]
    )


def gate_means_chart(gates: tuple[str, ...]) -> Chart:
    """A lane for each gate, a point for each unit, and a tick at the mean of all units.

    The chart of a `gate_means_table`.
    """
    base = table_chart().encode(
        x=alt.X(
            "mean:Q",
            title="Mean over all steps: 0 is shut, 1 is open",
            scale=fixed(0, 1),
            axis=alt.Axis(format=".1f", tickCount=5),
        ),
        y=alt.Y(
            "gate:N",
            title=None,
            scale=alt.Scale(domain=list(gates)),
            axis=alt.Axis(labelExpr="'gate ' + datum.label", ticks=False, domain=False),
        ),
        tooltip=tooltips(("gate:N", "Gate"), ("unit:N", "Unit"), ("mean:Q", "Mean", ".3f")),
    )
    units = base.transform_filter("datum.unit != 'all'").mark_point(
        color=roles.AFTER, filled=True, opacity=0.6, size=60
    )
    overall = base.transform_filter("datum.unit == 'all'").mark_tick(
        color=roles.INK, thickness=3, size=GATE_HEIGHT * 0.6
    )
    return layered(units, overall, height=GATE_HEIGHT * len(gates) + FURNITURE // 2)


def gate_means_table(means: Mapping[str, NDArray[np.floating]]) -> pd.DataFrame:
    """One row a gate and unit, and one a gate for "all" units: gate, unit, mean."""
    rows = [
        (gate, unit, float(mean))
        for gate, values in means.items()
        for unit, mean in [
            *((str(number), value) for number, value in enumerate(values, start=1)),
            ("all", values.mean()),
        ]
    ]
    return pd.DataFrame(rows, columns=["gate", "unit", "mean"])


def _data(base: alt.Chart) -> alt.Chart:
    first_word = "split(datum.name, ' ')[0] == 'input' ? 'input' : datum.name"
    data = base.transform_filter("datum.kind == 'data'").transform_calculate(role=first_word)
    return bit_cells(data, DATA_COLOURS, "role", "shade")


def _resets(base: alt.Chart) -> alt.Chart:
    resets = base.transform_filter("datum.reset && datum.lane == 'target'").mark_rule(
        color=roles.BOUND, strokeDash=[3, 3]
    )
    left: alt.Chart = resets.encode(x=alt.X("step:O", bandPosition=0))
    return left


def _signs(base: alt.Chart) -> alt.Chart:
    letters = base.transform_filter("datum.kind == 'letter'")
    signs: alt.Chart = letters.mark_text(fontSize=11, color=roles.INK).encode(text="label:N")
    return signs


def _numbers(base: alt.Chart) -> alt.Chart:
    ink = (
        alt.when("datum.kind == 'data' && datum.shade > 0.6")
        .then(alt.value("white"))
        .when("datum.kind == 'unit' && abs(datum.value) > 0.6")
        .then(alt.value("black"))
        .otherwise(alt.value(roles.INK))
    )
    plain = base.transform_filter("datum.kind != 'letter'")
    numbers: alt.Chart = plain.mark_text(fontSize=10).encode(text="label:N", color=ink)
    return numbers


def _unit_lanes(n_units: int) -> list[str]:
    return [f"unit {unit}" for unit in range(1, n_units + 1)]


def _lane(
    lane: str | NDArray[np.str_],
    kind: str,
    name: str | NDArray[np.str_],
    values: NDArray[np.floating],
    ends: tuple[float, float],
) -> pd.DataFrame:
    """One lane of values (steps,), or several, (lanes, steps), with a name for each value."""
    numbers = np.asarray(values, float)
    low, high = ends
    return pd.DataFrame(
        {
            "step": np.broadcast_to(np.arange(1, numbers.shape[-1] + 1), numbers.shape).ravel(),
            "lane": lane,
            "kind": kind,
            "name": name,
            "value": numbers.ravel(),
            "shade": (numbers.ravel() - low) / (high - low),
            "label": [short_number(value) for value in numbers.ravel().tolist()],
        }
    )


def _shades(lanes: list[NDArray[np.floating]]) -> tuple[float, float]:
    """The values that are drawn empty and full: 0 and 1 for bits, else the range of the data."""
    everything = np.concatenate([np.asarray(lane, float) for lane in lanes])
    low, high = float(np.nanmin(everything)), float(np.nanmax(everything))
    return (0.0, 1.0) if low >= 0 and high <= 1 else (low, high)
