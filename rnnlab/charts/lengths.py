"""Sequences of unequal length: how the four ways to pad learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    FURNITURE,
    Chart,
    dashed,
    fixed,
    layered,
    lines_by,
    tooltips,
)
from rnnlab.lengths.settings import DIGITS, WAYS, LengthProgress, curves

HEIGHT = 280


def lengths_chart(updates: int, best: tuple[tuple[str, float], ...]) -> Chart:
    """Accuracy by updates, a line for each way to pad, with dashed lines for what is possible.

    The chart of a `lengths_table`; `best` are names and accuracies.
    """
    lines = lines_by("way", WAYS).encode(
        x=alt.X("update:Q", title="Updates", scale=fixed(0, updates)),
        y=alt.Y(
            "accuracy:Q",
            title="Share of right answers",
            scale=fixed(0, 1.05),
            axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
        ),
        tooltip=tooltips(
            ("way:N", "Padding"),
            ("update:Q", "Update", ","),
            ("accuracy:Q", "Right answers", ".1%"),
            ("loss:Q", "Loss (nats)", ".3f"),
        ),
    )
    rows = [{"accuracy": 1 / DIGITS, "label": f"guessing {1 / DIGITS:.0%}"}]
    rows += [{"accuracy": value, "label": f"{name} {value:.1%}"} for name, value in best]
    base = alt.Chart(pd.DataFrame(rows)).encode(y="accuracy:Q")
    text = base.mark_text(align="right", baseline="bottom", dx=-4, dy=-3, fontSize=12).encode(
        x=alt.value("width"), text="label:N", color=alt.value(roles.INK)
    )
    return layered(dashed(base, strokeWidth=1.5), text, lines, height=HEIGHT + FURNITURE)


def lengths_table(progress: Sequence[LengthProgress]) -> pd.DataFrame:
    """One row a report and way: update, way, accuracy, loss (nats)."""
    return pd.DataFrame(curves(progress), columns=["update", "way", "accuracy", "loss"])


def best_lines(best: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """What is possible at most where that is less than all, by name."""
    return tuple((f"best possible {way}", value) for way, value in best.items() if value < 1)
