"""A training run as it happens: the curve, the numbers, and what they mean."""

from __future__ import annotations

from typing import TypeAlias

import streamlit as st

from rnnlab.bounds import Bounds, epoch_means, reached
from rnnlab.bounds.lines import FIRST_WINDOW, WINDOW
from rnnlab.charts.loss_curve import row, seconds_left, speed
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Settings
from rnnlab.ui.choices import choose_option
from rnnlab.ui.class_board import hand_in
from rnnlab.ui.live_run.run import snapshot_of
from rnnlab.ui.live_run.stream import Feed, ProgressLine
from rnnlab.ui.live_run.watching import show_bar, show_trouble, status, watch_run
from rnnlab.ui.training import answer, curve, moments, network, run_before
from rnnlab.ui.training import run as runs
from rnnlab.ui.training.controls import note_duration
from rnnlab.ui.training.run import TrainingRun, TrainingSnapshot

TrainingFeed: TypeAlias = Feed[TrainingProgress] | None

FIRST_LARGE, EQUAL = "First updates large", "All updates equal"
"""How much room updates have on the axis of the curve."""

LAYOUT, ENDED, GOES_ON = "live_picture", "words_at_the_end", "words_meanwhile"
"""How the parts are called in `frame.css`, which places them."""


def show(settings: Settings | None) -> None:
    """The live view of the run on show, or the empty picture of what theory allows.

    `settings` are what the knobs say, `None` if they make no sense together.
    """
    live = snapshot_of(runs.SLOT.on_show()).live

    def draw(run: TrainingRun | None, snapshot: TrainingSnapshot, feed: TrainingFeed) -> None:
        trained = run.task.settings if run is not None else settings
        if trained is not None:
            _draw(trained, run, snapshot, settings, feed)
        if trained is not None and (live or run is None):  # until the views take its place
            _now(trained, run, snapshot)

    watch_run(runs.SLOT, draw, line=_line, row=row, leave=_note_duration)


def _draw(
    trained: Settings,
    run: TrainingRun | None,
    snapshot: TrainingSnapshot,
    settings: Settings | None,
    feed: TrainingFeed,
) -> None:
    """The picture of what is `trained`; `settings` are what the knobs say by now."""
    moments.follow()
    bounds = Bounds.of(trained)
    with st.container(key=LAYOUT):
        state, picture, words, more = (st.container() for _ in range(4))
    with state:
        _bar(run, snapshot, feed)
    with more:  # its choices are read before the curve that they shape
        log, even = _axes(bounds)
    with picture:
        _curve(trained, bounds, snapshot, feed, log=log, even=even)
    with more:
        _numbers(trained, bounds, snapshot.progress)
        _captions(trained, bounds)
    with words, st.container(key=ENDED if snapshot.complete else GOES_ON):
        with st.container():  # a place of their own, so that the words below keep theirs
            show_trouble(snapshot)
            if run is not None and settings is not None:
                answer.turned(run, snapshot, settings)
        with st.container():
            answer.show(trained, bounds, snapshot)
        hand_in.show()  # what came of it first
        answer.offer_next(trained, snapshot)


def _note_duration(run: TrainingRun, snapshot: TrainingSnapshot) -> None:
    if snapshot.complete and not run.earlier:
        note_duration(run.task.settings, snapshot.progress[-1].seconds)


def _now(trained: Settings, run: TrainingRun | None, snapshot: TrainingSnapshot) -> None:
    """The network as it was when its weights were last sent, before any update to begin with."""
    reports = (*(run.earlier if run is not None else ()), *snapshot.progress)
    sent = {report.step: report.weights for report in reports if report.weights is not None}
    step = max(sent, default=0)
    network.draw(trained, sent[step] if sent else trained.first_weights(), step)


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


def _axes(bounds: Bounds) -> tuple[bool, bool]:
    """Whether the loss is drawn in logarithms, and whether all updates have equal room."""
    with st.container(horizontal=True):
        rooms = (FIRST_LARGE, EQUAL)
        room = choose_option("Axis of the updates", rooms, "room_of_updates", labelled=False)
        scales = ("Linear", "Logarithmic") if bounds.bits else ("Logarithmic", "Linear")
        key = f"scale_{scales[0]}"
        scale = choose_option("Scale of the loss", scales, key, labelled=False)
    return scale == "Logarithmic", room == EQUAL


def _curve(
    trained: Settings,
    bounds: Bounds,
    snapshot: TrainingSnapshot,
    feed: TrainingFeed,
    *,
    log: bool,
    even: bool,
) -> None:
    theory = "; ".join(f"{label} {loss:.4g}" for label, loss in bounds.lines)
    progress = snapshot.progress
    steps = moments.can_be_chosen(snapshot)
    so_far = _so_far(bounds, progress) if progress and not snapshot.live else "Loss by update"
    curve.draw(
        trained,
        bounds,
        feed,
        log=log,
        even=even,
        alt=f"{so_far}. {theory}.",
        moments=steps,
        moment=moments.chosen(steps),
        earlier=run_before.curves(runs.SLOT.on_show(), trained),
    )


def _captions(trained: Settings, bounds: Bounds) -> None:
    """What is drawn beside the curve."""
    if bounds.judged_on is not None:
        st.caption(
            f"The dots are the loss on {_held_out_data(bounds)}, which it does not learn from. "
            "The dashed lines hold for these, too."
        )
    if bounds.first_window is not None and trained.networks == 1:
        st.caption(
            "The pale spikes are the first windows of the epochs. There every row but the "
            f"first depends on {trained.stream_rule.consists_of} that the network has not seen, "
            f"and on average such a window costs at least {_first_window(bounds)}."
        )


def _held_out_data(bounds: Bounds) -> str:
    """What the dots are the loss on."""
    return f"{bounds.judged_on} of the same rule" if bounds.bits else f"the {bounds.judged_on}"


def _first_window(bounds: Bounds) -> str:
    """What an epoch's first window costs at least: its line's number, or which line is near it."""
    if any(label == FIRST_WINDOW for label, _ in bounds.lines):
        return f"{bounds.first_window:.4f}"
    return f"about as much as the line “{WINDOW}” says"


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
    """A number on what it learns from and, below it, on what it does not.

    Both have their place before they are known, so that nothing moves when they come.
    """
    st.metric(
        label,
        "–" if learnt is None else f"{learnt:.4g}",
        f"{'–' if held_out is None else f'{held_out:.4g}'} {where}",
        delta_color="off",
        delta_arrow="off",
        help=words,
    )


SHORT = {True: "fresh", False: "held out"}
LOSS = (
    "The mean over the last epoch, on the data that it learns from. Below it: the loss on data "
    "that it does not learn from, the last dot in the picture. Compare that one with the "
    "dashed lines."
)
GUESSES = "In the last epoch, on the data that it learns from."
LEARNT = (
    "Networks whose loss has come more than half of the way from knowing nothing to the best "
    "possible."
)
ROOT = (
    "The square root of the loss, which is the size of a usual error (root mean squared "
    "error). For your own series it is in standard deviations; “What it says” has it in your "
    "unit."
)
