"""Runs that a link lays over each other and that this visitor has not made: trained on request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan
from rnnlab.ui.live_run.run import LiveRun, RunSlot, Snapshot
from rnnlab.ui.live_run.stream import Feed, ProgressLine
from rnnlab.ui.live_run.watching import show_bar, show_trouble, watch_run
from rnnlab.ui.training import run as runs
from rnnlab.ui.training.kept_runs import KeptRuns

SLOT = RunSlot[Plan, TrainingProgress]("linked_runs", runs.SLOT.work, TrainingProgress)

WANTED = "linked_runs_wanted"
"""Where the session keeps the plans that a link asks for."""


def want(plans: Sequence[Plan]) -> None:
    """Note what the link asks for that somebody has come with."""
    st.session_state[WANTED] = tuple(plans)


def missing(kept: KeptRuns) -> tuple[Plan, ...]:
    """Those of them that this visitor has not made yet."""
    wanted = cast("tuple[Plan, ...]", st.session_state.get(WANTED, ()))
    return tuple(plan for plan in wanted if not any(run.covers(plan) for run in kept.runs))


def keep_trained(kept: KeptRuns) -> list[int]:
    """Keep what has been trained by now; the numbers of these runs in the strip."""
    run = SLOT.on_show()
    if run is None or run.snapshot().live:
        return []
    snapshot = run.snapshot()
    for plan, history in zip(run.tasks, snapshot.histories, strict=True):
        if history and history[-1].step >= plan.end:
            kept.keep(plan, history)
    show_trouble(snapshot)
    SLOT.forget()
    return [made.number for made in kept.runs if any(map(made.covers, run.tasks))]


def show(kept: KeptRuns) -> None:
    """Offer to train what is missing, or show how far that is."""
    plans, run = missing(kept), SLOT.on_show()
    if run is not None:
        watch_run(SLOT, _draw, line=_line)
    elif not plans:
        want(())
    else:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            more = "a run" if len(plans) == 1 else f"{len(plans)} runs"
            st.markdown(f"Your link shows {more} that you have not made.")
            st.button(
                "Train for the picture",
                icon=":material/play_arrow:",
                on_click=SLOT.start,
                args=plans,
                key="linked_start",
            )


def _draw(
    run: LiveRun[Plan, TrainingProgress] | None,
    snapshot: Snapshot[TrainingProgress],
    feed: Feed[TrainingProgress] | None,
) -> None:
    del run
    show_bar(_line(snapshot), feed, live=snapshot.live, stop=SLOT.stop, key="linked")


def _line(snapshot: Snapshot[TrainingProgress]) -> ProgressLine:
    """How many are done, and the share of all."""
    ends = [view.ended for view in snapshot.views]
    shares = [history[-1].share if history else 0.0 for history in snapshot.histories]
    text = f"{sum(ends)} of {len(ends)} runs of your link are trained."
    return ProgressLine(text, sum(shares) / max(len(shares), 1))
