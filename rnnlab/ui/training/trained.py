"""After a run: look into the network, as it is now or as it was at any moment of its training."""

from __future__ import annotations

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.ui import address
from rnnlab.ui.training import moments
from rnnlab.ui.training import run as runs
from rnnlab.ui.training.run import Moment, TrainingRun, TrainingSnapshot
from rnnlab.ui.training.views import fitting


def show() -> None:
    """The views of the run on show, once it has stopped or is done."""
    run = runs.SLOT.on_show()
    snapshot = run.snapshot() if run is not None else None
    if run is not None and snapshot is not None and snapshot.progress and not snapshot.live:
        address.fragment(_views)(run, snapshot)


def _views(run: TrainingRun, snapshot: TrainingSnapshot) -> None:
    moments.follow()
    views = fitting(run.task.settings)
    if st.session_state.get("view") not in (None, *views):
        del st.session_state["view"]
    address.link("view", Knob(next(iter(views)), "View", "", "data", choices=tuple(views)))
    st.header("What has it learnt?")
    title = st.pills(
        "View",
        list(views),
        default=next(iter(views)),
        required=True,
        format_func=lambda title: f"{views[title].ICON} {title}",
        label_visibility="collapsed",
        key="view",
        persist_state="session",
    )
    weights = moments.weights_by_step(run, snapshot)
    steps = list(weights)
    step = moments.choose(steps)
    if steps[-1] < snapshot.step:
        st.caption(behind_sentence(steps[-1], snapshot.step))
    moment = Moment(run.task, weights[0], weights[step], step, snapshot.progress, weights)
    views[title or next(iter(views))].draw(moment)


def behind_sentence(latest: int, stopped: int) -> str:
    """Why the latest network that can be looked at is not the one at which the curve ends."""
    network = f"after update {latest:,}" if latest else "before any update"
    return (
        f"The curve ends at update {stopped:,}. Weights are only sent now and then: the latest "
        f"that came are those {network}."
    )
