"""Bits step by step, beside what was predicted of them: by a network, or by a player."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, layered, table_chart, tooltips
from rnnlab.charts.heat_map import (
    BIT_COLOURS,
    DATA_COLOURS,
    TRUE,
    bit_cells,
    cell_labels,
    lane_axis,
    short_number,
    step_axis,
)
from rnnlab.exploration.game import FAIR, GameExcerpt
from rnnlab.progress import LastWindow

GAME_COLOURS = {**BIT_COLOURS, "you": roles.PREDICTED, TRUE: roles.TRUTH}
WINDOW_LANE_HEIGHT, GAME_LANE_HEIGHT = 20, 26
MOST_PRINTED = 15
AXIS_HEIGHT = 55
"""Pixels that the game's axis and its title take."""

MARKS = {True: "✓", False: "✗"}
RIGHT = "right?"
UNKNOWN = "?"


def last_window_chart(n_rows: int, n_steps: int, *, with_truth: bool) -> Chart:
    """A few rows of the window that a network saw last, as lanes of cells, a 1 full, a 0 empty.

    The chart of a `last_window_table`. `with_truth` adds a lane with the probability that the rule
    gives: for rules that leave some bits to chance. Cells carry their numbers as long as these
    are readable.
    """
    roles_shown = _window_roles(with_truth)
    # Rows are set apart by lanes without a label.
    lanes = [lane for row in range(n_rows) for lane in (*_names(row, roles_shown), f"{row}|")][:-1]
    base = table_chart().encode(
        x=step_axis("step", "Time step in the window"),
        y=lane_axis(lanes, numbered=True),
        tooltip=tooltips(
            ("row:N", "Row"),
            ("step:O", "Time step"),
            ("role:N", "What"),
            ("value:Q", "Value", ".3f"),
        ),
    )
    layers = [bit_cells(base, DATA_COLOURS, "role", "value")]
    if n_steps <= MOST_PRINTED:
        layers.append(cell_labels(base, "label:N", "value", size=11))
    return layered(*layers, height=WINDOW_LANE_HEIGHT * len(lanes))


def last_window_table(window: LastWindow, *, with_truth: bool) -> pd.DataFrame:
    """One row a cell, with the columns row, step, role, lane, value, label.

    The columns are as small as can be: the table travels again and again while a network trains.
    """
    roles_shown = _window_roles(with_truth)
    lanes = [window.inputs, window.targets, window.probabilities, window.target_probabilities][
        : len(roles_shown)
    ]
    values = np.stack(lanes, axis=1)  # (rows, lanes of a row, timesteps)
    row, lane, step = np.indices(values.shape).reshape(3, -1)
    names = [name for number in range(len(values)) for name in _names(number, roles_shown)]
    return pd.DataFrame(
        {
            "row": (row + 1).astype(np.int16),
            "step": (step + 1).astype(np.int16),
            "role": pd.Categorical.from_codes(lane, pd.Index(roles_shown)),
            "lane": pd.Categorical.from_codes(row * len(roles_shown) + lane, pd.Index(names)),
            "value": values.ravel().astype(np.float32),
            "label": [short_number(value) for value in values.ravel().tolist()],
        }
    )


def game_chart(n_steps: int, *, over: bool) -> Chart:
    """A game while it is played, its last step to be guessed; or all of it, once it is `over`.

    The chart of a `game_table`. A 1 is a full cell, a 0 an empty one.
    """
    lanes = ["input", "target", "you", RIGHT] + [TRUE] * over
    title = "Targets, in the order you guessed them" if over else "Time step"
    base = table_chart().encode(
        x=step_axis("step", title, domain=_game_steps(n_steps, over)),
        y=lane_axis(lanes),
        tooltip=tooltips(("step:O", "Time step"), ("lane:N", "What"), ("text:N", "Value")),
    )
    bits = base.transform_filter(f"datum.lane != '{RIGHT}'")
    # Right or wrong, by shape and by colour.
    colours = alt.Scale(domain=list(MARKS.values()), range=[roles.PREDICTED, roles.TARGET])
    marks = (
        base.transform_filter(f"datum.lane == '{RIGHT}'")
        .mark_text(fontSize=16, fontWeight="bold")
        .encode(text="label:N", color=alt.Color("label:N", scale=colours, legend=None))
    )
    cells = bit_cells(bits, GAME_COLOURS, "lane", "value")
    chart: Chart = (
        alt.layer(cells, cell_labels(bits, "label:N", "value"), marks)
        .resolve_scale(color="independent")
        .properties(height=GAME_LANE_HEIGHT * len(lanes) + AXIS_HEIGHT)
    )
    return chart


def game_table(excerpt: GameExcerpt, *, over: bool) -> pd.DataFrame:
    """One row a cell, with the columns step, lane, value, label, text.

    While the game is played, the last target is the one asked for.
    """
    steps = _game_steps(len(excerpt.inputs), over)
    inputs, targets = excerpt.inputs.tolist(), excerpt.targets.tolist()
    rows = [(step, "input", bit, str(bit)) for step, bit in zip(steps, inputs, strict=True)]
    rows += [(step, "target", bit, str(bit)) for step, bit in zip(steps, targets, strict=False)]
    if not over:
        rows.append((steps[-1], "target", 0, UNKNOWN))
    guessed = slice(len(targets) - len(excerpt.guesses), len(targets))
    for step, target, bit in zip(steps[guessed], targets[guessed], excerpt.guesses, strict=True):
        rows += [(step, "you", bit, str(bit)), (step, RIGHT, bit, MARKS[bit == target])]
    if over:
        probabilities = zip(steps, excerpt.target_probabilities.tolist(), strict=True)
        rows += [
            (step, TRUE, p, UNKNOWN if abs(p - 0.5) < FAIR else "") for step, p in probabilities
        ]
    table = pd.DataFrame(rows, columns=["step", "lane", "value", "label"])
    text = [f"{value:.2g}" if lane == TRUE else label for _, lane, value, label in rows]
    return table.assign(value=table["value"].astype(float), text=text)


def game_alt(excerpt: GameExcerpt) -> str:
    """The same in words, for those who cannot see it."""
    lanes: dict[str, Sequence[int]] = {
        "inputs": excerpt.inputs.tolist(),
        "targets": excerpt.targets.tolist(),
        "your guesses": excerpt.guesses,
    }
    sentences = [f"{name} {' '.join(map(str, bits))}" for name, bits in lanes.items() if bits]
    return f"The last steps: {'; '.join(sentences)}."


def _window_roles(with_truth: bool) -> list[str]:
    return list(DATA_COLOURS) if with_truth else list(DATA_COLOURS)[:-1]


def _names(row: int, lanes: list[str]) -> list[str]:
    """The lanes of a row as "row|label"; the first label names the row."""
    return [
        f"{row}|row {row + 1}: {lane}" if lane == "input" else f"{row}|{lane}" for lane in lanes
    ]


def _game_steps(n_steps: int, over: bool) -> list[str]:
    """What the columns are called: by their number, or by how long ago they were."""
    if over:
        return [str(step) for step in range(1, n_steps + 1)]
    return [f"t-{ago}" if ago else "t" for ago in reversed(range(n_steps))]
