"""After a run: look into the network, as it is now or as it was at any moment of its training."""

from __future__ import annotations

import streamlit as st

from rnnlab.cells.cell import Weights
from rnnlab.knobs import Knob
from rnnlab.ui import address
from rnnlab.ui.training import run as runs
from rnnlab.ui.training.run import Moment, TrainingRun, TrainingSnapshot
from rnnlab.ui.training.views import fitting

UNMOVED = ("Compare",)
"""Views that are about the whole run."""


def show() -> None:
    """The views of the run on show, once it has stopped or is done."""
    run = runs.SLOT.on_show()
    snapshot = run.snapshot() if run is not None else None
    if run is not None and snapshot is not None and snapshot.progress and not snapshot.live:
        address.fragment(_views)(run, snapshot)


def _views(run: TrainingRun, snapshot: TrainingSnapshot) -> None:
    settings = run.task.settings
    views = fitting(settings)
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
    first = settings.first_weights()
    moments = _moments(first, snapshot)
    *_, step = steps = list(moments)
    if len(steps) > 1 and title not in UNMOVED:
        knob = Knob(step, "Replay", "", "data", choices=tuple(steps))
        address.link(key := f"replay_{step}", knob)
        step = st.select_slider(
            "Replay: the network after this many updates",
            steps,
            value=step,
            format_func=lambda step: f"{step:,}",
            key=key,
            persist_state="session",
        )
    if steps[-1] < snapshot.step and title not in UNMOVED:
        st.caption(behind_sentence(steps[-1], snapshot.step))
    moment = Moment(run.task, first, moments[step], step, snapshot.progress)
    views[title or next(iter(views))].draw(moment)


def behind_sentence(latest: int, stopped: int) -> str:
    """Why the latest network that can be looked at is not the one at which the curve ends."""
    network = f"after update {latest:,}" if latest else "before any update"
    return (
        f"The curve ends at update {stopped:,}. Weights are only sent now and then: the latest "
        f"that came are those {network}."
    )


def _moments(first: Weights, snapshot: TrainingSnapshot) -> dict[int, Weights]:
    """The first network's weights by the number of updates done, as far as they are known."""
    reports = snapshot.progress
    return {0: first} | {report.step: report.weights for report in reports if report.weights}
