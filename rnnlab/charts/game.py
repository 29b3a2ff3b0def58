"""A game of guessing, as it goes: inputs, targets, the player's guesses, and which were right."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.lanes import cells, lanes_down, printed, steps_across
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
        x=steps_across(
            "step",
            "Targets, in the order you guessed them" if over else "Time step",
            domain=_steps(n_steps, over),
        ),
        y=lanes_down(lanes),
        tooltip=[
            alt.Tooltip("step:O", title="Time step"),
            alt.Tooltip("lane:N", title="What"),
            alt.Tooltip("said:N", title="Value"),
        ],
    )
    bits = base.transform_filter(f"datum.lane != '{MARKED}'")
    layers = alt.layer(
        cells(bits, COLOURS, "lane", "value"), printed(bits, "label:N", "value"), _marks(base)
    )
    chart: alt.LayerChart = layers.resolve_scale(color="independent")
    return chart.properties(height=LANE_HEIGHT * len(lanes) + AXIS_HEIGHT)


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
