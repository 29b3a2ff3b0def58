"""After a run: look into the network, as it is now or as it was at any moment of its training."""

from __future__ import annotations

import streamlit as st

from rnnlab.cells.cell import Weights
from rnnlab.ui import runs
from rnnlab.ui.runs import Look, Run
from rnnlab.ui.views import fitting
from rnnlab.ui.views.moment import Moment

TICK = 0.5
"""Seconds between two looks for the result."""


def show() -> None:
    """The views of the run on show, once it has stopped or is done."""
    run = runs.on_show()
    if run is None:
        return
    look = run.look()
    if look.progress and not look.live:
        # A stopped run's result, with its latest weights, comes a moment later.
        waiting = look.result is None and run.job.ended and look.view.state == "stopped"
        st.fragment(_views, run_every=TICK if waiting else None)(run, waiting)


def _views(run: Run, waiting: bool) -> None:
    look = run.look()
    if run is not runs.on_show() or (waiting and look.result is not None):
        st.rerun()
    views = fitting(run.settings)
    key = "view"
    if st.session_state.get(key) not in views:
        st.session_state.pop(key, None)
    st.subheader("What has it learnt?")
    title = st.pills(
        "View",
        list(views),
        default=next(iter(views)),
        required=True,
        format_func=lambda one: f"{views[one].ICON} {one}",
        label_visibility="collapsed",
        key=key,
        persist_state="session",
    )
    moments = _moments(run, look)
    steps = list(moments)
    step = steps[-1]
    if len(steps) > 1 and title not in UNMOVED:
        step = st.select_slider(
            "Replay: the network after so many updates",
            steps,
            value=steps[-1],
            format_func=lambda one: f"{one:,}",
            key=f"replay_{steps[-1]}",
        )
    moment = Moment(
        run.plan, run.settings.first_weights(), moments[step], step, look.progress, look.result
    )
    views[title or next(iter(views))].draw(moment)


UNMOVED = ("Compare",)
"""Views that are about the whole run."""


def _moments(run: Run, look: Look) -> dict[int, Weights]:
    """The first network's weights by the number of updates done, as far as they are known."""
    moments: dict[int, Weights] = {0: run.settings.first_weights()}
    for one in (*look.progress, *([look.result] if look.result else [])):
        if one.weights is not None:
            moments[one.step] = one.weights
    return dict(sorted(moments.items()))
