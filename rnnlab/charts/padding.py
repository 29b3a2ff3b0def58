"""A review with zeros around it: the state by step, the verdict so far, what each word does."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    FURNITURE,
    Chart,
    at_one_half,
    fixed,
    in_turn,
    layered,
    legend_above,
    lines_by,
    table_chart,
    tooltips,
)
from rnnlab.charts.heat_map import diverging_colour, lane_axis
from rnnlab.sentiment.padded_reading import WAYS, ZERO, PaddedReading

TITLES = [way.title for way in WAYS]

LANE = 18
HEIGHT = 240
LONGEST = 14
"""Characters of a word under a picture."""


def padded_states_chart(words: tuple[str, ...], lanes: tuple[str, ...]) -> Chart:
    """A lane for each unit and a column for each step, as shades from -1 to 1.

    The chart of a `padded_states_table`; lines stand where the words begin and end.
    """
    base = table_chart().encode(
        x=_steps(words),
        y=lane_axis(lanes),
        tooltip=tooltips(
            ("step:O", "Step"),
            ("word:N", "What stands there"),
            ("lane:N", "Unit"),
            ("value:Q", "Output", ".3f"),
            ("read:N", "Read"),
        ),
    )
    cells = base.mark_rect().encode(
        color=diverging_colour(1.0, "Output"), opacity=alt.value(1), stroke=alt.value(None)
    )
    edges = base.transform_filter("datum.edge").mark_rule(color=roles.INK, strokeWidth=1.5)
    edges = edges.encode(x=alt.X("step:O", bandPosition=0), y=alt.value(0), y2=alt.value("height"))
    return layered(cells, edges, height=LANE * len(lanes) + FURNITURE + 20)


def padded_states_table(reading: PaddedReading, lanes: dict[str, int]) -> pd.DataFrame:
    """One row a cell: step (from 1), word, lane, value, read ("yes" or "under a mask"), edge.

    `lanes` are names with the index of an output. An edge is the first step of the words, and the
    first of padding after them.
    """
    outputs = reading.outputs[:, list(lanes.values())]
    step, lane = np.indices(outputs.shape).reshape(2, -1)
    padded = np.array([word == ZERO for word in reading.words])
    edge = np.diff(padded, prepend=padded[:1]) != 0
    return pd.DataFrame(
        {
            "step": step + 1,
            "word": np.array(reading.words, object)[step],
            "lane": np.array(list(lanes), object)[lane],
            "value": outputs.ravel().astype(float),
            "read": np.where(reading.is_read, "yes", "no, it is under the mask")[step],
            "edge": edge[step] & (lane == 0),
        }
    )


def padded_verdicts_chart(n_steps: int) -> Chart:
    """The probability so far by step, a line for each way to pad.

    The chart of a `padded_verdicts_table`.
    """
    lines = lines_by("way", TITLES).encode(
        x=alt.X(
            "step:Q",
            title="Steps done",
            scale=fixed(0, n_steps),
            axis=alt.Axis(format="d", tickMinStep=1, grid=False),
        ),
        y=alt.Y(
            "probability:Q",
            title="Positive, if it ended here",
            scale=fixed(0, 1),
            axis=alt.Axis(format="%", tickCount=5),
        ),
        tooltip=tooltips(
            ("way:N", "Padding"),
            ("step:Q", "Step"),
            ("word:N", "What stands there"),
            ("probability:Q", "Positive, so far", ".1%"),
        ),
    )
    return layered(at_one_half(), lines, height=HEIGHT + FURNITURE)


def padded_verdicts_table(readings: Sequence[PaddedReading]) -> pd.DataFrame:
    """One row a way and step: way, step (0 is before the first), word, probability."""
    tables = [
        pd.DataFrame(
            {
                "way": reading.way.title,
                "step": np.arange(len(reading.so_far)),
                "word": ["before the first step", *reading.words],
                "probability": reading.so_far,
            }
        )
        for reading in readings
    ]
    return pd.concat(tables, ignore_index=True)


def word_gradients_chart(words: tuple[str, ...], highest: float) -> Chart:
    """How much the logit hangs on each word, a point for each way to pad.

    The chart of a `word_gradients_table`; the axis ends at `highest`.
    """
    legend = legend_above(columns=2)
    base = table_chart().encode(
        x=alt.X(
            "place:O",
            title=None,
            scale=alt.Scale(domain=list(range(len(words)))),
            axis=_word_labels(words),
        ),
        y=alt.Y(
            "gradient:Q",
            title="Length of the logit's gradient",
            scale=fixed(0, highest),
            axis=alt.Axis(tickCount=5),
        ),
        color=alt.Color("way:N", scale=in_turn(TITLES, roles.RUNS), legend=legend),
        tooltip=tooltips(
            ("word:N", "Word"), ("way:N", "Padding"), ("gradient:Q", "Gradient", ".4f")
        ),
    )
    points = base.mark_point(filled=False, size=60, strokeWidth=2, opacity=1).encode(
        shape=alt.Shape("way:N", scale=in_turn(TITLES, roles.SHAPES), legend=legend),
        xOffset=alt.XOffset("way:N", sort=TITLES),
    )
    return layered(points, height=HEIGHT + FURNITURE)


def word_gradients_table(readings: Sequence[PaddedReading]) -> pd.DataFrame:
    """One row a word and way: place (from 0), word, way, gradient; padding has no row."""
    rows = [
        (place, word, reading.way.title, float(reading.gradients[reading.first_word + place]))
        for reading in readings
        for place, word in enumerate(words_of(reading))
    ]
    return pd.DataFrame(rows, columns=["place", "word", "way", "gradient"])


def words_of(reading: PaddedReading) -> tuple[str, ...]:
    """The steps that are no padding, as they are called."""
    return tuple(word for word in reading.words if word != ZERO)


def _steps(words: tuple[str, ...]) -> alt.X:
    return alt.X(
        "step:O",
        title=None,
        scale=alt.Scale(domain=list(range(1, len(words) + 1))),
        axis=_word_labels(("", *words)),
    )


def _word_labels(words: tuple[str, ...]) -> alt.Axis:
    shown = [word if len(word) <= LONGEST else f"{word[:LONGEST]}…" for word in words]
    return alt.Axis(
        labelExpr=f"{shown}[datum.value]",
        labelAngle=-60,
        labelFontSize=12,
        labelOverlap="parity",
        ticks=False,
        domain=False,
    )
