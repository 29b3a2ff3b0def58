"""Samples in the series they come from: where they lie, and how each overlaps with the next."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.lanes import lanes_down, steps_across
from rnnlab.charts.table import TABLE
from rnnlab.survey.tensors import Split, Stretch

COLUMNS = ["place", "value", "what"]
ROLES = {
    "input": (roles.INPUT, "circle"),
    "target": (roles.TARGET, "diamond"),
}


def split_chart(n_train: int, n_test: int) -> alt.LayerChart | alt.FacetChart:
    """The whole series, for training and then for the test, and where a sample lies.

    The chart of a `split_table`.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "place:Q",
            title="Value number",
            scale=alt.Scale(domain=[0, n_train + n_test], nice=False),
            axis=alt.Axis(grid=False, tickCount=5, format=",d"),
        )
    )
    parts = base.transform_filter("datum.what != 'sample'")
    lines = parts.mark_line(strokeWidth=1.5).encode(
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False)),
        color=alt.Color(
            "what:N",
            title=None,
            scale=alt.Scale(domain=["training", "test"], range=[roles.INPUT, roles.PREDICTED]),
            legend=alt.Legend(orient="top"),
        ),
        strokeDash=alt.StrokeDash(
            "what:N",
            title=None,
            scale=alt.Scale(domain=["training", "test"], range=[[1, 0], [4, 2]]),
            legend=alt.Legend(orient="top"),
        ),
    )
    sample = base.transform_filter("datum.what == 'sample'").mark_rule(
        color=roles.TARGET, strokeWidth=3
    )
    chart: alt.LayerChart | alt.FacetChart = alt.layer(lines, sample).properties(height=200)
    return chart


def split_table(split: Split, sample: int) -> pd.DataFrame:
    """One row a value that is drawn, and one for the sample (from 0)."""
    what = np.where(split.places < split.n_train, "training", "test")
    table = pd.DataFrame({"place": split.places, "value": split.values, "what": what})
    mark = pd.DataFrame([(sample, 0.0, "sample")], columns=COLUMNS)
    return pd.concat([table.astype({"value": float}), mark], ignore_index=True)


def sample_chart(window: int) -> alt.LayerChart | alt.FacetChart:
    """A sample and its target in the middle of the values around them.

    The chart of a `sample_table`.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "place:Q",
            title="Value number",
            scale=alt.Scale(zero=False, nice=False, padding=8),
            axis=alt.Axis(grid=False, tickMinStep=1, tickCount=6, format=",d"),
        ),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False)),
        tooltip=[
            alt.Tooltip("place:Q", title="Value number", format=",d"),
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("value:Q", title="Value", format=".6~g"),
        ],
    )
    line = base.mark_line(color=roles.TRUTH, strokeWidth=1)
    inside = base.transform_filter("datum.what != 'around'")
    points = inside.mark_point(filled=True, opacity=1).encode(
        color=alt.Color("what:N", title=None, scale=_scale(0), legend=alt.Legend(orient="top")),
        shape=alt.Shape("what:N", title=None, scale=_scale(1)),
        size=alt.condition(
            "datum.what == 'target'", alt.value(150), alt.value(50 if window <= 30 else 20)
        ),
    )
    chart: alt.LayerChart | alt.FacetChart = alt.layer(line, points).properties(height=240)
    return chart


def sample_table(stretch: Stretch) -> pd.DataFrame:
    """One row a value of the stretch, with what it is to the sample."""
    places = np.arange(stretch.start, stretch.start + len(stretch.values))
    target = stretch.first + stretch.window
    inside = (places >= stretch.first) & (places < target)
    what = np.where(inside, "input", np.where(places == target, "target", "around"))
    return pd.DataFrame({"place": places, "value": stretch.values.astype(float), "what": what})


def overlap_chart(n_samples: int, window: int) -> alt.LayerChart | alt.FacetChart:
    """The first samples below each other, each one value later than the one above it.

    The chart of an `overlap_table`.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=steps_across("place", "Value number"),
        y=lanes_down(None),
        tooltip=[
            alt.Tooltip("lane:N", title="Sample"),
            alt.Tooltip("place:O", title="Value number"),
            alt.Tooltip("what:N", title="What"),
        ],
    )
    cells = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color("what:N", title=None, scale=_scale(0), legend=alt.Legend(orient="top"))
    )
    signs = base.transform_filter("datum.what == 'target'").mark_text(
        text="◆", color="white", fontSize=10
    )
    layers = [cells, signs] if window <= 40 else [cells]
    chart: alt.LayerChart | alt.FacetChart = alt.layer(*layers).properties(
        height=24 * n_samples + 90
    )
    return chart


def overlap_table(n_samples: int, window: int, first: int = 0) -> pd.DataFrame:
    """One row for each value of `n_samples` samples from number `first` on, and their targets."""
    rows = [
        (sample + step, f"sample {sample:,}", "target" if step == window else "input")
        for sample in range(first, first + n_samples)
        for step in range(window + 1)
    ]
    return pd.DataFrame(rows, columns=["place", "lane", "what"])


def _scale(which: int) -> alt.Scale:
    """Colours (0) or shapes (1) by role."""
    return alt.Scale(domain=list(ROLES), range=[role[which] for role in ROLES.values()])
