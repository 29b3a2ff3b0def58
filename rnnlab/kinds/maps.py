"""Maps of runs: each cell a run of its own, a knob by row and one by column; and what they show."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rnnlab.cells import CELLS
from rnnlab.knobs import Value
from rnnlab.rules import BitRule
from rnnlab.rules.base import enumeration
from rnnlab.settings import Settings

JOBS = 3
"""In how many jobs a map is trained: each waits in the queue for itself."""

COIN = math.log(2)
"""The loss, in nats, of a network that knows nothing of an echo."""

NEAR = 0.05
"""Nats above the floor that count as close to it."""


class MapCell(NamedTuple):
    """One cell of a map: the values of its two knobs."""

    row: Value
    column: Value


Losses = Mapping[MapCell, float]


@dataclass(frozen=True)
class RunMap:
    """Runs that are equal but for two knobs: `row_knob` and `column_knob`, with a value for each.

    `base` are the settings of all; `title` is the question that the map answers.
    """

    name: str
    title: str
    base: Settings
    row_knob: str
    rows: tuple[Value, ...]
    column_knob: str
    columns: tuple[Value, ...]

    @property
    def cells(self) -> tuple[MapCell, ...]:
        """All cells, row by row."""
        return tuple(MapCell(row, column) for row in self.rows for column in self.columns)

    def settings(self, cell: MapCell, seed: int | None = None) -> Settings:
        """The run of one cell; with another seed than the recorded one, if it is given."""
        values = {self.row_knob: cell.row, self.column_knob: cell.column}
        return Settings.of(self.base.values | values | ({} if seed is None else {"seed": seed}))

    def jobs(self) -> Iterator[tuple[MapCell, ...]]:
        """The cells, dealt to jobs row by row, so that a job compiles few programs."""
        for job in range(min(JOBS, len(self.rows))):
            rows = self.rows[job::JOBS]
            yield tuple(MapCell(row, column) for row in rows for column in self.columns)

    def floor(self, cell: MapCell) -> float:
        """The least loss that the run of this cell can reach in theory, in nats."""
        settings = self.settings(cell)
        assert isinstance(settings.data, BitRule)  # noqa: S101
        return settings.data.best_loss(None if settings.carry_state else settings.window)

    def row_title(self, value: Value) -> str:
        """A row by its name: a kind of network, or a window."""
        return CELLS[str(value)].title if self.row_knob == "cell" else f"window {value}"

    @property
    def column_title(self) -> str:
        """What the columns are."""
        return f"{self.base.data.all_knobs()[self.column_knob].label} of the echo, in steps"

    def cell_title(self, cell: MapCell) -> str:
        """One cell by its name."""
        row = self.row_title(cell.row)
        steps = f"{cell.column} step{'s' if cell.column != 1 else ''}"
        return f"{row[0].upper()}{row[1:]}, echo of {steps}"


def _echo(**values: Value) -> Settings:
    return Settings.of({"rule": "echo", "fresh_data": True, **values})


MEMORY = RunMap(
    name="memory",
    title="How far back can it remember?",
    base=_echo(rows=20, length=2000, window=25, units=24, learning_rate=0.01, epochs=10),
    row_knob="cell",
    rows=tuple(CELLS),
    column_knob="delay",
    columns=tuple(range(1, 21)),
)
"""Delay of the echo and kind of network. The window holds each cause with its effect."""

_ARTICLE: dict[str, Value] = {
    "rows": 5,
    "length": 10_000,
    "units": 8,
    "optimizer": "adagrad",
    "learning_rate": 0.3,
    "epochs": 5,
}


def _windows(name: str, *, carry: bool) -> RunMap:
    return RunMap(
        name=name,
        title="No window, no gradient?",
        base=_echo(**_ARTICLE, carry_state=carry),
        row_knob="window",
        rows=tuple(range(1, 11)),
        column_knob="delay",
        columns=tuple(range(1, 9)),
    )


CARRIED = _windows("carried", carry=True)
"""Delay of the echo and window, as in the article: the state goes on from window to window."""

FROM_ZERO = _windows("from_zero", carry=False)
"""The same with windows that each begin with a state of zero."""

MAPS = {run_map.name: run_map for run_map in (MEMORY, CARRIED, FROM_ZERO)}


def learnt(loss: float) -> bool:
    """Whether a network has learnt more than half of what there is to know of an echo."""
    return loss < COIN / 2


def map_sentence(run_map: RunMap, losses: Losses) -> str:
    """What to look at, with the numbers that there are."""
    if not losses:
        return ""
    return _by_kind(run_map, losses) if run_map.row_knob == "cell" else _by_window(run_map, losses)


def agreement(losses: Losses, recorded: Losses) -> str:
    """Whether a map that was filled again agrees with the recorded one."""
    gaps = [abs(loss - recorded[cell]) for cell, loss in losses.items() if cell in recorded]
    if not gaps:
        return ""
    if max(gaps) == 0:
        return f"All {len(gaps)} cells are as recorded, to the last digit."
    same = sum(gap == 0 for gap in gaps)
    return (
        f"{same} of {len(gaps)} cells are as recorded to the last digit; the others differ by up "
        f"to {max(gaps):.2g}, because another kind of processor rounds in another way."
    )


def _by_kind(run_map: RunMap, losses: Losses) -> str:
    """How far each kind remembers, and which shorter echoes it has missed all the same."""
    reaches = []
    for row in run_map.rows:
        delays = {int(cell.column): loss for cell, loss in losses.items() if cell.row == row}
        longest = max((delay for delay, loss in delays.items() if learnt(loss)), default=0)
        missed = [str(d) for d, loss in delays.items() if d < longest and not learnt(loss)]
        but = f" (but not {enumeration(missed)})" if missed else ""
        if delays:
            reaches.append(f"{run_map.row_title(row)} {longest}{but}")
    return (
        f"The longest echo, in steps, of which each has learnt more than half: "
        f"{', '.join(reaches)}. A cell is the loss in nats, from .69 (knows nothing) to .00 (knows "
        "all), after the same training."
    )


def _by_window(run_map: RunMap, losses: Losses) -> str:
    """What the two sides of the edge cost, and how near the floors are."""
    above = {cell: loss for cell, loss in losses.items() if float(cell.row) <= float(cell.column)}
    below = {cell: loss - run_map.floor(cell) for cell, loss in losses.items() if cell not in above}
    if not above or not below:
        return ""
    stuck = [loss for loss in above.values() if not learnt(loss)]
    but = ""
    if len(stuck) < len(above):
        names = " and ".join(_quoted(run_map, cell) for cell, loss in above.items() if learnt(loss))
        but = f" But not {names}: there a state keeps its last input by itself, and that is enough."
    worst = max(below, key=lambda cell: below[cell])
    close = sum(gap < NEAR for gap in below.values())
    return (
        f"Above the line no window holds a cause with its effect: {len(stuck)} of these "
        f"{len(above)} cells cost {min(stuck, default=COIN):.2f} to {max(stuck, default=COIN):.2f} "
        f"nats, and knowing nothing costs {COIN:.4f}.{but} Below it {close} of {len(below)} are "
        f"within {NEAR} of their floor; the furthest, {_quoted(run_map, worst)}, is "
        f"{below[worst]:.2f} above it."
    )


def _quoted(run_map: RunMap, cell: MapCell) -> str:
    return f"“{run_map.cell_title(cell)}”"
