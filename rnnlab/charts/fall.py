"""How the gradient falls with the steps back, for each kind of network."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.cells import CELLS
from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.kinds.fading import WHEN, Fading

LEAST = 1e-7
"""The lower end of the logarithmic axis; what is smaller is drawn there."""

SIZE, SHARE = "gradient", "share"
TITLES = {SIZE: "Gradient of the loss (nats)", SHARE: "Share of the whole gradient"}

_LEGEND = alt.Legend(title=None, orient="top", symbolSize=80)

_TOOLTIP = [
    alt.Tooltip("kind:N", title="Kind"),
    alt.Tooltip("lag:Q", title="Steps back"),
    alt.Tooltip("share:Q", title="Share of the gradient", format=".2~%"),
    alt.Tooltip("gradient:Q", title="Gradient of the loss (nats)", format=".2~e"),
]

COLUMNS = ["kind", "when", "lag", "gradient", "share"]


def fall_chart(n_lags: int, delay: int, when: str, of: str) -> alt.LayerChart | alt.FacetChart:
    """A line a kind: its gradient by steps back, or its share; a mark where the cause lies.

    The chart of a `fall_table`, for one of `WHEN` and of SIZE or SHARE.
    """
    titles = [one.title for one in CELLS.values()]
    n = len(titles)
    base = (
        alt.Chart(alt.NamedData(TABLE))
        .transform_filter(f"datum.when == '{when}'")
        .encode(
            x=_steps(n_lags),
            y=alt.Y(
                f"{of}:Q",
                title=TITLES[of],
                scale=alt.Scale(type="log", domain=[LEAST, 1], nice=False, clamp=True),
                axis=_powers(of),
            ),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=titles, range=list(roles.RUNS[:n])),
                legend=_LEGEND,
            ),
            tooltip=_TOOLTIP,
        )
    )
    shapes = alt.Scale(domain=titles, range=list(roles.SHAPES[:n]))
    lines = base.mark_line(strokeWidth=2)
    points = base.mark_point(filled=True, size=45, opacity=1).encode(
        shape=alt.Shape("kind:N", scale=shapes, legend=_LEGEND)
    )
    return alt.layer(*_cause(delay), lines, points).properties(
        height=340, title=when[0].upper() + when[1:]
    )


def fall_table(found: Mapping[str, Fading]) -> pd.DataFrame:
    """One row a kind, moment and lag, with the columns of COLUMNS; gradients in nats."""
    parts = []
    for name, one in found.items():
        gradients = zip(WHEN, (one.first, one.trained), one.shares, strict=True)
        for when, gradient, share in gradients:
            rows = {"kind": CELLS[name].title, "when": when, "lag": np.arange(len(share))}
            parts.append(pd.DataFrame({**rows, "gradient": gradient, "share": share}))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _steps(n_lags: int) -> alt.X:
    return alt.X(
        "lag:Q",
        title="Steps back (0: the input just read)",
        scale=alt.Scale(domain=[0, n_lags - 1], nice=False),
        axis=alt.Axis(format="d", tickMinStep=1, tickCount=8, grid=False),
    )


def _powers(of: str) -> alt.Axis:
    values = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]
    return alt.Axis(format="~%" if of == SHARE else "~g", values=values, gridOpacity=0.5)


def _cause(delay: int) -> list[alt.Chart]:
    base = alt.Chart(pd.DataFrame({"lag": [delay]})).encode(x="lag:Q")
    rule = base.mark_rule(color=roles.CAUSE, strokeDash=[4, 3])
    mark = base.mark_text(
        text="the cause", align="right", dx=-5, fontSize=11, color=roles.INK, baseline="bottom"
    ).encode(y=alt.value("height"))
    return [rule, mark]
