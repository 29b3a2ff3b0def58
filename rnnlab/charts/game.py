"""A game of guessing, as it goes: inputs, targets, the player's guesses, and which were right."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.survey.game import FAIR, Strip

LANE_HEIGHT = 26
AXIS_HEIGHT = 55
"""Pixels that the axis below and its title take."""

CHANCE = "true chance"
COLOURS = {
    "input": roles.INPUT,
    "target": roles.TARGET,
    "you": roles.PREDICTED,
    CHANCE: roles.TRUTH,
}
MARKS = {True: "✓", False: "✗"}
MARKED = "right?"
ASKED = "?"


def game_chart(n_steps: int, *, over: bool) -> alt.LayerChart:
    """A game while it is played, its last step to be guessed; or all of it, once it is `over`.

    The chart of a `game_table`, which is put in where it is drawn. A 1 is a full cell, a 0 an
    empty one.
    """
    lanes = _lanes(over)
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "step:O",
            title="Targets, in the order you guessed them" if over else "Time step",
            axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False, domain=False),
            scale=alt.Scale(domain=_steps(n_steps, over), paddingInner=0.08),
        ),
        y=alt.Y(
            "lane:O",
            title=None,
            scale=alt.Scale(domain=lanes, paddingInner=0.12),
            axis=alt.Axis(labelOverlap=False, labelLimit=130, ticks=False, domain=False),
        ),
        tooltip=[
            alt.Tooltip("step:O", title="Time step"),
            alt.Tooltip("lane:N", title="What"),
            alt.Tooltip("said:N", title="Value"),
        ],
    )
    layers = alt.layer(_cells(base), _letters(base), _marks(base))
    chart: alt.LayerChart = layers.resolve_scale(color="independent")
    return chart.properties(height=LANE_HEIGHT * len(lanes) + AXIS_HEIGHT)


def _cells(base: alt.Chart) -> alt.Chart:
    colour = alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    faintest = alt.Scale(domain=[0, 1], range=[roles.INSTEAD_OF_NOTHING, 1])
    cells: alt.Chart = (
        base.transform_filter(f"datum.lane != '{MARKED}'")
        .mark_rect(cornerRadius=2)
        .encode(
            color=alt.Color("lane:N", scale=colour, legend=None),
            opacity=alt.Opacity("value:Q", scale=faintest, legend=None),
        )
    )
    return cells


def _letters(base: alt.Chart) -> alt.Chart:
    on_full = alt.condition("datum.value > 0.6", alt.value("white"), alt.value(roles.INK))
    letters: alt.Chart = (
        base.transform_filter(f"datum.lane != '{MARKED}'")
        .mark_text(fontSize=12)
        .encode(text="label:N", color=on_full)
    )
    return letters


def _marks(base: alt.Chart) -> alt.Chart:
    """Right or wrong, by shape and by colour."""
    colour = alt.Scale(domain=list(MARKS.values()), range=[roles.PREDICTED, roles.TARGET])
    marks: alt.Chart = (
        base.transform_filter(f"datum.lane == '{MARKED}'")
        .mark_text(fontSize=16, fontWeight="bold")
        .encode(text="label:N", color=alt.Color("label:N", scale=colour, legend=None))
    )
    return marks


def game_table(strip: Strip, *, over: bool) -> pd.DataFrame:
    """One row a cell, with the columns step, lane, value, label, said.

    While the game is played, the last target is the one asked for.
    """
    steps = _steps(len(strip.inputs), over)
    inputs, targets = strip.inputs.tolist(), strip.targets.tolist()
    rows = [(step, "input", bit, str(bit)) for step, bit in zip(steps, inputs, strict=True)]
    rows += [(step, "target", bit, str(bit)) for step, bit in zip(steps, targets, strict=False)]
    if not over:
        rows.append((steps[-1], "target", 0, ASKED))
    guessed = slice(len(targets) - len(strip.guesses), len(targets))
    for step, target, bit in zip(steps[guessed], targets[guessed], strip.guesses, strict=True):
        rows += [(step, "you", bit, str(bit)), (step, MARKED, bit, MARKS[bit == target])]
    if over:
        chances = zip(steps, strip.truth.tolist(), strict=True)
        rows += [(step, CHANCE, p, ASKED if _fair(p) else "") for step, p in chances]
    table = pd.DataFrame(rows, columns=["step", "lane", "value", "label"])
    said = [f"{value:.2g}" if lane == CHANCE else label for _, lane, value, label in rows]
    return table.assign(value=table["value"].astype(float), said=said)


def game_alt(strip: Strip) -> str:
    """The same in words, for who cannot see it."""
    lanes: dict[str, Sequence[int]] = {
        "inputs": strip.inputs.tolist(),
        "targets": strip.targets.tolist(),
        "your guesses": strip.guesses,
    }
    said = [f"{name} {' '.join(map(str, bits))}" for name, bits in lanes.items() if bits]
    return f"The last steps: {'; '.join(said)}."


def _fair(chance: float) -> bool:
    return abs(chance - 0.5) < FAIR


def _lanes(over: bool) -> list[str]:
    lanes = ["input", "target", "you", MARKED]
    return [*lanes, CHANCE] if over else lanes


def _steps(n_steps: int, over: bool) -> list[str]:
    """What the columns are called: by their number, or by how long ago they were."""
    if over:
        return [str(step) for step in range(1, n_steps + 1)]
    return [f"t-{ago}" if ago else "t" for ago in reversed(range(n_steps))]
