"""What a class guessed and what came of it: options side by side, and losses as a histogram."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

import altair as alt
import pandas as pd

from rnnlab.board import LearningTask, Tally
from rnnlab.charts import roles
from rnnlab.charts.elements import (
    FURNITURE,
    Chart,
    by_name,
    dashed,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)

LETTERS = 14
"""Of an option in a line."""
GUESSED, LEARNT = "guessed", "came of it"
BINS = 28
HEIGHT = 200
ABOVE = 1.15
"""The axis of losses in nats ends so many times above knowing nothing; larger ones lie at its end.
"""
DECADES = 6
"""Squared errors are drawn over so many, up to ten times the loss of knowing nothing."""

ROOM = 1.15
"""The axis of answers goes so many times beyond them, for the numbers over the bars."""

COLOURS = {GUESSED: roles.VALIDATION, LEARNT: roles.TRAINING}


def options_chart(n: int, options: tuple[str, ...], right: str, *, of_run: bool) -> Chart:
    """How many guessed each option, and of how many it came: two bars side by side.

    The chart of an `options_table`; `n` is how many answers there are, `right` the option that has
    turned out to be right, "" as long as none has; `of_run`: something else can come of it.
    """
    labels = [_label(option, right) for option in options]
    axis = alt.Axis(labelAngle=0, labelExpr="split(datum.label, '\\n')")
    base = table_chart().encode(
        x=alt.X("option:N", title=None, sort=labels, scale=alt.Scale(domain=labels), axis=axis),
        xOffset=alt.XOffset("what:N", sort=[GUESSED, LEARNT]),
        y=_answers(n),
        tooltip=tooltips(("what:N", "What"), ("option:N", "Option"), ("answers:Q", "Answers")),
    )
    colours = alt.Color("what:N", scale=by_name(COLOURS), legend=legend_above() if of_run else None)
    bars = base.mark_bar(opacity=0.85).encode(color=colours)
    numbers = base.mark_text(dy=-8, fontSize=14, color=roles.INK).encode(text="answers:Q")
    return layered(bars, numbers, height=HEIGHT + FURNITURE)


def options_table(tally: Tally) -> pd.DataFrame:
    """One row a bar: option, what ("guessed", "came of it"), answers."""
    counted = ((GUESSED, tally.guesses), (LEARNT, tally.learnt))
    rows = [
        (_label(option, tally.right), what, n)
        for what, counts in counted
        for option, n in zip(tally.question.options, counts, strict=False)
    ]
    return pd.DataFrame(rows, columns=["option", "what", "answers"])


def _label(option: str, right: str) -> str:
    """An option in lines that stand side by side; a sign says which one is right."""
    return textwrap.fill(f"✓ {option}" if option == right else option, LETTERS)


def losses_chart(n: int, task: LearningTask) -> Chart:
    """How many guessed and reached each loss, beside knowing nothing and the best possible.

    The chart of a `losses_table`: results are filled bars, guesses hollow dashed ones.
    """
    low, high = _domain(task)
    unit = "nats" if task.bits else "mean squared error"
    scale = fixed(low, high, log=not task.bits)
    base = table_chart().encode(
        x=alt.X("loss:Q", title=f"Loss ({unit})", scale=scale, axis=alt.Axis(format="~g")),
        x2="to:Q",
        y=_answers(n),
        y2=alt.Y2Datum(0),
        tooltip=tooltips(
            ("what:N", "What"), ("loss:Q", "From", ".3g"), ("to:Q", "To", ".3g"),
            ("answers:Q", "Answers"),
        ),
    )  # fmt: skip
    colours = alt.Color("what:N", scale=by_name(COLOURS), legend=legend_above())
    reached = base.transform_filter(f"datum.what == '{LEARNT}'").mark_rect(opacity=0.8)
    guessed = base.transform_filter(f"datum.what == '{GUESSED}'").mark_rect(
        filled=False, strokeWidth=2, strokeDash=[4, 3]
    )
    return layered(
        reached.encode(color=colours), guessed.encode(color=colours), *_lines(task, scale),
        height=HEIGHT + FURNITURE,
    )  # fmt: skip


def losses_table(tally: Tally) -> pd.DataFrame:
    """One row a bar: what, loss (where it begins), to (where it ends), answers."""
    rows: list[tuple[str, float, float, int]] = []
    edges = _edges(tally.question.task) if tally.question.task is not None else []
    for what, losses in ((GUESSED, tally.guessed_losses), (LEARNT, tally.losses)):
        if edges and losses:
            bars = zip(edges[:-1], edges[1:], _counts(losses, edges), strict=True)
            rows += [(what, left, right, n) for left, right, n in bars if n]
    return pd.DataFrame(rows, columns=["what", "loss", "to", "answers"])


def _answers(n: int) -> alt.Y:
    return alt.Y(
        "answers:Q",
        title="Answers",
        scale=fixed(0, ROOM * max(n, 1)),
        axis=alt.Axis(tickMinStep=1, tickCount=5, format="d"),
    )


def _lines(task: LearningTask, scale: alt.Scale) -> list[alt.Chart]:
    """Knowing nothing and the best possible, each with its name."""
    known = {"knows nothing": task.baseline} | ({"best possible": task.best} if task.bits else {})
    table = pd.DataFrame({"loss": known.values(), "label": known.keys()})
    base = alt.Chart(table).encode(x=alt.X("loss:Q", scale=scale))
    text = alt.Chart(table).mark_text(
        align="left", baseline="top", angle=90, dx=4, dy=-14, fontSize=12, color=roles.INK
    )
    words = text.encode(x=alt.X("loss:Q", scale=scale), y=alt.value(0), text="label:N")
    return [dashed(base, strokeWidth=2), words]


def _domain(task: LearningTask) -> tuple[float, float]:
    if task.bits:
        return 0.0, ABOVE * max(task.baseline, math.log(2))
    high = 10 * max(task.baseline, 1e-9)
    return high * 10.0**-DECADES, high


def _edges(task: LearningTask) -> list[float]:
    low, high = _domain(task)
    if task.bits:  # one of them is the best possible, so that no bar stands on both its sides
        width = (high - low) / BINS
        first = task.best % width
        inner = [first + width * k for k in range(BINS)]
        return [low, *(edge for edge in inner if low < edge < high), high]
    return [low * (high / low) ** (k / BINS) for k in range(BINS)] + [high]


def _counts(losses: Sequence[float], edges: Sequence[float]) -> list[int]:
    """How many lie between each edge and the next; what lies beyond them, at the end."""
    counts = [0] * (len(edges) - 1)
    for loss in losses:
        counts[max(sum(edge <= loss for edge in edges[:-1]) - 1, 0)] += 1
    return counts
