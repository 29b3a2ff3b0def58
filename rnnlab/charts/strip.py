"""A strip of a series of bits: inputs above targets, what forces them, and their causes lit up."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.lanes import cells, lanes_down, printed
from rnnlab.charts.table import TABLE
from rnnlab.survey.strip import FORCED, FREE, PUSHED, Step, step_sentence

A_LINE = 20
"""Steps beside each other: as many as can be read on a phone."""

LANE_HEIGHT, LEGEND = 24, 45
EVERY = 5
"""Every so manieth step carries its number."""

COLUMNS = ["t", "looked", "place", "lane", "what", "bit", "kind", "sentence", "name"]
LOOKS = {
    FORCED: ("diamond", roles.TARGET, roles.TARGET),
    PUSHED: ("triangle-up", roles.TARGET, "transparent"),
    FREE: ("circle", roles.TRUTH, "transparent"),
}
"""How a kind is marked: its shape, its frame, and what fills it."""

LANES = ("input x", "target y", "rule", "t")


def strip_chart(
    n_lines: int, lags: tuple[int, ...], kinds: tuple[str, ...]
) -> alt.LayerChart | alt.FacetChart:
    """`n_lines` lines of `A_LINE` steps, the inputs above the targets, and below how they come.

    The chart of a `strip_table`. The target nearest to the pointer and its causes are framed; as
    long as there is no pointer, the one that is `looked` at. A click selects it, as `clicked`:
    its `t`, and what was looked at before.
    """
    lanes = [lane for line in range(n_lines) for lane in (*_lanes_of(line), f"{line}|")][:-1]
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X("place:O", axis=None, scale=alt.Scale(domain=list(range(A_LINE)), padding=0.06)),
        y=lanes_down(lanes, numbered=True),
    )
    layers = [*_cells(base), _marks(base, kinds), _numbers_of_steps(base), *_framed(base, lags)]
    chart: alt.LayerChart | alt.FacetChart = alt.layer(*layers, _pointed(base)).properties(
        height=LANE_HEIGHT * len(lanes) + LEGEND
    )
    return chart


def strip_table(steps: tuple[Step, ...], looked: int) -> pd.DataFrame:
    """One row for each cell, mark and number; the target at t = `looked` is the one looked at."""
    rows = [
        (
            step.t,
            looked,
            number % A_LINE,
            lane,
            what,
            {"input x": step.x, "target y": step.y}.get(what),
            step.kind,
            step_sentence(step),
            f"{step.t}" if step.t % EVERY == 0 else "",
        )
        for number, step in enumerate(steps)
        for lane, what in zip(_lanes_of(number // A_LINE), LANES, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _lanes_of(line: int) -> list[str]:
    return [f"{line}|{what}" for what in LANES]


def _cells(base: alt.Chart) -> list[alt.Chart]:
    colours = dict(zip(LANES[:2], (roles.INPUT, roles.TARGET), strict=True))
    bits = base.transform_filter(alt.FieldOneOfPredicate("what", list(colours)))
    return [cells(bits, colours, "what", "bit"), printed(bits, "bit:Q", "bit")]


def _marks(base: alt.Chart, kinds: tuple[str, ...]) -> alt.Chart:
    """How the target comes: a shape for each of the `kinds`, full where the rule is strict."""

    def by_kind(look: int) -> dict[str, Any]:
        values = [LOOKS[kind][look] for kind in kinds]
        return {"title": None, "scale": alt.Scale(domain=list(kinds), range=values)}

    marks: alt.Chart = (
        base.transform_filter("datum.what == 'rule'")
        .mark_point(size=60, strokeWidth=1.5, opacity=1)
        .encode(
            shape=alt.Shape("kind:N", legend=alt.Legend(orient="top"), **by_kind(0)),
            stroke=alt.Stroke("kind:N", **by_kind(1)),
            fill=alt.Fill("kind:N", **by_kind(2)),
        )
    )
    return marks


def _numbers_of_steps(base: alt.Chart) -> alt.Chart:
    numbers: alt.Chart = (
        base.transform_filter("datum.what == 't'")
        .mark_text(fontSize=11, color=roles.INK, opacity=0.8, baseline="middle")
        .encode(text="name:N")
    )
    return numbers


def _framed(base: alt.Chart, lags: tuple[int, ...]) -> list[alt.Chart]:
    """Frames: thick around the target that is looked at, amber around its causes."""
    looked = base.transform_calculate(
        back="(isDefined(hovered.t) ? hovered.t[0] : datum.looked) - datum.t"
    )
    causes = looked.transform_filter(
        f"datum.what == 'input x' && indexof({list(lags)}, datum.back) >= 0"
    )
    target = looked.transform_filter("datum.what == 'target y' && datum.back == 0")
    frame: dict[str, Any] = {"fill": None, "cornerRadius": 2, "opacity": 1}
    return [
        causes.mark_rect(stroke=roles.POSITIVE, strokeWidth=4, **frame),
        target.mark_rect(stroke=roles.INK, strokeWidth=3, **frame),
    ]


def _pointed(base: alt.Chart) -> alt.Chart:
    """What the pointer finds: the targets, unseen, each as large as the way to the next."""
    hovered = alt.selection_point(
        "hovered",
        on="pointerover",
        clear="pointerout",
        fields=["t"],
        nearest=True,
        empty=False,
    )
    clicked = alt.selection_point(
        "clicked", on="click", clear=False, fields=["t", "looked"], nearest=True, toggle=False
    )
    found: alt.Chart = (
        base.transform_filter("datum.what == 'target y'")
        .mark_point(opacity=0, size=200)
        .encode(
            tooltip=[
                alt.Tooltip("sentence:N", title="Target"),
                alt.Tooltip("kind:N", title="Kind"),
            ]
        )
        .add_params(hovered, clicked)
    )
    return found
