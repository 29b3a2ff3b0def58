"""Letters step by step: what comes in, what is asked for, and the probability of each answer."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    FURNITURE,
    Chart,
    by_name,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.charts.heat_map import lane_axis, step_axis
from rnnlab.exploration.letters import BY_LUCK, FORCED, LettersShown
from rnnlab.insight.letters import LetterAnswers

A_LINE = 20
"""Steps beside each other: as many as can be read on a phone."""

LANE_HEIGHT, ROW_HEIGHT = 24, 19
NUMBERED = 5
"""Every step whose t is a multiple of this carries its number."""

LANES = ("comes in", "target", "how", "t")
COLOURS = {"comes in": roles.INPUT, "target": roles.TARGET}
SHAPES = {FORCED: "diamond", BY_LUCK: "circle"}
FILLS = {FORCED: roles.TARGET, BY_LUCK: "transparent"}

TRUE, CAME = "true chance", "what came"
MARKS = {TRUE: "circle", CAME: "diamond"}
MARK_COLOURS = {TRUE: roles.TRUTH, CAME: roles.TARGET}


def letters_chart(n_lines: int) -> Chart:
    """`n_lines` lines of `A_LINE` steps: letters that come in above those that are asked for.

    The chart of a `letters_table`. A mark under each target says whether chance has a part in it;
    the one that is looked at has a frame.
    """
    lanes = [lane for line in range(n_lines) for lane in (*_lanes_of(line), f"{line}|")][:-1]
    base = table_chart().encode(
        x=alt.X("place:O", axis=None, scale=alt.Scale(domain=list(range(A_LINE)), padding=0.06)),
        y=lane_axis(lanes, numbered=True),
        tooltip=tooltips(("t:Q", "t"), ("role:N", "What"), ("text:N", "Letter"), ("how:N", "How")),
    )
    cells = base.transform_filter(alt.FieldOneOfPredicate("role", list(COLOURS)))
    marks = base.transform_filter("datum.role == 'how'").mark_point(
        size=60, strokeWidth=1.5, opacity=1, stroke=roles.TARGET
    )
    looked = base.transform_filter("datum.role == 'target' && datum.t == datum.selected")
    return layered(
        cells.mark_rect(cornerRadius=2, opacity=0.2).encode(
            color=alt.Color("role:N", scale=by_name(COLOURS), legend=None)
        ),
        cells.mark_text(fontSize=13, color=roles.INK).encode(text="text:N"),
        base.transform_filter("datum.role == 't'")
        .mark_text(fontSize=11, color=roles.INK, opacity=0.8)
        .encode(text="text:N"),
        marks.encode(
            shape=alt.Shape("how:N", scale=by_name(SHAPES), legend=legend_above(columns=1)),
            fill=alt.Fill("how:N", scale=by_name(FILLS), legend=legend_above(columns=1)),
        ),
        looked.mark_rect(fill=None, stroke=roles.INK, strokeWidth=2, cornerRadius=2),
        height=LANE_HEIGHT * len(lanes) + FURNITURE // 2,
    )


def letters_table(shown: LettersShown, selected: int) -> pd.DataFrame:
    """A row for each cell, mark and number; the target at t = `selected` is the one looked at."""
    rows = []
    for number, (letter, target, how) in enumerate(
        zip(shown.inputs, shown.targets, shown.how, strict=True)
    ):
        t = shown.start + number
        texts = (letter, target, "", f"{t}" if t % NUMBERED == 0 else "")
        for lane, role, text in zip(_lanes_of(number // A_LINE), LANES, texts, strict=True):
            rows.append((t, number % A_LINE, lane, role, text, how, selected))
    columns = ["t", "place", "lane", "role", "text", "how", "selected"]
    return pd.DataFrame(rows, columns=columns)


def answers_chart(n_steps: int, answers: tuple[str, ...]) -> Chart:
    """A column for each step, a lane for each answer: darker, the likelier the network holds it.

    The chart of an `answers_table`. Above are the letters that come in; a ring is as large as the
    true chance, and a diamond marks what came.
    """
    base = table_chart().encode(
        x=step_axis("step", "Time step", domain=list(range(1, n_steps + 1))),
        y=lane_axis(["comes in", *answers]),
        tooltip=tooltips(
            ("step:O", "Time step"),
            ("letter:N", "Comes in"),
            ("lane:N", "Answer"),
            ("predicted:Q", "Network", ".3f"),
            ("true:Q", "True chance", ".3f"),
        ),
    )
    cells = base.transform_filter("datum.kind == 'answer'").mark_rect(
        cornerRadius=2, color=roles.PREDICTED
    )
    shade = alt.Scale(domain=[0, 1], range=[roles.INSTEAD_OF_NOTHING / 2, 0.8])
    letters = base.transform_filter("datum.kind == 'letter'")
    return layered(
        cells.encode(opacity=alt.Opacity("predicted:Q", scale=shade, legend=None)),
        letters.mark_text(fontSize=12, color=roles.INK).encode(text="letter:N"),
        *_true_and_came(base),
        height=ROW_HEIGHT * (len(answers) + 1) + FURNITURE,
    )


def _true_and_came(base: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """A ring for each chance that there truly is, and a diamond for what came."""
    true = base.transform_calculate(mark=f"'{TRUE}'").transform_filter("datum.true > 0")
    came = base.transform_calculate(mark=f"'{CAME}'").transform_filter("datum.came")
    legend = legend_above()
    look = {
        "shape": alt.Shape("mark:N", scale=by_name(MARKS), legend=legend),
        "stroke": alt.Stroke("mark:N", scale=by_name(MARK_COLOURS), legend=legend),
    }
    area = alt.Scale(domain=[0, 1], range=[0, 150])
    rings = true.mark_point(filled=False, strokeWidth=2, opacity=1).encode(
        size=alt.Size("true:Q", scale=area, legend=None), **look
    )
    return rings, came.mark_point(filled=False, strokeWidth=2, size=25, opacity=1).encode(**look)


def answers_table(shown: LetterAnswers) -> pd.DataFrame:
    """A row for each step and answer, and one for the letter that came in.

    Columns step (from 1), letter, lane, kind, predicted, true, came.
    """
    rows: list[tuple[object, ...]] = []
    for step, letter in enumerate(shown.letters):
        rows.append((step + 1, letter, "comes in", "letter", np.nan, np.nan, False))
        for number, answer in enumerate(shown.answers):
            predicted, true = float(shown.predicted[step, number]), float(shown.true[step, number])
            came = bool(shown.targets[step] == number)
            rows.append((step + 1, letter, answer, "answer", predicted, true, came))
    columns = ["step", "letter", "lane", "kind", "predicted", "true", "came"]
    return pd.DataFrame(rows, columns=columns)


def kinds_table(shown: LetterAnswers) -> pd.DataFrame:
    """A row for each kind of step: how often it comes, its loss, the best one, right guesses."""
    return pd.DataFrame(
        {
            "kind of step": [kind.name for kind in shown.kinds],
            "share": [f"{kind.share:.1%}" for kind in shown.kinds],
            "loss (nats)": [f"{kind.loss:.4f}" for kind in shown.kinds],
            "best possible": [f"{kind.best:.4f}" for kind in shown.kinds],
            "right guesses": [f"{kind.right:.1%}" for kind in shown.kinds],
        }
    )


def _lanes_of(line: int) -> list[str]:
    return [f"{line}|{lane}" for lane in LANES]
