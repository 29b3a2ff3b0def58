"""How much the answer at a step depends on the inputs before it, before and after training."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.insight.memory import Memory

FIRST, NOW = "first weights", "these weights"
LEAST = 1e-4
"""The lower end of the logarithmic axis; smaller shares are drawn there."""

HALF = 0.4
"""Width of a bar; two of them stand on one lag."""

COLUMNS = ["lag", "weights", "gradient", "share", "flip", "left", "right"]


def memory_chart(
    n_lags: int, window: int, causes: tuple[int, ...] = (), *, log: bool = True
) -> alt.LayerChart | alt.FacetChart:
    """Two bars for each lag: the share of the loss's gradient, with the first weights and these.

    The chart of a `memory_table`. Triangles mark the lags of the causes; the grey field begins
    where no window of training reached.
    """
    title = "Share of the loss's gradient"
    scale = alt.Scale(domain=[0, 1], nice=False)
    if log:
        scale = alt.Scale(type="log", domain=[LEAST, 1], nice=False, clamp=True)
    y = alt.Y("share:Q", title=title, scale=scale, axis=_shares(log))
    return _bars(y, LEAST if log else 0, n_lags, window, causes)


def flips_chart(
    n_lags: int, window: int, causes: tuple[int, ...] = ()
) -> alt.LayerChart | alt.FacetChart:
    """The same for how far the predicted chance moves when one input is turned around."""
    y = alt.Y(
        "flip:Q",
        title="Change of the predicted chance",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(format=".1f", tickCount=5, gridOpacity=0.5),
    )
    return _bars(y, 0, n_lags, window, causes)


def memory_table(first: Memory, now: Memory) -> pd.DataFrame:
    """One row a lag and kind of weights, with the columns of COLUMNS.

    `gradient` is in nats, or squared error, per unit of input; `share` is its part of the sum over
    all lags; `flip` is a change of a chance. `left` and `right` are the ends of the bar.
    """
    parts = []
    for name, one, start in ((FIRST, first, -HALF), (NOW, now, 0.0)):
        lags = np.arange(len(one.gradient))
        values = {
            "lag": lags,
            "weights": name,
            "gradient": one.gradient,
            "share": one.share,
            "flip": np.full(len(lags), np.nan) if one.flip is None else one.flip,
            "left": lags + start,
            "right": lags + start + HALF,
        }
        parts.append(pd.DataFrame(values))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _bars(
    y: alt.Y, foot: float, n_lags: int, window: int, causes: tuple[int, ...]
) -> alt.LayerChart | alt.FacetChart:
    x = alt.X(
        "left:Q",
        title="Steps back (0: the input just read)",
        scale=alt.Scale(domain=[-0.5, n_lags - 0.5], nice=False),
        axis=alt.Axis(format="d", tickMinStep=1, tickCount=min(n_lags, 12), grid=False),
    )
    bars = (
        alt.Chart(alt.NamedData(TABLE))
        .mark_rect(clip=True)
        .encode(
            x=x,
            x2="right:Q",
            y=y,
            y2=alt.datum(foot),
            color=alt.Color(
                "weights:N",
                scale=alt.Scale(domain=[FIRST, NOW], range=[roles.BEFORE, roles.AFTER]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            tooltip=[
                alt.Tooltip("lag:Q", title="Steps back"),
                alt.Tooltip("weights:N", title="With"),
                alt.Tooltip("share:Q", title="Share of the gradient", format=".2%"),
                alt.Tooltip("gradient:Q", title="Gradient of the loss", format=".3~g"),
                alt.Tooltip("flip:Q", title="Change if turned", format=".3f"),
            ],
        )
    )
    return alt.layer(*_beyond(window, n_lags), bars, *_causes(causes)).properties(height=300)


def _shares(log: bool) -> alt.Axis:
    if log:
        return alt.Axis(format="~%", values=[LEAST, 1e-3, 0.01, 0.1, 1], gridOpacity=0.5)
    return alt.Axis(format="~%", tickCount=5, gridOpacity=0.5)


def _beyond(window: int, n_lags: int) -> list[alt.Chart]:
    """Where no window of training reached: lags of `window` and more."""
    if window >= n_lags:
        return []
    base = alt.Chart(pd.DataFrame({"left": [window - 0.5], "right": [n_lags - 0.5]}))
    field = base.mark_rect(color=roles.BOUND, opacity=0.15).encode(x="left:Q", x2="right:Q")
    edge = base.mark_rule(color=roles.BOUND, strokeDash=[6, 4]).encode(x="left:Q")
    narrow = window > n_lags / 2
    label = base.mark_text(
        align="right" if narrow else "left",
        baseline="top",
        dx=-5 if narrow else 5,
        fontSize=11,
        color=roles.INK,
    )
    said = "outside the window" + (" →" if narrow else "")
    return [field, edge, label.encode(x="left:Q", y=alt.value(28), text=alt.value(said))]


def _causes(causes: tuple[int, ...]) -> list[alt.Chart]:
    if not causes:
        return []
    base = alt.Chart(pd.DataFrame({"left": list(causes)})).encode(x="left:Q", y=alt.value(12))
    marks = base.mark_point(
        shape="triangle-down", filled=True, size=90, color=roles.CAUSE, opacity=1
    ).encode(tooltip=alt.Tooltip("left:Q", title="A cause, steps back"))
    word = base.transform_filter(f"datum.left == {max(causes)}").mark_text(
        align="left", dx=8, fontSize=11, color=roles.INK
    )
    return [marks, word.encode(text=alt.value("cause" if len(causes) == 1 else "causes"))]
