"""A training run as it happens: the curve, the numbers, and what they mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

import streamlit as st

from rnnlab.bounds import Bounds, epoch_means, reached, verdict
from rnnlab.charts.loss_curve import row, seconds_left, speed
from rnnlab.presets import preset_for
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Settings
from rnnlab.ui.choices import choose_option
from rnnlab.ui.live_run.run import snapshot_of
from rnnlab.ui.live_run.stream import Feed, ProgressLine
from rnnlab.ui.live_run.watching import show_bar, show_trouble, status, turned_since, watch_run
from rnnlab.ui.training import curve
from rnnlab.ui.training import guess as guesses
from rnnlab.ui.training import run as runs
from rnnlab.ui.training.controls import note_duration
from rnnlab.ui.training.run import TrainingRun, TrainingSnapshot
from rnnlab.ui.training.views import last_window, predictions

TrainingFeed: TypeAlias = Feed[TrainingProgress] | None

FIRST_VERDICT = 100
"""Updates before which a loss says nothing about what can be learnt."""


def show(settings: Settings | None) -> None:
    """The live view of the run on show, or the empty picture of what theory allows.

    `settings` are what the knobs say, `None` if they make no sense together.
    """
    live = snapshot_of(runs.SLOT.on_show()).live

    def draw(run: TrainingRun | None, snapshot: TrainingSnapshot, feed: TrainingFeed) -> None:
        trained = run.task.settings if run is not None else settings
        if trained is not None:
            _draw(trained, run, snapshot, settings, feed)
        if trained is not None and live:  # until the views take its place
            _now(trained, snapshot)

    watch_run(runs.SLOT, draw, line=_line, row=row, leave=_note_duration)


def _draw(
    trained: Settings,
    run: TrainingRun | None,
    snapshot: TrainingSnapshot,
    settings: Settings | None,
    feed: TrainingFeed,
) -> None:
    """The picture of what is `trained`; `settings` are what the knobs say by now."""
    _bar(run, snapshot, feed)
    with st.empty().container():  # a place of their own: else they push the curve to another one
        show_trouble(snapshot)
        if run is not None and settings is not None:
            _turned(run, snapshot, settings)
    bounds = Bounds.of(trained)
    _curve(trained, bounds, snapshot, feed)
    _numbers(trained, bounds, snapshot.progress)
    _meaning(trained, bounds, snapshot)
    guess = runs.guess()
    if guess is not None and snapshot.complete:
        st.markdown(guesses.answer(guess, bounds, reached(snapshot.progress)))


def _note_duration(run: TrainingRun, snapshot: TrainingSnapshot) -> None:
    if snapshot.complete and not run.earlier:
        note_duration(run.task.settings, snapshot.progress[-1].seconds)


def _now(trained: Settings, snapshot: TrainingSnapshot) -> None:
    """What it does at the moment: the last window of bits, or its answers to the test."""
    weights = [report.weights for report in snapshot.progress if report.weights is not None]
    if last_window.fits(trained):
        last_window.show(trained, snapshot.progress)
    elif weights:
        predictions.show(trained, weights[-1])


def _bar(run: TrainingRun | None, snapshot: TrainingSnapshot, feed: TrainingFeed) -> None:
    """How far the run is, and the button that stops it or has it go on."""

    def go_on() -> None:
        st.button("Go on", icon=":material/resume:", on_click=runs.go_on)

    last = snapshot.last
    can_go_on = last is not None and not snapshot.complete
    show_bar(
        _line(snapshot)
        if run is not None
        else ProgressLine("Press Train and watch the loss fall.", 0.0),
        feed,
        live=snapshot.live,
        stop=runs.SLOT.stop,
        key="run",
        at_rest=go_on if can_go_on else None,
    )


def _line(snapshot: TrainingSnapshot) -> ProgressLine:
    """Where the run stands."""
    last = snapshot.last
    if last is None:
        return ProgressLine(status(snapshot), 0.0)
    left = seconds_left(snapshot.progress)
    text = status(
        snapshot,
        where=f"update {last.step:,} of {last.steps:,}, epoch {last.epoch}",
        done=f"Done: {last.steps:,} updates in {last.seconds:.1f} s.",
        left=f", {left:.0f} s left" if left is not None else "",
    )
    return ProgressLine(text, last.share)


def _turned(run: TrainingRun, snapshot: TrainingSnapshot, settings: Settings) -> None:
    """What the knobs say that the run does not do; another learning rate can be used at once."""
    now, rate = runs.settings_now(run), settings.learning_rate
    if now == settings:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(turned_since(now, settings))
        only_rate = replace(now, learning_rate=rate) == settings
        if only_rate and snapshot.progress and not snapshot.complete:
            st.button(
                f"Use {rate:g} from here on",
                icon=":material/alt_route:",
                on_click=runs.turn_rate,
                args=(rate,),
            )


def _curve(
    trained: Settings, bounds: Bounds, snapshot: TrainingSnapshot, feed: TrainingFeed
) -> None:
    with st.container(horizontal=True):
        parts = ("Whole run", "First epoch")
        close_up = choose_option("Part of the curve", parts, "close_up", labelled=False)
        scales = ("Linear", "Logarithmic") if bounds.bits else ("Logarithmic", "Linear")
        key = f"scale_{scales[0]}"
        scale = choose_option("Scale of the loss", scales, key, labelled=False)
    few = trained.updates_per_epoch == 1
    theory = "; ".join(f"{label} {loss:.4g}" for label, loss in bounds.lines)
    progress = snapshot.progress
    so_far = _so_far(bounds, progress) if progress and not snapshot.live else "Loss by update"
    curve.draw(
        trained,
        bounds,
        feed,
        epochs=1 if close_up == "First epoch" and not few else trained.epochs,
        log=scale == "Logarithmic",
        alt=f"{so_far}. {theory}.",
    )
    if bounds.judged_on is not None:
        st.caption(
            f"The dots are the loss on {HELD_OUT_DATA[bounds.bits]}. The dashed lines hold for "
            "these, too."
        )
    if bounds.first_window is not None and trained.networks == 1:
        st.caption(
            "The pale spikes are the first windows of the epochs. There every row but the "
            "first depends on bits that the network has not seen, and on average such a window "
            f"costs at least {bounds.first_window:.4f}."
        )


def _so_far(bounds: Bounds, progress: tuple[TrainingProgress, ...]) -> str:
    """The curve in words."""
    now = reached(progress)
    held_out = f", {now.held_out_loss:.4g} on the {bounds.judged_on}" if now.held_out else ""
    return (
        f"Loss from {progress[0].loss:.4g} to {progress[-1].loss:.4g} after "
        f"{progress[-1].step:,} updates{held_out}"
    )


def _numbers(trained: Settings, bounds: Bounds, progress: tuple[TrainingProgress, ...]) -> None:
    """Loss, accuracy or error, how many learnt it, and speed; dashes before there are any."""
    now = epoch_means(progress) if progress else None
    latest = reached(progress) if progress else None
    held_out = latest.held_out_loss if latest is not None else None
    pace = speed(progress)
    with st.grid(3, min_column_width=80):
        _metric("Loss, last epoch", now and now.loss, held_out, SHORT[bounds.bits], LOSS)
        if trained.networks > 1:
            learnt = sum(map(bounds.learnt, latest.evaluated)) if latest else 0
            st.metric("Learnt it", f"{learnt} of {trained.networks}" if now else "–", help=LEARNT)
        elif bounds.bits:
            share = now.accuracy if now else None
            st.metric("Right guesses", f"{share:.1%}" if share is not None else "–", help=GUESSES)
        else:
            root = now and now.loss**0.5
            held_out_root = None if held_out is None else held_out**0.5
            _metric("Root of it", root, held_out_root, SHORT[bounds.bits], ROOT)
        st.metric("Updates a second", f"{pace:,.0f}" if pace else "–")


def _metric(
    label: str, learnt: float | None, held_out: float | None, where: str, words: str
) -> None:
    """A number on what it learns from and, below it, on what it does not."""
    st.metric(
        label,
        "–" if learnt is None else f"{learnt:.4g}",
        None if held_out is None else f"{held_out:.4g} {where}",
        delta_color="off",
        delta_arrow="off",
        help=words,
    )


SHORT = {True: "fresh", False: "held out"}
HELD_OUT_DATA = {
    True: "fresh bits of the same rule, which it does not learn from",
    False: "the values held out for the test, which it does not learn from",
}
LOSS = (
    "The mean over the last epoch, on the data that it learns from. Below it: the loss on data "
    "that it does not learn from, the last dot in the picture. Compare that one with the "
    "dashed lines."
)
GUESSES = "In the last epoch, on the bits that it learns from."
LEARNT = (
    "Networks whose loss has come more than half of the way from knowing nothing to the best "
    "possible."
)
ROOT = (
    "The square root of the loss, which is the size of a usual error (root mean squared "
    "error). For your own series it is in standard deviations; “What it says” has it in your "
    "unit."
)


def _meaning(trained: Settings, bounds: Bounds, snapshot: TrainingSnapshot) -> None:
    """What the numbers say: what to watch for, then what has been learnt, then what to try."""
    if snapshot.state == "failed":
        return
    if snapshot.step < min(trained.updates, FIRST_VERDICT) and not snapshot.complete:
        st.markdown(_before(bounds))
        return
    preset = preset_for(trained)
    more = f" {preset.afterwards}" if preset is not None and snapshot.complete else ""
    st.markdown(verdict(bounds, trained, reached(snapshot.progress)) + more)


def _before(bounds: Bounds) -> str:
    if bounds.bits:
        return (
            f"Guessing costs {bounds.baseline:.4f} nats a prediction. With these settings "
            f"nothing can get below {bounds.best:.4f}. Watch how close the curve comes."
        )
    label, loss = bounds.lines[0]
    return (
        f"“{label[0].upper()}{label[1:]}” has a mean squared error of {loss:.3g} on the "
        f"{bounds.judged_on or bounds.learns_from}. Watch how far below it the curve falls."
    )
