"""A map whose networks are trained anew: its jobs, and what has come of them so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias, cast

import streamlit as st

from rnnlab.kinds.maps import MapCell, RunMap
from rnnlab.kinds.measured import GradientByLag, gradient_by_lag, measurement
from rnnlab.progress import RunFinished
from rnnlab.settings import Settings
from rnnlab.ui.live_run.run import LiveRun, Snapshot

WORK = "rnnlab.training.each:each"

MapSnapshot: TypeAlias = Snapshot[RunFinished]


@dataclass(frozen=True, eq=False)
class MapRun(LiveRun[tuple[Settings, ...], RunFinished]):
    """A run of several jobs, each of which trains some of a map's networks, one after another."""

    gradients: dict[MapCell, GradientByLag] = field(default_factory=dict)

    @property
    def seed(self) -> int:
        """The seed of every network."""
        return self.task[0].seed


def on_show(run_map: RunMap) -> MapRun | None:
    """What this visitor trains, or has trained, of a map."""
    return cast("MapRun | None", st.session_state.get(_key(run_map.name)))


def start(run_map: RunMap, seed: int) -> None:
    """Train a map; networks that others have trained are there at once."""
    tasks = (tuple(run_map.settings(cell, seed) for cell in cells) for cells in run_map.jobs())
    st.session_state[_key(run_map.name)] = MapRun.begin(
        WORK, RunFinished, *tasks, instead_of=on_show(run_map)
    )


def stop(run_map: RunMap) -> None:
    """Let go of the jobs; what is there stays."""
    run = on_show(run_map)
    if run is not None:
        run.stop()


def forget(run_map: RunMap) -> None:
    """Back to what was recorded."""
    stop(run_map)
    st.session_state.pop(_key(run_map.name), None)


def finished(run_map: RunMap, snapshot: MapSnapshot) -> dict[MapCell, RunFinished]:
    """The cells that are there."""
    jobs = zip(run_map.jobs(), snapshot.histories, strict=True)
    return {cells[report.index]: report for cells, history in jobs for report in history}


def losses(run_map: RunMap, run: MapRun | None, snapshot: MapSnapshot) -> dict[MapCell, float]:
    """The loss of each cell that is there: of the visitor's own run, or as recorded."""
    if run is None:
        return recorded(run_map)
    return {cell: report.loss for cell, report in finished(run_map, snapshot).items()}


def gradient(run_map: RunMap, cell: MapCell) -> GradientByLag | None:
    """The gradient of a cell that is there, by steps back: of the visitor's own, or as recorded."""
    run = on_show(run_map)
    if run is None:
        record = measurement(run_map.settings(cell))
        return None if record is None else GradientByLag(record.first, record.trained)
    if cell not in run.gradients:
        report = finished(run_map, run.snapshot()).get(cell)
        if report is None:
            return None
        settings = run_map.settings(cell, run.seed)
        run.gradients[cell] = gradient_by_lag(settings, report.weights or {})
    return run.gradients[cell]


def recorded(run_map: RunMap) -> dict[MapCell, float]:
    """The losses that travel with the lab."""
    measured = {cell: measurement(run_map.settings(cell)) for cell in run_map.cells}
    return {cell: run.loss for cell, run in measured.items() if run is not None}


def _key(name: str) -> str:
    return f"map_run_{name}"
