"""A training run as it happens: the curve, the numbers, the last window, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pandas as pd
import streamlit as st

from rnnlab import charts
from rnnlab.bounds import Bounds
from rnnlab.compute import Job, JobView
from rnnlab.progress import Progress
from rnnlab.settings import Settings
from rnnlab.ui.server import board, viewer

WORK = "rnnlab.training:train"
TICK = 0.25
FIRST_LOOK = 0.2


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
    st.session_state["run"] = Run(settings, job)
    job.wait(FIRST_LOOK)


def stop() -> None:
    """Let go of the run on show; it stops unless others are watching it."""
    run = run_on_show()
    if run is not None:
        board().stop(run.job, viewer())


def show(settings: Settings) -> None:
    """The live view of the run on show, or the empty picture of what theory allows."""
    run = run_on_show()
    live = run is not None and not run.job.view(viewer()).ended
    st.fragment(_view, run_every=TICK if live else None)(run, settings, live)


def _view(run: Run | None, settings: Settings, live: bool) -> None:
    view = run.job.view(viewer()) if run is not None else JobView("waiting")
    if live and view.ended:
        st.rerun()
    shown = run.settings if run is not None else settings
    progress = [event for event in view.events if isinstance(event, Progress)]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(_share(progress), text=_status(run, view, progress))
        st.button("Stop", icon=":material/stop:", on_click=stop, disabled=not live)
    _trouble(view)
    bounds = Bounds.of(shown)
    st.altair_chart(
        charts.loss_curve(_points(progress), bounds, shown.updates, shown.updates_per_epoch),
        key="loss_curve",
        alt=_curve_in_words(progress, bounds),
    )
    _numbers(shown, progress, bounds)
    if progress:
        _last_window(progress[-1], shown, bounds)


def _status(run: Run | None, view: JobView, progress: list[Progress]) -> str:
    """Where the run stands, in a few words; always one line."""
    if run is None:
        return "Press Train and watch the loss fall."
    if view.state == "starting":
        return "The computing side is starting. The first time takes a few seconds."
    if view.state == "waiting":
        ahead = (view.place or 1) - 1
        return f"Waiting in the queue: {ahead} before this run." if ahead else "Next in the queue."
    if not progress:
        return {"failed": "It could not be run.", "stopped": "Stopped before it began."}.get(
            view.state, "Compiling the network…"
        )
    last = progress[-1]
    where = f"update {last.step:,} of {last.steps:,}, epoch {last.epoch}"
    if view.state == "running":
        return f"Training: {where}. {_time_left(progress)}"
    if view.state == "done":
        return f"Done: {last.steps:,} updates in {last.seconds:.1f} s."
    return f"Stopped at {where}."


def _share(progress: list[Progress]) -> float:
    return progress[-1].step / progress[-1].steps if progress else 0.0


def _speed(progress: list[Progress]) -> float | None:
    """Updates a second since the first chunk, which had to wait for the compiler."""
    first, last = progress[0], progress[-1]
    if last.seconds <= first.seconds:
        return None
    return (last.step - first.step) / (last.seconds - first.seconds)


def _time_left(progress: list[Progress]) -> str:
    speed, last = _speed(progress), progress[-1]
    return f"{(last.steps - last.step) / speed:.0f} s left." if speed else ""


def _trouble(view: JobView) -> None:
    if view.state == "failed":
        st.error(view.message or "It could not be run.", icon=":material/error:")
    elif view.message:
        st.info(view.message, icon=":material/info:")


def _points(progress: list[Progress]) -> pd.DataFrame:
    """The curve so far as a table."""
    columns = ["update", "epoch", "loss", "peak", "accuracy"]
    rows = [(one.step, one.epoch, one.loss, one.peak, one.accuracy) for one in progress]
    return pd.DataFrame(rows, columns=columns)


def _numbers(settings: Settings, progress: list[Progress], bounds: Bounds) -> None:
    """Loss, accuracy and speed, and what they say; dashes before there are any."""
    reached = _last_epoch(progress)
    speed = _speed(progress) if progress else None
    with st.grid(3, min_column_width=110):
        st.metric("Loss, last epoch", f"{reached['loss']:.4f}" if reached else "–")
        st.metric("Right guesses", f"{reached['accuracy']:.1%}" if reached else "–")
        st.metric("Updates a second", f"{speed:,.0f}" if speed else "–")
    if reached:
        st.markdown(bounds.verdict(settings, reached["loss"]))
    else:
        st.markdown(
            f"Knowing nothing costs {bounds.nothing:.4f} nats a prediction; with these settings "
            f"{bounds.reachable(settings):.4f} is the best possible. Watch how near it comes."
        )


def _last_epoch(progress: list[Progress]) -> dict[str, float] | None:
    """Mean loss and accuracy over the epoch that is under way, or just done."""
    if not progress:
        return None
    table = _points(progress)
    chunks = table[table["epoch"] == progress[-1].epoch]
    sizes = table["update"].diff().fillna(table["update"]).loc[chunks.index]
    return {
        name: float((chunks[name] * sizes).sum() / sizes.sum()) for name in ("loss", "accuracy")
    }


def _curve_in_words(progress: list[Progress], bounds: Bounds) -> str:
    theory = f"best possible {bounds.best:.4f} nats, knowing nothing {bounds.nothing:.4f}"
    if not progress:
        return f"Empty loss curve with the lines of theory: {theory}."
    first, last = progress[0], progress[-1]
    return (
        f"Loss from {first.loss:.4f} to {last.loss:.4f} nats after {last.step:,} updates; {theory}."
    )


def _last_window(last: Progress, settings: Settings, bounds: Bounds) -> None:
    uncertain = bounds.best > 0
    st.markdown("**The window it saw last**, in its first rows")
    st.altair_chart(
        charts.glimpse_chart(last.glimpse, with_truth=uncertain),
        key="glimpse",
        alt="Inputs, targets and predicted probabilities of a 1 in the last window.",
    )
    if uncertain:
        st.caption(
            "Compare each green cell with the grey one below it: what the network says of the "
            "next bit, and what the rule says. A chance of .5 is a bit that nobody can guess."
        )
    else:
        st.caption(
            "Compare each green cell with the vermilion one above it. The network has learnt the "
            "rule when they are the same."
        )
    del settings
