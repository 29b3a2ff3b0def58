"""A training run as it happens: the curve, the numbers, and what they mean."""

from __future__ import annotations

from typing import cast

import streamlit as st

from rnnlab.bounds import Bounds
from rnnlab.charts.loss_curve import epoch_means, loss_curve, run_table, seconds_left, speed
from rnnlab.compute import JobView
from rnnlab.presets import preset_for
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Settings
from rnnlab.ui import drawing, messages, runs
from rnnlab.ui.runs import Look, Run
from rnnlab.ui.training import guess
from rnnlab.ui.training.controls import note_duration
from rnnlab.ui.views import last_window, predictions

TICK = 0.25
"""Seconds: how often the picture is drawn anew while a run goes on."""

SAYS_SOMETHING = 100
"""Updates before which a loss says nothing about what can be learnt."""

EMPTY = Look(JobView("waiting"), (), None)


def show(settings: Settings | None) -> None:
    """The live view of the run on show, or the empty picture of what theory allows.

    `settings` are what the knobs say, `None` if they make no sense together.
    """
    run = runs.on_show()
    if run is None and settings is None:
        return
    live = run is not None and run.look().live
    st.fragment(_view, run_every=TICK if live else None)(run, settings, live)


def _view(run: Run | None, settings: Settings | None, live: bool) -> None:
    look = run.look() if run is not None else EMPTY
    if run is not runs.on_show():  # a button in here has begun another one
        st.rerun()
    if live and run is not None and not look.live and _told_of_its_end(run):
        if look.complete and not run.before:
            note_duration(run.settings, look.progress[-1].seconds)
        st.rerun()
    _bar(run, look, live)
    shown = run.settings if run is not None else cast(Settings, settings)
    with st.empty().container():  # a place of their own: else they push the curve to another one
        messages.show(run, look, settings)
    bounds = Bounds.of(shown)
    _curve(shown, bounds, look)
    _numbers(shown, bounds, look.progress)
    _meaning(shown, bounds, look)
    if run is not None and run.guess is not None and look.complete:
        st.markdown(guess.answer(run.guess, bounds, epoch_means(look.progress).loss))
    if live:
        _now(shown, look)


def _told_of_its_end(run: Run) -> bool:
    """Whether this view has said already that the run is over; from the next time on it has.

    What a script draws just before it runs anew never arrives, so the page is told first, and drawn
    anew, with what can be seen afterwards, a moment later.
    """
    told = st.session_state.get("told_of_its_end") is run
    st.session_state["told_of_its_end"] = run
    return told


def _now(shown: Settings, look: Look) -> None:
    """What it does at the moment: the last window of bits, or what it says to the test."""
    snapshots = [one.weights for one in look.progress if one.weights is not None]
    if last_window.fits(shown):
        last_window.show(shown, look.progress)
    elif snapshots:
        predictions.show(shown, snapshots[-1])


def _bar(run: Run | None, look: Look, live: bool) -> None:
    """How far the run is, and the button that stops it or has it go on."""
    progress = look.progress
    with st.container(horizontal=True, vertical_alignment="center"):
        share = progress[-1].step / progress[-1].steps if progress else 0.0
        st.progress(share, text=_status(run, look))
        if run is not None and progress and not live and not look.complete:
            st.button("Go on", icon=":material/resume:", on_click=runs.go_on)
        else:
            st.button("Stop", icon=":material/stop:", on_click=runs.stop, disabled=not live)


def _status(run: Run | None, look: Look) -> str:
    """Where the run stands, in one line."""
    view, progress = look.view, look.progress
    if run is None:
        return "Press Train and watch the loss fall."
    if view.state == "starting":
        return "The computing side is starting. The first time takes a few seconds."
    if view.state == "waiting" and not progress:
        ahead = (view.place or 1) - 1
        return f"In the queue: {ahead} before this run." if ahead else "Next in the queue."
    if not progress:
        return "It did not begin." if view.ended else "Compiling the network…"
    last = progress[-1]
    if look.complete:
        return f"Done: {last.steps:,} updates in {last.seconds:.1f} s."
    where = f"update {last.step:,} of {last.steps:,}, epoch {last.epoch}"
    if view.ended:
        return f"{'Paused' if view.state == 'done' else 'Stopped'} at {where}."
    left = seconds_left(progress)
    return f"Training: {where}" + (f", {left:.0f} s left." if left is not None else ".")


def _curve(shown: Settings, bounds: Bounds, look: Look) -> None:
    with st.container(horizontal=True):
        close_up = _choice("Part of the curve", ["Whole run", "First epoch"], "close_up")
        scales = ["Linear", "Logarithmic"] if bounds.bits else ["Logarithmic", "Linear"]
        scale = _choice("Scale of the loss", scales, f"scale_{scales[0]}")
    few = shown.updates_per_epoch == 1
    epochs = 1 if close_up == "First epoch" and not few else shown.epochs
    theory = "; ".join(f"{label} {loss:.4g}" for label, loss in bounds.lines)
    progress = look.progress
    # Another text would be another picture, so it stays the same for as long as the run goes on.
    so_far = (
        f"Loss from {progress[0].loss:.4g} to {progress[-1].loss:.4g} after "
        f"{progress[-1].step:,} updates"
        if progress and not look.live
        else "Loss by update"
    )
    drawing.draw(
        drawing.spec(
            loss_curve,
            bounds,
            shown.updates_per_epoch,
            epochs,
            log=scale == "Logarithmic",
        ),
        run_table(progress),
        key="loss_curve",
        alt=f"{so_far}. {theory}.",
    )
    if bounds.first_window is not None and shown.networks == 1:
        st.caption(
            "The pale spikes are the first windows of the epochs: all rows but the first begin "
            "with a past that the network has not seen, and on average such a window costs at "
            f"least {bounds.first_window:.4f}."
        )


def _choice(label: str, options: list[str], key: str) -> str:
    chosen = st.segmented_control(
        label,
        options,
        default=options[0],
        required=True,
        label_visibility="collapsed",
        key=key,
        persist_state="session",
    )
    return chosen or options[0]


def _numbers(shown: Settings, bounds: Bounds, progress: tuple[TrainingProgress, ...]) -> None:
    """Loss, accuracy or error, how many learnt it, and speed; dashes before there are any."""
    now = epoch_means(progress) if progress else None
    pace = speed(progress)
    with st.grid(3, min_column_width=80):
        st.metric("Loss, last epoch", f"{now.loss:.4g}" if now else "–")
        if shown.networks > 1:
            learnt = sum(map(bounds.learnt, now.losses)) if now else 0
            st.metric("Learnt it", f"{learnt} of {shown.networks}" if now else "–", help=LEARNT)
        elif bounds.bits:
            share = now.accuracy if now else None
            st.metric("Right guesses", f"{share:.1%}" if share is not None else "–")
        else:
            st.metric("Root of it", f"{now.loss**0.5:.4g}" if now else "–", help=ROOT)
        st.metric("Updates a second", f"{pace:,.0f}" if pace else "–")


LEARNT = "Networks whose loss is past half of the way from knowing nothing to the best possible."
ROOT = "The root mean squared error: the size of a usual error, in the unit of the numbers."


def _meaning(shown: Settings, bounds: Bounds, look: Look) -> None:
    """What the numbers say: what to watch for, then what has been learnt, then what to try."""
    if look.view.state == "failed":
        return
    if look.step < min(shown.updates, SAYS_SOMETHING) and not look.complete:
        st.markdown(_before(bounds))
        return
    preset = preset_for(shown)
    more = f" {preset.afterwards}" if preset is not None and look.complete else ""
    now = epoch_means(look.progress)
    st.markdown(bounds.verdict(shown, now.loss) + more)


def _before(bounds: Bounds) -> str:
    if bounds.bits:
        return (
            f"Guessing costs {bounds.baseline:.4f} nats a prediction, and with these settings "
            f"{bounds.best:.4f} is the best that anything could reach. Watch how near the curve "
            "comes."
        )
    label, loss = bounds.lines[0]
    return (
        f"“{label[0].upper()}{label[1:]}” has a mean squared error of {loss:.3g}. Watch how far "
        "below it the curve falls."
    )
