"""The runs that a visitor has made: in the server's memory, for as long as a tab of theirs is open.

All tabs of a browser have the same ones, so a reload, which is a new session, finds them again. The
sessions hold them, the server does not: with the last session of a visitor they are gone.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

import streamlit as st

from rnnlab.charts.kept_run import KeptRun
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan
from rnnlab.ui.live_run.run import LiveRun
from rnnlab.ui.server import viewer, visitor_of

MOST_RUNS = 12
LONGEST_NAME = 40
"""Characters."""

KEPT = "kept_runs"
SEEN = "kept_run_seen"
"""Where a session has its visitor's runs, and the run that it has seen last: a run that was
removed stays away, although it is on show."""


class KeptRuns:
    """Runs in the order in which they were begun; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: tuple[KeptRun, ...] = ()
        self._made = 0
        self._latest: list[int] = []

    @property
    def runs(self) -> tuple[KeptRun, ...]:
        """Those that are kept, at most `MOST_RUNS`."""
        return self._runs

    def keep(self, plan: Plan, progress: Sequence[TrainingProgress]) -> None:
        """Keep a run, in the place of an earlier part of it; where all of it is there, nothing."""
        step = progress[-1].step
        with self._lock:
            whole = KeptRun.of(plan, progress)
            for run in self._runs:
                if whole.begins(run.plan, run.step):
                    self._note(run.number)
                    return
                if run.begins(plan, step):
                    more = replace(whole, number=run.number, name=run.name, given=run.given)
                    self._runs = tuple(more if other is run else other for other in self._runs)
                    self._note(run.number)
                    return
            before = self._runs[-1] if self._runs else None
            self._made += 1
            self._runs += (KeptRun.of(plan, progress, self._made, before),)
            self._runs = self._runs[-MOST_RUNS:]
            self._note(self._made)

    def before(self, plan: Plan) -> KeptRun | None:
        """The run that was on show before the one of this plan."""
        by_number = {run.number: run for run in self._runs}
        latest = [by_number[number] for number in self._latest if number in by_number]
        return next((run for run in reversed(latest) if not _same(run, plan)), None)

    def rename(self, number: int, given: str) -> None:
        """Call a run so; "" for its own name."""
        with self._lock:
            self._runs = tuple(
                replace(run, given=given.strip()[:LONGEST_NAME]) if run.number == number else run
                for run in self._runs
            )

    def remove(self, *numbers: int) -> None:
        """Keep these no longer."""
        with self._lock:
            self._runs = tuple(run for run in self._runs if run.number not in numbers)

    def _note(self, number: int) -> None:
        others = [other for other in self._latest if other != number]
        self._latest = [*others, number][-2 * MOST_RUNS :]


_OF_VISITORS: WeakValueDictionary[str, KeptRuns] = WeakValueDictionary()
_LOCK = threading.Lock()


def of_visitor() -> KeptRuns:
    """Those of this visitor: of the browser, or where it has no cookie, of the tab."""
    kept: KeptRuns | None = st.session_state.get(KEPT)
    if kept is None:
        kept, session = KeptRuns(), viewer()
        visitor = visitor_of(session)
        if visitor != session:
            with _LOCK:
                kept = _OF_VISITORS.setdefault(visitor, kept)
        st.session_state[KEPT] = kept
    return kept


def keep(run: LiveRun[Plan, TrainingProgress] | None) -> None:
    """Keep the run on show as far as it is, unless that was done."""
    progress = run.snapshot().progress if run is not None else ()
    if run is None or not progress:
        return
    seen = run, progress[-1].step
    if st.session_state.get(SEEN) != seen:
        st.session_state[SEEN] = seen
        of_visitor().keep(run.task, progress)


def _same(run: KeptRun, plan: Plan) -> bool:
    """Whether a kept run is one of this plan, as far as it goes."""
    return run.begins(plan, plan.settings.updates)
