"""How far back a network remembers: gradients and changed predictions by steps back."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.cells import CELLS
from rnnlab.charts import roles
from rnnlab.charts.by_lag import bars_by_lag, first_and_now, steps_back
from rnnlab.charts.elements import (
    Chart,
    fixed,
    in_turn,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.insight.fresh_data import Floats
from rnnlab.insight.memory import Memory
from rnnlab.kinds.measured import WHEN, GradientByLag

LEAST = 1e-4
"""The lower end of the logarithmic axis of shares; smaller ones are drawn there."""

COLUMNS = ["lag", "weights", "gradient", "share", "flip", "left", "right"]
NUMBERS = (
    ("share:Q", "Share of the gradient", ".2%"),
    ("gradient:Q", "Gradient of the loss", ".3~g"),
    ("flip:Q", "Change if turned", ".3f"),
)

LEAST_GRADIENT = 1e-7
"""The lower end of the logarithmic axis by kind of network; what is smaller is drawn there."""

SIZE, SHARE = "gradient", "share"
TITLES = {SIZE: "Gradient of the loss (nats)", SHARE: "Share of the whole gradient"}


def memory_chart(
    n_lags: int, window: int, causes: tuple[int, ...] = (), *, log: bool = True
) -> Chart:
    """Two bars for each lag: the share of the loss's gradient, with the first weights and these.

    The chart of a `memory_table`, drawn as `bars_by_lag` says.
    """
    marks = {"values": [LEAST, 1e-3, 0.01, 0.1, 1]} if log else {"tickCount": 5}
    y = alt.Y(
        "share:Q",
        title="Share of the loss's gradient",
        scale=fixed(LEAST, 1, log=True, clamp=True) if log else fixed(0, 1),
        axis=alt.Axis(format="~%", gridOpacity=0.5, **marks),
    )
    return bars_by_lag(y, LEAST if log else 0, n_lags, window, causes, *NUMBERS)


def flips_chart(n_lags: int, window: int, causes: tuple[int, ...] = ()) -> Chart:
    """The same for how far the predicted probability moves when one input is turned around."""
    y = alt.Y(
        "flip:Q",
        title="Change of the predicted chance",
        scale=fixed(0, 1),
        axis=alt.Axis(format=".1f", tickCount=5, gridOpacity=0.5),
    )
    return bars_by_lag(y, 0, n_lags, window, causes, *NUMBERS)


def memory_table(first: Memory, now: Memory) -> pd.DataFrame:
    """One row a lag and kind of weights, with the columns of COLUMNS.

    `gradient` is in nats, or squared error, per unit of input; `share` is its part of the sum over
    all lags; `flip` is a change of a probability. `left` and `right` are the ends of the bar.
    """

    def values(memory: Memory) -> dict[str, Floats]:
        nothing = np.full(len(memory.gradient), np.nan)
        flip = nothing if memory.flip is None else memory.flip
        return {"gradient": memory.gradient, "share": memory.share, "flip": flip}

    return first_and_now(values(first), values(now), COLUMNS)


def gradient_decay_chart(n_lags: int, delay: int, when: str, measure: str) -> Chart:
    """A line a kind: its gradient by steps back, or its share; a mark where the cause lies.

    The chart of a `gradient_decay_table`, for one of `WHEN` and of SIZE or SHARE.
    """
    titles = [cell.title for cell in CELLS.values()]
    legend = legend_above(symbolSize=80)
    colours = in_turn(titles, roles.RUNS)
    shapes = in_turn(titles, roles.SHAPES)
    powers = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]
    base = (
        table_chart()
        .transform_filter(f"datum.when == '{when}'")
        .encode(
            x=steps_back("lag", 0, n_lags - 1, 8),
            y=alt.Y(
                f"{measure}:Q",
                title=TITLES[measure],
                scale=fixed(LEAST_GRADIENT, 1, log=True, clamp=True),
                axis=alt.Axis(
                    format="~%" if measure == SHARE else "~g", values=powers, gridOpacity=0.5
                ),
            ),
            color=alt.Color("kind:N", scale=colours, legend=legend),
            tooltip=tooltips(
                ("kind:N", "Kind"),
                ("lag:Q", "Steps back"),
                ("share:Q", "Share of the gradient", ".2~%"),
                ("gradient:Q", "Gradient of the loss (nats)", ".2~e"),
            ),
        )
    )
    points = base.mark_point(filled=True, size=45, opacity=1).encode(
        shape=alt.Shape("kind:N", scale=shapes, legend=legend)
    )
    layers = [*_cause(delay), base.mark_line(strokeWidth=2), points]
    return layered(*layers, height=340, title=when[0].upper() + when[1:])


def gradient_decay_table(decays: Mapping[str, GradientByLag]) -> pd.DataFrame:
    """One row a kind, moment and lag: kind, when, lag, gradient, share; gradients in nats."""
    tables = []
    for name, decay in decays.items():
        gradients = zip(WHEN, (decay.first, decay.trained), decay.shares, strict=True)
        for when, gradient, share in gradients:
            rows = {"kind": CELLS[name].title, "when": when, "lag": np.arange(len(share))}
            tables.append(pd.DataFrame({**rows, "gradient": gradient, "share": share}))
    return pd.concat(tables, ignore_index=True)


def _cause(delay: int) -> list[alt.Chart]:
    base = alt.Chart(pd.DataFrame({"lag": [delay]})).encode(x="lag:Q")
    name = base.mark_text(
        text="the cause", align="right", dx=-5, fontSize=11, color=roles.INK, baseline="bottom"
    )
    rule = base.mark_rule(color=roles.CAUSE, strokeDash=[4, 3])
    return [rule, name.encode(y=alt.value("height"))]
