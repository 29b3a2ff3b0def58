"""Longer strings: loss and right answers by the step since the beginning."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    Chart,
    by_name,
    dashed,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.insight.longer import ByStep
from rnnlab.insight.weights import colour_limit

NETWORK, BEST = "this network", "best possible"
LOSS, RIGHT = "loss", "right"
TITLES = {LOSS: "Loss (nats)", RIGHT: "Share of right guesses"}


def by_step_chart(length: int, window: int, measure: str, high: float = 1.0) -> Chart:
    """The network and the best possible by step, on a scale of doublings.

    The chart of a `by_step_table`, for LOSS or RIGHT, from 0 to `high`. A line marks the length of
    the windows that it was trained on.
    """
    looks = by_name({NETWORK: roles.LOSS, BEST: roles.BOUND})
    dashes = by_name({NETWORK: list(roles.DASHES[0]), BEST: [6, 4]})
    legend = legend_above(symbolType="stroke", symbolSize=300)
    line = (
        table_chart()
        .mark_line(strokeWidth=2.5, clip=True, point=alt.OverlayMarkDef(size=30))
        .encode(
            x=alt.X(
                "step:Q",
                title="Steps since the beginning",
                scale=fixed(1, length, log=True, base=2),
                axis=alt.Axis(format="d", values=_doublings(length), grid=False),
            ),
            y=alt.Y(
                f"{measure}:Q",
                title=TITLES[measure],
                scale=fixed(0, high),
                axis=alt.Axis(
                    format="~%" if measure == RIGHT else "~g", tickCount=5, gridOpacity=0.5
                ),
            ),
            color=alt.Color("who:N", scale=looks, legend=legend),
            strokeDash=alt.StrokeDash("who:N", scale=dashes, legend=legend),
            tooltip=tooltips(
                ("steps:N", "Steps"),
                ("who:N", "Who"),
                ("loss:Q", "Loss (nats)", ".3f"),
                ("right:Q", "Right guesses", ".1%"),
            ),
        )
    )
    return layered(*_trained(window, length), line, height=300)


def by_step_table(comparison: ByStep) -> pd.DataFrame:
    """One row a group of steps, of the network and of the best: step, steps, who, loss, right.

    `step` is the last one of the group.
    """
    ends = zip(comparison.first, comparison.last, strict=True)
    words = [f"{a:,}" if a == b else f"{a:,} to {b:,}" for a, b in ends]
    tables = []
    for who, loss, right in (
        (NETWORK, comparison.loss, comparison.right),
        (BEST, comparison.best_loss, comparison.best_right),
    ):
        rows = {"step": comparison.last, "steps": words, "who": who, LOSS: loss, RIGHT: right}
        tables.append(pd.DataFrame(rows))
    return pd.concat(tables, ignore_index=True)


def highest_loss(comparison: ByStep) -> float:
    """The upper end of the axis of losses: a round number above all of them, at least 0.8."""
    return max(0.8, colour_limit(comparison.loss))


def _trained(window: int, length: int) -> list[alt.Chart]:
    """A line where the training's windows end; its words stand on the wider side."""
    base = alt.Chart(pd.DataFrame({"step": [window]})).encode(x="step:Q")
    to_the_right = window**2 < length  # the line is in the left half of a scale of doublings
    text = base.mark_text(
        align="left" if to_the_right else "right",
        baseline="top",
        dx=5 if to_the_right else -5,
        fontSize=11,
        color=roles.INK,
    )
    return [dashed(base), text.encode(y=alt.value(4), text=alt.value("trained up to here"))]


def _doublings(length: int) -> list[int]:
    return [2**power for power in range(length.bit_length()) if 2**power <= length]
