"""The learning curve of a model of words: perplexity, beside those of simpler ways and the best."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import FURNITURE, TABLE
from rnnlab.language.news import WordProgress

HELD_OUT, LEARNT = WHAT = ("sentences held out", "sentences learnt from")
TOOLTIP = [
    alt.Tooltip("update:Q", title="Update", format=","),
    alt.Tooltip("rounds:Q", title="Passes", format=".2f"),
    alt.Tooltip("what:N", title="Judged on"),
    alt.Tooltip("perplexity:Q", title="Perplexity", format=".4~g"),
    alt.Tooltip("nats:Q", title="Loss (nats a word)", format=".4f"),
]
LEGEND = alt.Legend(title=None, orient="top")
BEST = "best possible"
"""No curve comes below this line, so its label stands there."""

SAME_LABEL = 0.05
"""Lines nearer than this share of the axis have their labels on both sides."""

LOWEST, HIGHEST = 0.8, 2.5
"""Where the axis begins and ends, as shares of the lowest and the highest line."""


def perplexity_curve(
    lines: tuple[tuple[str, float], ...], rounds: float
) -> alt.LayerChart | alt.FacetChart:
    """Perplexity by passes, logarithmic, so that equal heights are equal nats.

    The chart of a `perplexity_table`; `lines` are names and perplexities to compare with. The
    curve comes in from above, where nothing is to be seen.
    """
    low = min(one for _, one in lines) * LOWEST
    high = max(one for _, one in lines) * HIGHEST
    base = (
        alt.Chart(alt.NamedData(TABLE))
        .transform_calculate(drawn=f"min(datum.perplexity, {2 * high})")
        .encode(x=_passes(rounds), y=_perplexity(low, high), color=_colour(), tooltip=TOOLTIP)
    )
    dash = alt.StrokeDash(
        "what:N", scale=alt.Scale(domain=list(WHAT), range=[[1, 0], [4, 3]]), legend=LEGEND
    )
    curve = base.mark_line(strokeWidth=2, clip=True).encode(strokeDash=dash)
    points = base.transform_filter(f"datum.what == '{HELD_OUT}'").mark_point(
        filled=True, size=35, opacity=1, clip=True
    )
    return alt.layer(*_lines(lines, low, high), curve, points).properties(height=300 + FURNITURE)


def perplexity_table(progress: Sequence[WordProgress]) -> pd.DataFrame:
    """Two rows a point: update, rounds, what it was judged on, nats, perplexity."""
    rows = [
        (one.step, one.rounds, what, nats, math.exp(min(nats, 50)))
        for one in progress
        for what, nats in ((HELD_OUT, one.held_out), (LEARNT, one.loss))
    ]
    return pd.DataFrame(rows, columns=["update", "rounds", "what", "nats", "perplexity"])


def _passes(rounds: float) -> alt.X:
    return alt.X(
        "rounds:Q",
        title="Passes through the text",
        scale=alt.Scale(domain=[0, rounds], nice=False),
    )


def _perplexity(low: float, high: float) -> alt.Y:
    return alt.Y(
        "drawn:Q",
        title="Perplexity (equal heights are equal nats)",
        scale=alt.Scale(type="log", domain=[low, high], nice=False),
        axis=alt.Axis(values=_marks(low, high), format="~g", gridOpacity=0.4),
    )


def _colour() -> alt.Color:
    return alt.Color(
        "what:N",
        scale=alt.Scale(domain=list(WHAT), range=[roles.LOSS, roles.TARGET]),
        legend=LEGEND,
    )


def _lines(
    lines: tuple[tuple[str, float], ...], low: float, high: float
) -> tuple[alt.Chart, alt.Chart]:
    """Dashed, with labels; where two lie near, the lower one is named below its line."""
    falling = sorted(lines, key=lambda one: -one[1])
    places = [math.log(value / low) / math.log(high / low) for _, value in falling]
    above = [
        name != BEST and (number == 0 or places[number - 1] - places[number] > SAME_LABEL)
        for number, (name, _) in enumerate(falling)
    ]
    table = pd.DataFrame(
        {
            "drawn": [value for _, value in falling],
            "label": [
                f"{name} {value:.4g} ({math.log(value):.3f} nats)" for name, value in falling
            ],
            "above": above,
        }
    )
    base = alt.Chart(table).encode(y="drawn:Q")
    rules = base.mark_rule(color=roles.BOUND, strokeDash=[6, 4], strokeWidth=1.5)
    labels = base.mark_text(
        align="right",
        baseline=alt.expr("datum.above ? 'bottom' : 'top'"),
        dx=-4,
        dy=alt.expr("datum.above ? -3 : 4"),
        fontSize=12,
        color=roles.INK,
    ).encode(x=alt.value("width"), text="label:N")
    return rules, labels


def _marks(low: float, high: float) -> list[float]:
    every = [digit * 10.0**power for power in range(-1, 5) for digit in (1, 1.5, 2, 3, 5, 7)]
    return [one for one in every if low <= one <= high]
