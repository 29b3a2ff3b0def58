"""A state machine as circles and lines: where each bit leads from each state."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    Chart,
    by_name,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.rules.state_machine import Machine

Points = NDArray[np.float64]
"""Places in the picture, (…, 2)."""

HEIGHT = 330
N_POINTS = 14
"""Of a line from state to state."""

BEND, LOOP, SHORT = 0.22, 0.24, 0.1
"""How far a line bends to its right, how large a loop is, and how far before a state both end."""

MOST_NAMED = 8
"""Of more states the picture has only the numbers."""

NAME, CLEAR = 0.3, 0.12
"""How far above or below its state a name stands, and how far beyond a loop that is in its way."""

BITS = {"after a 0": roles.NEGATIVE, "after a 1": roles.POSITIVE}
DASHES = {"after a 0": [5, 4], "after a 1": [1, 0]}
COLUMNS = ["kind", "x", "y", "number", "name", "ones", "output", "edge", "bit", "order", "label"]


def machine_chart() -> Chart:
    """States as numbered circles, the first at the top; lines end with a dot where they lead.

    The chart of a `machine_table`.
    """
    base = table_chart().encode(
        x=alt.X("x:Q", axis=None, scale=fixed(-1.45, 1.45)),
        y=alt.Y("y:Q", axis=None, scale=fixed(-1.55, 1.55)),
    )
    return layered(*_lines(base), *_names(base), *_states(base), height=HEIGHT)


def _lines(base: alt.Chart) -> tuple[alt.Chart, ...]:
    """Where each bit leads."""
    colour = alt.Color(
        "bit:N", scale=by_name(BITS), legend=legend_above(symbolType="stroke", symbolSize=300)
    )
    dash = alt.StrokeDash("bit:N", scale=by_name(DASHES), legend=None)
    lines = base.transform_filter("datum.kind == 'line' && datum.bit != null").mark_line(
        strokeWidth=2
    )
    ends = base.transform_filter("datum.kind == 'end'").mark_point(filled=True, size=45, opacity=1)
    return (
        lines.encode(color=colour, strokeDash=dash, detail="edge:N", order="order:Q"),
        ends.encode(color=colour),
    )


def _names(base: alt.Chart) -> tuple[alt.Chart, ...]:
    """What the states are called; around a name the page covers the lines that cross it."""
    names = base.transform_filter("datum.kind == 'name'").encode(text="label:N")
    cover = names.mark_text(
        fontSize=12, baseline="middle", stroke=roles.PAPER, strokeWidth=6, strokeJoin="round"
    )
    return cover, names.mark_text(fontSize=12, baseline="middle", color=roles.INK)


def _states(base: alt.Chart) -> tuple[alt.Chart, ...]:
    """The numbered states; a click on one is the selection `clicked`."""
    states = base.transform_filter("datum.kind == 'state'")
    about = tooltips(
        ("number:Q", "State"),
        ("name:N", "Name"),
        ("ones:Q", "Chance that a 1 comes next", ".3~f"),
        ("output:Q", "Chance of a target 1", ".3~f"),
    )
    clicked = alt.selection_point(
        "clicked", on="click", clear=False, fields=["number"], nearest=True, toggle=False
    )
    circles = states.mark_point(
        shape="circle", size=520, filled=True, fill="white", stroke=roles.INPUT, opacity=1
    )
    numbers = states.mark_text(fontSize=13, fontWeight="bold", color="black").encode(
        text="number:Q"
    )
    # On top and unseen: what lay over it would take its clicks.
    pointer = states.mark_point(size=520, opacity=0).encode(tooltip=about).add_params(clicked)
    return circles, numbers, pointer


def machine_table(machine: Machine) -> pd.DataFrame:
    """A row for each state, each point of a line, and the end of each line; see `COLUMNS`."""
    n = len(machine.states)
    angles = math.pi / 2 - 2 * math.pi * np.arange(n) / n
    places = np.stack([np.cos(angles), np.sin(angles)], axis=1) * (n > 1)
    rows: list[dict[str, object]] = []
    for bit, name in enumerate(BITS):
        for state, after in enumerate(machine.after[bit].tolist()):
            line = _line(places[state], places[after], bit).tolist()
            edge = {"bit": name, "edge": f"{state + 1} {name}"}
            points = [{"kind": "line", "x": x, "y": y} for x, y in line]
            points.append({"kind": "end", "x": line[-1][0], "y": line[-1][1]})
            rows += [{**point, **edge, "order": order} for order, point in enumerate(points)]
    for number, state_of in enumerate(machine.states):
        if n <= MOST_NAMED:
            x, y = _place_of_name(places[number], machine.after[:, number] == number)
            rows.append({"kind": "name", "x": x, "y": y, "label": state_of.name})
        rows.append(
            {
                "kind": "state",
                "x": places[number, 0],
                "y": places[number, 1],
                "number": number + 1,
                "name": state_of.name,
                "ones": state_of.ones,
                "output": machine.outputs[number],
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def states_table(machine: Machine) -> pd.DataFrame:
    """A row for each state: what it is called, where the bits lead, what comes of it."""
    names = machine.names
    table = pd.DataFrame(
        {
            "state": range(1, len(names) + 1),
            "name": names,
            "chance of a 1": machine.ones,
            "after a 0": machine.after[0] + 1,
            "after a 1": machine.after[1] + 1,
        }
    )
    if not machine.outputs_next_bit:
        table["chance of a target 1"] = machine.outputs
    return table


def machine_alt(machine: Machine) -> str:
    """The picture in words: every arrow."""
    arrows = [
        f"from “{state.name}” a 0 leads to “{state.on_0}” and a 1 to “{state.on_1}”"
        for state in machine.states
    ]
    return f"A machine with {len(arrows)} states: {'; '.join(arrows)}."


def _line(start: Points, end: Points, bit: int) -> Points:
    """The points of a line that bends to its right, or of a loop outside of the circle."""
    t = np.linspace(0, 1, N_POINTS)[:, None]
    if np.array_equal(start, end):
        outward = _outward(start)
        centre = start + outward * (LOOP - 0.06 * bit) * 0.75
        radius = LOOP * (0.75 - 0.2 * bit)
        turn = math.atan2(*(-outward)[::-1]) + (0.12 + 0.76 * t) * 2 * math.pi
        loop: Points = centre + radius * np.concatenate([np.cos(turn), np.sin(turn)], axis=1)
        return loop
    along = end - start
    right = np.array([along[1], -along[0]])
    middle = (start + end) / 2 + right * (BEND if bit else BEND / 2)
    near = min(0.4, SHORT / float(np.linalg.norm(along)))
    t = near + (1 - 2 * near) * t
    bent: Points = (1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end
    return bent


def _outward(place: Points) -> Points:
    """The direction away from the middle of the picture; up if that is where a state stands."""
    outward: Points = place / np.linalg.norm(place) if place.any() else np.array([0.0, 1.0])
    return outward


def _place_of_name(place: Points, loops: NDArray[np.bool_]) -> Points:
    """Above the states of the upper half and below the others, where fewest lines pass.

    `loops` says for each bit whether it leads back to the state.
    """
    way = 1 if place[1] > 0.1 else -1
    away = NAME
    for bit in np.flatnonzero(loops).tolist():
        end = float((way * (_line(place, place, bit)[:, 1] - place[1])).max())
        away = max(away, end + CLEAR)
    named: Points = place + np.array([0.0, way * away])
    return named
