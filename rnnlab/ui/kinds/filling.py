"""A map that is filled anew: its jobs on the compute side, and what has come of them so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import streamlit as st

from rnnlab.compute import Job, JobView
from rnnlab.kinds.maps import MAPS, MapCell, RunMap
from rnnlab.kinds.measured import GradientByLag, gradient_by_lag, measurement
from rnnlab.progress import RunFinished
from rnnlab.ui.server import job_store, viewer

WORK = "rnnlab.training.each:each"
FIRST_LOOK = 0.1
"""Seconds that a click waits for a first cell."""


@dataclass(frozen=True, eq=False)
class Filling:
    """One visitor's look at a map that is trained with this seed."""

    map: RunMap
    seed: int
    jobs: tuple[tuple[tuple[MapCell, ...], Job], ...]
    memo: dict[MapCell, GradientByLag] = field(default_factory=dict)

    def finished(self) -> dict[MapCell, RunFinished]:
        """The cells that are there."""
        return {
            places[event.index]: event
            for places, job in self.jobs
            for event in job.view(viewer()).events
            if isinstance(event, RunFinished)
        }

    def views(self) -> tuple[JobView, ...]:
        """Each job as it stands."""
        return tuple(job.view(viewer()) for _, job in self.jobs)

    @property
    def live(self) -> bool:
        """Whether more is to come."""
        return any(not view.ended for view in self.views())

    def gradient(self, place: MapCell) -> GradientByLag | None:
        """The gradient of a cell that is there, by steps back."""
        if place not in self.memo:
            one = self.finished().get(place)
            if one is None:
                return None
            settings = self.map.settings(place, self.seed)
            self.memo[place] = gradient_by_lag(settings, one.weights or {})
        return self.memo[place]


def on_show(name: str) -> Filling | None:
    """What this visitor fills, or has filled, of the map of that name."""
    return cast(Filling | None, st.session_state.get(_key(name)))


def start(name: str, seed: int) -> None:
    """Fill a map; cells that others have filled are there at once."""
    stop(name)
    one = MAPS[name]
    jobs = tuple(
        (places, job_store().start(WORK, tuple(one.settings(p, seed) for p in places), viewer()))
        for places in one.jobs()
    )
    st.session_state[_key(name)] = Filling(one, seed, jobs)
    jobs[0][1].wait(FIRST_LOOK)


def stop(name: str) -> None:
    """Let go of the jobs; what is there stays."""
    filling = on_show(name)
    for _, job in filling.jobs if filling is not None else ():
        job_store().stop(job, viewer())


def forget(name: str) -> None:
    """Back to what was recorded."""
    stop(name)
    st.session_state.pop(_key(name), None)


def recorded(one: RunMap) -> dict[MapCell, float]:
    """The losses that travel with the lab."""
    found = {place: measurement(one.settings(place)) for place in one.cells}
    return {place: known.loss for place, known in found.items() if known is not None}


def _key(name: str) -> str:
    return f"filling_{name}"
