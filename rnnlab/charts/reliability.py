"""Reliability: across, the probability that was said; up, how often it was so."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.sentiment.calibration import Calibration

COLUMNS = ["said", "share", "low", "high", "n", "positive", "bin"]

SCALE = alt.Scale(domain=[-0.02, 1.02], nice=False)
AXIS = alt.Axis(format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1], gridOpacity=0.5)


def reliability_chart() -> alt.LayerChart | alt.FacetChart:
    """A point for each tenth of the probabilities, with a bar; on the diagonal they are true.

    The chart of a `reliability_table`. A larger point stands for more texts.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X("said:Q", title="Said: probability of being positive", scale=SCALE, axis=AXIS),
        tooltip=[
            alt.Tooltip("bin:N", title="Probabilities"),
            alt.Tooltip("n:Q", title="Texts", format=","),
            alt.Tooltip("said:Q", title="Said, mean", format=".1%"),
            alt.Tooltip("positive:Q", title="Positive", format=","),
            alt.Tooltip("share:Q", title="So many are", format=".1%"),
            alt.Tooltip("low:Q", title="Bar from", format=".1%"),
            alt.Tooltip("high:Q", title="Bar to", format=".1%"),
        ],
    )
    bars = base.mark_rule(color=roles.PREDICTED, strokeWidth=3, opacity=0.45)
    points = base.mark_point(color=roles.PREDICTED, filled=True, opacity=1).encode(
        y=alt.Y("share:Q", title="True: share of positive texts", scale=SCALE, axis=AXIS),
        size=alt.Size(
            "n:Q",
            scale=alt.Scale(type="sqrt", rangeMin=40, rangeMax=260, domainMin=0),
            legend=None,
        ),
    )
    layers = [_diagonal(), bars.encode(y="low:Q", y2="high:Q"), points]
    return alt.layer(*layers).properties(height=340)


def reliability_table(found: Calibration) -> pd.DataFrame:
    """One row a bin that holds a text: said, share, low, high (the bar), n, positive, bin."""
    rows = [
        (one.said, one.share, *one.bar, one.n, one.positive, f"{one.low:.0%} to {one.high:.0%}")
        for one in found.bins
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def reliability_alt(found: Calibration) -> str:
    """Every point in words."""
    points = "; ".join(
        f"said {one.said:.0%}, so were {one.share:.0%} of {one.n:,}" for one in found.bins
    )
    return f"Probabilities said against shares that were so, beside the diagonal: {points}."


def _diagonal() -> alt.Chart:
    ends = pd.DataFrame({"said": [0.0, 1.0], "share": [0.0, 1.0]})
    line: alt.Chart = (
        alt.Chart(ends)
        .mark_line(color=roles.BOUND, strokeDash=[6, 4], strokeWidth=1.5)
        .encode(x="said:Q", y="share:Q")
    )
    return line
