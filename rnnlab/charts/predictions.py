"""What a network predicts beside what is true: a series, single answers, probabilities."""

from __future__ import annotations

import math
from dataclasses import asdict

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    Chart,
    by_name,
    dashed,
    diagonal,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.insight.answered import Answered
from rnnlab.insight.predictions import Answers, Forecast, OneStepAhead
from rnnlab.insight.probabilities import PredictedProbabilities
from rnnlab.insight.shifts import ShiftErrors

REAL, PREDICTED = "real", "predicted"
ROOM = 0.1

GAP = 0.025
"""Between the points of contexts with the same probability."""

MOST_LABELS = 8
MARGIN = 0.08


def value_domain(real: NDArray[np.floating]) -> tuple[float, float]:
    """Where the axis of a series begins and ends: its range and a little room, in round numbers.

    What a network predicts beyond is cut off.
    """
    low, high = float(real.min()), float(real.max())
    room = ROOM * (high - low) or 1.0
    step = 10.0 ** math.floor(math.log10(room))
    return math.floor((low - room) / step) * step, math.ceil((high + room) / step) * step


def series_chart(n_points: int, domain: tuple[float, float], *, alone: bool = False) -> Chart:
    """The real test values and the network's, as two lines over the points of the test.

    The chart of a `series_table`. `alone` marks the step at which the network is first wrong by
    more than half the amplitude.
    """
    base = table_chart().encode(
        x=alt.X(
            "point:Q",
            title="Steps alone" if alone else "Step of the test",
            scale=fixed(0, n_points),
            axis=alt.Axis(format="d", tickCount=6, grid=False),
        )
    )
    lines = _series(base, domain)
    if not alone:
        return layered(lines, height=300)
    lost = base.transform_filter("datum.lost")
    label = lost.mark_text(align="left", baseline="top", dx=5, fontSize=11, color=roles.INK)
    return layered(
        lines,
        dashed(lost, strokeWidth=1.5),
        label.encode(y=alt.value(4), text=alt.value("lost from here on")),
        height=300,
    )


def series_table(series: OneStepAhead | Forecast) -> pd.DataFrame:
    """One row a point (from 1) and line: point, line, value, error (predicted - real), lost."""
    points = np.arange(1, len(series.real) + 1)
    lost = series.lost if isinstance(series, Forecast) else None
    error = np.asarray(series.predicted, float) - series.real
    tables = [
        pd.DataFrame({"point": points, "line": line, "value": values, "error": error})
        for line, values in ((REAL, series.real), (PREDICTED, series.predicted))
    ]
    table = pd.concat(tables, ignore_index=True)
    table["lost"] = (table["point"] == lost) & (table["line"] == PREDICTED)
    return table


def errors_table(series: OneStepAhead) -> pd.DataFrame:
    """Root mean squared errors on the test, the largest first: who, root mean squared error."""
    rows = [*series.baselines.items(), ("your network", series.error)]
    table = pd.DataFrame(rows, columns=["who", "root mean squared error"])
    return table.sort_values("root mean squared error", ascending=False, ignore_index=True)


def shifts_table(shifts: ShiftErrors) -> pd.DataFrame:
    """One row a shift, from -3 to 3: held against, root mean squared error."""
    values = [_held_against(shift) for shift in shifts.errors]
    errors = list(shifts.errors.values())
    return pd.DataFrame({"held against": values, "root mean squared error": errors})


def _held_against(shift: int) -> str:
    if shift == 0:
        return "the value itself"
    steps = f"{abs(shift)} step{'s' * (abs(shift) != 1)}"
    return f"that of {steps} {'before' if shift > 0 else 'after'}"


def answers_table(answers: Answers) -> pd.DataFrame:
    """One row a sample: target, predicted, error, full (mean |h|), saturated (a share), h1, h2, …

    `full` and the states are those of the top layer after the last step.
    """
    table = pd.DataFrame(
        {
            "target": answers.targets.astype(float),
            "predicted": answers.predicted.astype(float),
            "error": (answers.predicted - answers.targets).astype(float),
            "full": answers.fullness.astype(float),
            "saturated": answers.saturated.astype(float),
        }
    )
    states = {f"h{unit}": column for unit, column in enumerate(answers.last.T, start=1)}
    return pd.concat([table, pd.DataFrame(states)], axis=1)


def answered_chart(domain: tuple[float, float]) -> Chart:
    """A point for each sample: across, what is right; up, what the network says.

    The chart of an `answered_table`. On the line both agree; what lies beyond the axis is cut off.
    """
    scale = fixed(*domain)
    axis = alt.Axis(tickCount=5, gridOpacity=0.5)
    base = table_chart().encode(
        x=alt.X("target:Q", title="Target", scale=scale, axis=axis),
        y=alt.Y("predicted:Q", title="Predicted", scale=scale, axis=axis),
    )
    line = base.mark_line(color=roles.BOUND, strokeDash=[6, 4], strokeWidth=1.5, clip=True).encode(
        y="target:Q"
    )
    points = base.mark_point(
        color=roles.PREDICTED, filled=True, size=25, opacity=0.6, clip=True
    ).encode(
        tooltip=tooltips(
            ("target:Q", "Target", ".4~f"),
            ("predicted:Q", "Predicted", ".4~f"),
            ("error:Q", "Error", ".3~g"),
        )
    )
    return layered(line, points, height=320)


def answered_table(many: Answered) -> pd.DataFrame:
    """One row a sample: target, predicted, error."""
    targets, predicted = many.targets.astype(float), many.predicted.astype(float)
    return pd.DataFrame({"target": targets, "predicted": predicted, "error": predicted - targets})


def probabilities_chart(n_contexts: int) -> Chart:
    """A point for each context: across, its true probability of a 1; up, the network's.

    The chart of a `probabilities_table`. The bar through a point holds nine in ten of its steps.
    On the diagonal both agree. Contexts with the same probability stand beside each other.
    """
    scale = fixed(-MARGIN, 1 + MARGIN)
    axis = alt.Axis(format=".2~f", values=[0, 0.25, 0.5, 0.75, 1], grid=True, gridOpacity=0.5)
    base = table_chart().encode(
        x=alt.X("shown:Q", title="True chance of a 1", scale=scale, axis=axis),
        y=alt.Y("predicted:Q", title="Predicted chance of a 1", scale=scale, axis=axis),
        tooltip=tooltips(
            ("past:N", "What came before"),
            ("truth:Q", "True chance", ".4~f"),
            ("predicted:Q", "Predicted, mean", ".4f"),
            ("low:Q", "5 % lie below", ".4f"),
            ("high:Q", "5 % lie above", ".4f"),
            ("count:Q", "Steps", ","),
            ("excess:Q", "Too much (nats a step)", ".4f"),
        ),
    )
    spread = base.mark_rule(color=roles.PREDICTED, strokeWidth=3, opacity=0.4)
    points = base.mark_point(color=roles.PREDICTED, filled=True, size=90, opacity=1)
    layers = [diagonal("shown", "predicted"), spread.encode(y="low:Q", y2="high:Q"), points]
    if n_contexts <= MOST_LABELS:
        # What came before, on the side of the point where there is room.
        on_the_left = "datum.shown < datum.truth || datum.truth > 0.9"
        words = base.encode(text="past:N")
        left = words.mark_text(align="right", dx=-9, fontSize=12, color=roles.INK)
        right = words.mark_text(align="left", dx=9, fontSize=12, color=roles.INK)
        layers += [left.transform_filter(on_the_left), right.transform_filter(f"!({on_the_left})")]
    return layered(*layers, height=340)


def probabilities_table(probabilities: PredictedProbabilities) -> pd.DataFrame:
    """One row a context; `shown` is its true probability, moved a little apart from its equals.

    `excess` is in nats a step, `count` are steps.
    """
    table = pd.DataFrame(map(asdict, probabilities.contexts)).rename(columns={"true": "truth"})
    table["past"] = [" ".join(map(str, past)) or "any" for past in table["past"]]
    equals = table.groupby(table["truth"].round(6))["truth"]
    apart = equals.cumcount() - (equals.transform("size") - 1) / 2
    return table.assign(shown=table["truth"] + GAP * apart)


def _series(base: alt.Chart, domain: tuple[float, float]) -> alt.Chart:
    """What is real broad and pale, what is predicted thin and dashed on top of it."""
    is_real = f"datum.line == '{REAL}'"
    lines: alt.Chart = base.mark_line(clip=True).encode(
        y=alt.Y(
            "value:Q",
            title="Value",
            scale=fixed(*domain),
            axis=alt.Axis(tickCount=6, gridOpacity=0.5),
        ),
        color=alt.Color(
            "line:N",
            scale=by_name({REAL: roles.TARGET, PREDICTED: roles.PREDICTED}),
            legend=legend_above(symbolType="stroke"),
        ),
        strokeDash=alt.StrokeDash(
            "line:N", scale=by_name({REAL: [1, 0], PREDICTED: [6, 3]}), legend=None
        ),
        strokeWidth=alt.condition(is_real, alt.value(4), alt.value(2)),
        opacity=alt.condition(is_real, alt.value(0.5), alt.value(1)),
        tooltip=tooltips(
            ("point:Q", "Step", ","),
            ("line:N", "What"),
            ("value:Q", "Value", ".4~g"),
            ("error:Q", "Error", ".3~g"),
        ),
    )
    return lines
