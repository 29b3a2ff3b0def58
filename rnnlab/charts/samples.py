"""Samples of numbers: where they lie in their series, and the grid that a network receives."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, by_name, fixed, layered, table_chart, tooltips
from rnnlab.charts.heat_map import BIT_COLOURS, lane_axis, shortest, step_axis
from rnnlab.exploration.samples import SampleContext, SeriesSplit

SHAPES = {"input": "circle", "target": "diamond"}
ABOVE = alt.Legend(orient="top")

MOST_SHOWN = 12
HEAD, TAIL = 6, 5
"""Of more steps or features of a grid than that, the first and the last are shown."""

FEWEST = 4
"""The cells of a grid are as wide as if there were at least that many steps."""

LANE_HEIGHT, ABOVE_AND_BELOW = 26, 50
HALF = 0.46
GRID_COLUMNS = ["kind", "x", "x2", "y", "label", "name", "value"]


def split_chart(n_train: int, n_test: int) -> Chart:
    """The whole series, for training and then for the test, and where a sample lies.

    The chart of a `split_table`.
    """
    base = table_chart().encode(
        x=alt.X(
            "place:Q",
            title="Value number",
            scale=fixed(0, n_train + n_test),
            axis=alt.Axis(grid=False, tickCount=5, format=",d"),
        )
    )
    colours = by_name({"training": roles.INPUT, "test": roles.PREDICTED})
    dashes = by_name({"training": [1, 0], "test": [4, 2]})
    lines = (
        base.transform_filter("datum.role != 'sample'")
        .mark_line(strokeWidth=1.5)
        .encode(
            y=alt.Y("value:Q", title="Value", scale=alt.Scale(zero=False)),
            color=alt.Color("role:N", title=None, scale=colours, legend=ABOVE),
            strokeDash=alt.StrokeDash("role:N", title=None, scale=dashes, legend=ABOVE),
        )
    )
    sample = base.transform_filter("datum.role == 'sample'").mark_rule(
        color=roles.TARGET, strokeWidth=3
    )
    return layered(lines, sample, height=200)


def split_table(split: SeriesSplit, sample: int) -> pd.DataFrame:
    """One row a value that is drawn, and one for the sample (from 0)."""
    role = np.where(split.indices < split.n_train, "training", "test")
    table = pd.DataFrame({"place": split.indices, "value": split.values, "role": role})
    mark = pd.DataFrame({"place": [sample], "value": [0.0], "role": ["sample"]})
    return pd.concat([table.astype({"value": float}), mark], ignore_index=True)


def sample_chart(window: int) -> Chart:
    """A sample and its target in the middle of the values around them.

    The chart of a `sample_table`.
    """
    base = table_chart().encode(
        x=alt.X(
            "place:Q",
            title="Value number",
            scale=alt.Scale(zero=False, nice=False, padding=8),
            axis=alt.Axis(grid=False, tickMinStep=1, tickCount=6, format=",d"),
        ),
        y=alt.Y("value:Q", title="Value", scale=alt.Scale(zero=False)),
        tooltip=tooltips(
            ("place:Q", "Value number", ",d"), ("role:N", "What"), ("value:Q", "Value", ".6~g")
        ),
    )
    line = base.mark_line(color=roles.TRUTH, strokeWidth=1)
    points = (
        base.transform_filter("datum.role != 'around'")
        .mark_point(filled=True, opacity=1)
        .encode(
            color=alt.Color("role:N", title=None, scale=by_name(BIT_COLOURS), legend=ABOVE),
            shape=alt.Shape("role:N", title=None, scale=by_name(SHAPES)),
            size=alt.condition(
                "datum.role == 'target'", alt.value(150), alt.value(50 if window <= 30 else 20)
            ),
        )
    )
    return layered(line, points, height=240)


def sample_table(values: SampleContext) -> pd.DataFrame:
    """One row a value of the series around a sample, with what it is to the sample."""
    places = np.arange(values.start, values.start + len(values.values))
    target = values.first + values.window
    inside = (places >= values.first) & (places < target)
    role = np.where(inside, "input", np.where(places == target, "target", "around"))
    return pd.DataFrame({"place": places, "value": values.values.astype(float), "role": role})


def overlap_chart(n_samples: int, window: int) -> Chart:
    """The first samples below each other, each one value later than the one above it.

    The chart of an `overlap_table`.
    """
    base = table_chart().encode(
        x=step_axis("place", "Value number"),
        y=lane_axis(None),
        tooltip=tooltips(("lane:N", "Sample"), ("place:O", "Value number"), ("role:N", "What")),
    )
    layers = [
        base.mark_rect(cornerRadius=2).encode(
            color=alt.Color("role:N", title=None, scale=by_name(BIT_COLOURS), legend=ABOVE)
        )
    ]
    if window <= 40:
        targets = base.transform_filter("datum.role == 'target'")
        layers.append(targets.mark_text(text="◆", color="white", fontSize=10))
    return layered(*layers, height=24 * n_samples + 90)


def overlap_table(n_samples: int, window: int, first: int = 0) -> pd.DataFrame:
    """One row for each value of `n_samples` samples from number `first` on, and their targets."""
    rows = [
        (sample + step, f"sample {sample:,}", "target" if step == window else "input")
        for sample in range(first, first + n_samples)
        for step in range(window + 1)
    ]
    return pd.DataFrame(rows, columns=["place", "lane", "role"])


def grid_chart(n_steps: int, n_features: int) -> Chart:
    """A column for each time step, a row for each feature, and below them the state on its way.

    The chart of a `grid_table`. A circle is a state; an arrow hands it on to the next step, and
    the last one leads to the target.
    """
    across, lanes = max(len(shown_of(n_steps)), FEWEST), len(shown_of(n_features)) + 1.4
    base = table_chart().encode(
        x=alt.X("x:Q", axis=None, scale=fixed(-0.6, across + 0.6)),
        y=alt.Y("y:Q", axis=None, scale=fixed(-0.8, lanes, reverse=True)),
    )
    heads = base.transform_filter("datum.kind == 'head' || datum.kind == 'gap'")
    label = base.transform_filter("datum.kind == 'label'")
    return layered(
        *_cells(base, "cell", roles.INPUT),
        *_cells(base, "target", roles.TARGET),
        heads.mark_text(fontSize=11, color=roles.INK).encode(text="label:N"),
        label.mark_text(fontSize=11, color=roles.INK, align="left").encode(text="label:N"),
        *_states(base),
        height=LANE_HEIGHT * (lanes + 0.8) + ABOVE_AND_BELOW,
    )


def grid_table(inputs: NDArray[np.float32], target: float) -> pd.DataFrame:
    """One row for each number of a sample, shape (timesteps, features), and for each state."""
    steps, features = (shown_of(size) for size in inputs.shape)
    state = len(features) + 1.0
    rows: list[tuple[object, ...]] = [("label", -0.5, 0, -0.6, "time step", "", None)]
    for x, step in enumerate(steps):
        rows.append(("head", x, 0, 0, "…" if step is None else f"{step + 1}", "", None))
        for lane, feature in enumerate(features, start=1):
            if step is None or feature is None:
                rows.append(("gap", x, 0, lane, "…", "", None))
                continue
            value = float(inputs[step, feature])
            name = f"time step {step + 1}, feature {feature + 1}"
            rows.append(("cell", x, 0, lane, three_digits(value), name, value))
        if step is not None:
            rows.append(("state", x, 0, state, "h", f"state after step {step + 1}", None))
        tip = 0.45 if x == len(steps) - 1 else 0.72  # the target's cell is wider than a circle
        rows.append(("arrow", x + 0.25, x + tip, state, "", "", None))
    rows.append(("target", len(steps), 0, state, three_digits(target), "target", float(target)))
    return pd.DataFrame(rows, columns=GRID_COLUMNS)


def shown_of(size: int) -> list[int | None]:
    """Which of `size` steps or features are shown, from 0; None stands for all that are not."""
    if size <= MOST_SHOWN:
        return list(range(size))
    return [*range(HEAD), None, *range(size - TAIL, size)]


def three_digits(value: float) -> str:
    """Three digits at most, in the shortest form: .841, -.54, 12, 1.25e+06."""
    text = f"{value:.3g}"
    return shortest(f"{value:.3f}" if abs(value) < 1 and "e" not in text else text)


def _cells(base: alt.Chart, kind: str, colour: str) -> list[alt.Chart]:
    """Cells of the inputs or of the target, each with its number."""
    cells = base.transform_filter(f"datum.kind == '{kind}'").transform_calculate(
        left=f"datum.x - {HALF}",
        right=f"datum.x + {HALF}",
        top="datum.y - 0.44",
        bottom="datum.y + 0.44",
    )
    frames = cells.mark_rect(
        cornerRadius=2, fill=colour, fillOpacity=0.18, stroke=colour, strokeWidth=1
    ).encode(
        x=alt.X("left:Q", axis=None),
        x2="right:Q",
        y=alt.Y("top:Q", axis=None),
        y2="bottom:Q",
        tooltip=tooltips(("name:N", "Which"), ("value:Q", "Value", ".6~g")),
    )
    return [frames, cells.mark_text(fontSize=11, color=roles.INK).encode(text="label:N")]


def _states(base: alt.Chart) -> list[alt.Chart]:
    """The states, and the arrows between them."""
    states = base.transform_filter("datum.kind == 'state'")
    arrows = base.transform_filter("datum.kind == 'arrow'")
    tips = arrows.encode(x=alt.X("x2:Q", axis=None))
    return [
        states.mark_point(size=260, stroke=roles.STATE, strokeWidth=2).encode(
            tooltip=tooltips(("name:N", "Which"))
        ),
        states.mark_text(fontSize=11, color=roles.INK).encode(text="label:N"),
        arrows.mark_rule(color=roles.STATE, strokeWidth=2).encode(x2="x2:Q"),
        tips.mark_point(shape="triangle-right", filled=True, size=50, color=roles.STATE, opacity=1),
    ]
