"""Maps of runs: each cell a run of its own, one knob across and another one down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rnnlab.cells import CELLS
from rnnlab.knobs import Value
from rnnlab.rules import BitRule
from rnnlab.settings import Settings

JOBS = 3
"""In how many jobs a map is trained: each waits in the queue for itself."""


class Place(NamedTuple):
    """One cell of a map: what its two knobs say."""

    row: Value
    column: Value


@dataclass(frozen=True)
class Map:
    """Runs that are equal but for two knobs: `down` has a value a row, `across` one a column.

    `base` are the settings of all; `title` is the question that the map answers.
    """

    name: str
    title: str
    base: Settings
    down: str
    rows: tuple[Value, ...]
    across: str
    columns: tuple[Value, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """All cells, row by row."""
        return tuple(Place(row, column) for row in self.rows for column in self.columns)

    def settings(self, place: Place, seed: int | None = None) -> Settings:
        """The run of one cell; with another seed than the recorded one, if it is given."""
        changed = {self.down: place.row, self.across: place.column}
        own = {} if seed is None else {"seed": seed}
        return Settings.of(self.base.values | changed | own)

    def jobs(self) -> Iterator[tuple[Place, ...]]:
        """The cells, dealt to jobs row by row, so that a job compiles few programs."""
        for job in range(min(JOBS, len(self.rows))):
            rows = self.rows[job::JOBS]
            yield tuple(Place(row, column) for row in rows for column in self.columns)

    def floor(self, place: Place) -> float:
        """The least loss that the run of this cell can reach in theory, in nats."""
        s = self.settings(place)
        assert isinstance(s.data, BitRule)  # noqa: S101
        return s.data.best_loss(None if s.carry_state else s.window)


def _echo(**values: Value) -> Settings:
    return Settings.of({"rule": "echo", "fresh_data": True, **values})


MEMORY = Map(
    name="memory",
    title="How far back can it remember?",
    base=_echo(rows=20, length=2000, window=25, units=24, learning_rate=0.01, epochs=10),
    down="cell",
    rows=tuple(CELLS),
    across="delay",
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


def _windows(name: str, *, carry: bool) -> Map:
    return Map(
        name=name,
        title="No window, no gradient?",
        base=_echo(**_ARTICLE, carry_state=carry),
        down="window",
        rows=tuple(range(1, 11)),
        across="delay",
        columns=tuple(range(1, 9)),
    )


CARRIED = _windows("carried", carry=True)
"""Delay of the echo and window, as in the article: the state goes on from window to window."""

FROM_ZERO = _windows("from_zero", carry=False)
"""The same with windows that each begin with a state of zero."""

MAPS = {one.name: one for one in (MEMORY, CARRIED, FROM_ZERO)}
