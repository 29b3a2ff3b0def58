"""A map whose networks are trained anew: its jobs, and what has come of them so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import streamlit as st

from rnnlab.cells.cell import Weights
from rnnlab.kinds.maps import MapCell, RunMap
from rnnlab.kinds.measured import GradientByLag, gradient_by_lag, measurement
from rnnlab.progress import RunFinished
from rnnlab.settings import Settings
from rnnlab.ui.live_run.named import NamedRun
from rnnlab.ui.live_run.run import LiveRun, RunSlot, Snapshot

SEED = "seed"

NetworksOfAMap: TypeAlias = tuple[Settings, ...]
MapRun: TypeAlias = LiveRun[NetworksOfAMap, RunFinished]
MapSnapshot: TypeAlias = Snapshot[RunFinished]


def slot(run_map: RunMap) -> RunSlot[NetworksOfAMap, RunFinished]:
    """What this visitor trains, or has trained, of a map: several jobs of many networks each."""
    return RunSlot(f"map_run_{run_map.name}", "rnnlab.training:train_each", RunFinished)


def start(run_map: RunMap, seed: int) -> None:
    """Train a map; networks that others have trained are there at once."""
    slot(run_map).start(*_networks(run_map, seed))


def _networks(run_map: RunMap, seed: int) -> tuple[NetworksOfAMap, ...]:
    return tuple(tuple(run_map.settings(cell, seed) for cell in cells) for cells in run_map.jobs())


@dataclass(frozen=True)
class _NamedMap(NamedRun[NetworksOfAMap, RunFinished]):
    """The address names the seed of a map that was trained anew."""

    run_map: RunMap

    def tasks(self, words: Mapping[str, str]) -> tuple[NetworksOfAMap, ...]:
        return _networks(self.run_map, int(Settings.all_knobs()["seed"].read(words.get(SEED, ""))))

    def words(self, run: MapRun) -> Mapping[str, str]:
        return {SEED: str(seed_of(self.run_map, run))}


def follow(run_map: RunMap) -> None:
    """Show the run of a map that the address names, and name the one on show."""
    _NamedMap(f"run_{run_map.name}", slot(run_map), run_map).follow()


def seed_of(run_map: RunMap, run: MapRun | None) -> int:
    """The seed of every network: of the visitor's own run, or of the recorded one."""
    return run_map.base.seed if run is None else run.task[0].seed


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
    run = slot(run_map).on_show()
    if run is None:
        record = measurement(run_map.settings(cell))
        return None if record is None else GradientByLag(record.first, record.trained)
    report = finished(run_map, run.snapshot()).get(cell)
    if report is None:
        return None
    return _gradient(run_map.settings(cell, seed_of(run_map, run)), report.weights or {})


@st.cache_data(max_entries=300, show_spinner=False)
def _gradient(settings: Settings, weights: Weights) -> GradientByLag:
    return gradient_by_lag(settings, weights)


def recorded(run_map: RunMap) -> dict[MapCell, float]:
    """The losses that travel with the lab."""
    measured = {cell: measurement(run_map.settings(cell)) for cell in run_map.cells}
    return {cell: run.loss for cell, run in measured.items() if run is not None}
