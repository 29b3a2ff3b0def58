"""A training run as it happens: the curve, the numbers, the last window, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from rnnlab import charts
from rnnlab.bounds import Bounds
from rnnlab.compute import Job, JobView
from rnnlab.presets import preset_for
from rnnlab.progress import Progress
from rnnlab.settings import Settings, knobs_for
from rnnlab.ui import drawing
from rnnlab.ui.server import board, viewer

WORK = "rnnlab.training:train"
TICK = 0.25
FIRST_LOOK = 0.2
"""Seconds: how often the picture is drawn anew, and how long a click waits for a first point."""


@dataclass(frozen=True)
class Run:
    """The run on show: what was asked for, and the job that does it."""

    settings: Settings
    job: Job


def run_on_show() -> Run | None:
    """The run that this visitor started last."""
    return cast(Run | None, st.session_state.get("run"))


def start(settings: Settings) -> None:
    """Start this run, or join it if it exists, and let go of the one on show."""
    before = run_on_show()
    job = board().start(WORK, settings, viewer())
    if before is not None and before.job is not job:
        board().stop(before.job, viewer())
    elif before is not None and job.view(viewer()).state == "done":
        st.toast(
            "This run is done, and the same settings give the same curve to the last digit. "
            "Turn a knob, or take another seed.",
            icon=":material/fingerprint:",
        )
    st.session_state["run"] = Run(settings, job)
    job.wait(FIRST_LOOK)


def stop() -> None:
    """Let go of the run on show; it stops unless others are watching it."""
    run = run_on_show()
    if run is not None:
        board().stop(run.job, viewer())


def show(settings: Settings | None) -> None:
    """The live view of the run on show, or the empty picture of what theory allows.

    `settings` are what the knobs say, `None` if they make no sense together.
    """
    run = run_on_show()
    if run is None and settings is None:
        return
    live = run is not None and not run.job.view(viewer()).ended
    st.fragment(_view, run_every=TICK if live else None)(run, settings, live)


def _view(run: Run | None, settings: Settings | None, live: bool) -> None:
    view = run.job.view(viewer()) if run is not None else JobView("waiting")
    if live and view.ended:
        st.rerun()
    shown = run.settings if run is not None else cast(Settings, settings)
    progress = [event for event in view.events if isinstance(event, Progress)]
    with st.container(horizontal=True, vertical_alignment="center"):
        share = progress[-1].step / progress[-1].steps if progress else 0.0
        st.progress(share, text=_status(run, view, progress))
        st.button("Stop", icon=":material/stop:", on_click=stop, disabled=not live)
    _messages(view, shown, settings)
    bounds = Bounds.of(shown)
    _curve(shown, bounds, progress, ended=view.ended)
    _numbers(progress)
    _meaning(shown, bounds, progress, view)
    if progress:
        _last_window(progress[-1], bounds)


def _status(run: Run | None, view: JobView, progress: list[Progress]) -> str:
    """Where the run stands, in one line."""
    if run is None:
        return "Press Train and watch the loss fall."
    if view.state == "starting":
        return "The computing side is starting. The first time takes a few seconds."
    if view.state == "waiting":
        ahead = (view.place or 1) - 1
        return f"In the queue: {ahead} before this run." if ahead else "Next in the queue."
    if not progress:
        return "It did not begin." if view.ended else "Compiling the network…"
    last = progress[-1]
    if view.state == "done":
        return f"Done: {last.steps:,} updates in {last.seconds:.1f} s."
    where = f"update {last.step:,} of {last.steps:,}, epoch {last.epoch}"
    if view.ended:
        return f"Stopped at {where}."
    left = charts.seconds_left(progress)
    return f"Training: {where}" + (f", {left:.0f} s left." if left is not None else ".")


def _messages(view: JobView, shown: Settings, settings: Settings | None) -> None:
    """What the visitor should know: trouble, and knobs that were turned since."""
    if view.message:
        tell = st.error if view.state == "failed" else st.info
        tell(view.message, icon=":material/info:")
    if settings is not None and shown != settings:
        knobs, before = knobs_for(settings.rule), shown.values
        turned = [
            f"{knobs[name].label} {before.get(name, 'not used')} → {value}"
            for name, value in settings.values.items()
            if before.get(name) != value
        ]
        st.info(
            f"Turned since this run: {', '.join(turned)}. Press Train to see what it does.",
            icon=":material/tune:",
        )


def _curve(shown: Settings, bounds: Bounds, progress: list[Progress], *, ended: bool) -> None:
    close_up = st.segmented_control(
        "Part of the curve",
        ["Whole run", "First epoch"],
        default="Whole run",
        required=True,
        label_visibility="collapsed",
        key="close_up",
        persist_state="session",
    )
    epochs = 1 if close_up == "First epoch" else shown.epochs
    theory = f"best possible {bounds.best:.4f} nats, knowing nothing {bounds.nothing:.4f}"
    # Another text would be another picture, so it stays the same for as long as the run goes on.
    so_far = (
        f"Loss from {progress[0].loss:.4f} to {progress[-1].loss:.4f} after "
        f"{progress[-1].step:,} updates"
        if progress and ended
        else "Loss by update"
    )
    drawing.draw(
        drawing.loss_curve(bounds, shown.updates_per_epoch, epochs),
        charts.run_table(progress),
        key="loss_curve",
        alt=f"{so_far}; {theory}.",
    )


def _numbers(progress: list[Progress]) -> None:
    """Loss, accuracy and speed; dashes before there are any."""
    now = charts.reached(charts.run_table(progress)) if progress else None
    pace = charts.speed(progress)
    with st.grid(3, min_column_width=80):
        st.metric("Loss, last epoch", f"{now.loss:.4f}" if now else "–")
        st.metric("Right guesses", f"{now.accuracy:.1%}" if now else "–")
        st.metric("Updates a second", f"{pace:,.0f}" if pace else "–")


def _meaning(shown: Settings, bounds: Bounds, progress: list[Progress], view: JobView) -> None:
    """What the numbers say: what to watch for, then what has been learnt, then what to try."""
    if view.state == "failed":
        return
    if not progress:
        st.markdown(
            f"Guessing costs {bounds.nothing:.4f} nats a prediction, and with these settings "
            f"{bounds.reachable(shown):.4f} is the best that anything could reach. Watch how near "
            "the curve comes."
        )
        return
    preset = preset_for(shown)
    more = f" {preset.afterwards}" if preset is not None and view.state == "done" else ""
    loss = charts.reached(charts.run_table(progress)).loss
    st.markdown(bounds.verdict(shown, loss) + more)


def _last_window(last: Progress, bounds: Bounds) -> None:
    uncertain = bounds.best > 0
    st.markdown("**The window it saw last**, in its first rows")
    drawing.draw(
        drawing.glimpse(*last.glimpse.inputs.shape, with_truth=uncertain),
        charts.glimpse_table(last.glimpse, with_truth=uncertain),
        key="glimpse",
        alt="Inputs, targets and predicted probabilities of a 1 in the last window.",
    )
    st.caption(
        "Compare each green cell with the grey one below it: the network's probability of a 1, "
        "and the rule's own. Where that is .5, nobody can know."
        if uncertain
        else "Compare each green cell, the network's probability of a 1, with the vermilion one "
        "above it: the bit that was wanted. It has learnt the rule when they agree."
    )
