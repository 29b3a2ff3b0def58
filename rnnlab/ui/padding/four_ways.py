"""Four ways to train: the same sequences, unpadded and padded in three ways, learnt live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd
import streamlit as st

from rnnlab.charts.lengths import best_lines, lengths_chart, lengths_table
from rnnlab.lengths.settings import (
    A_DIGIT,
    ALONE,
    BEHIND,
    IN_FRONT,
    MASKED,
    WAYS,
    LengthProgress,
    LengthSettings,
    learnt_after,
)
from rnnlab.ui import drawing
from rnnlab.ui.knobs import Panel
from rnnlab.ui.live_run.named import NamedRun
from rnnlab.ui.live_run.run import LiveRun, RunSlot, Snapshot
from rnnlab.ui.live_run.stream import Feed, ProgressLine
from rnnlab.ui.live_run.watching import show_bar, show_trouble, status, turned_since, watch_run

TITLE = "Four ways to train"
ICON = ":material/fitness_center:"
WORDS = (
    "best possible",
    "gradient",
    "loss",
    "mask",
    "nat",
    "one-hot",
    "padding",
    "row",
    "seed",
    "state",
    "unit",
    "update",
    "weight",
)

PANEL = Panel(LengthSettings, "lengths_")
SLOT = RunSlot[LengthSettings, LengthProgress](
    "lengths_run", "rnnlab.training.lengths:train", LengthProgress
)
TO, END = "to", "end"
NEARLY = 0.97
"""An accuracy from which on a way has learnt all."""
LEARNT = 0.9
"""The share of right answers by which the ways are compared in time."""

LengthRun: TypeAlias = LiveRun[LengthSettings, LengthProgress]
LengthSnapshot: TypeAlias = Snapshot[LengthProgress]


@dataclass(frozen=True)
class _NamedLengthRun(NamedRun[LengthSettings, LengthProgress]):
    """The address names the knobs of the run; one that was stopped is not begun anew."""

    def tasks(self, words: Mapping[str, str]) -> tuple[LengthSettings, ...] | None:
        if words.get(TO) != END:
            return None
        query = {key: text for key, text in words.items() if key != TO}
        return (LengthSettings.of(LengthSettings.read(query)),)

    def words(self, run: LengthRun) -> Mapping[str, str]:
        snapshot = run.snapshot()
        to = END if snapshot.live or snapshot.complete else str(snapshot.step)
        return {TO: to} | run.task.to_query()


def draw() -> None:
    """The knobs beside the curves, and what became of each way."""
    st.header("Which digit stood first?")
    st.markdown(
        "Sequences of digits from 0 to 3, each of another length; the network reads one and says "
        "its first digit. Four networks begin with the same weights. One gets no padding, for each "
        "of its updates has sequences of one length. The others are padded to the longest: in "
        "front, behind, and in front with a mask. Guess their order first."
    )
    _NamedLengthRun("lengths_run", SLOT).follow()
    knobs, picture = st.columns([1, 2], gap="large")
    with knobs:
        settings = PANEL.make(PANEL.draw())
        if settings is not None:
            st.button(
                "Train",
                type="primary",
                icon=":material/play_arrow:",
                width="stretch",
                key="lengths_train",
                on_click=SLOT.start,
                args=(settings,),
            )

    def show(
        run: LengthRun | None, snapshot: LengthSnapshot, feed: Feed[LengthProgress] | None
    ) -> None:
        _picture(settings, run, snapshot, feed)

    with picture:
        watch_run(SLOT, show, line=_line)


def _line(snapshot: LengthSnapshot) -> ProgressLine:
    last = snapshot.last
    if last is None:
        return ProgressLine(status(snapshot), 0.0)
    text = status(
        snapshot,
        where=f"update {last.step:,} of {last.steps:,}",
        done=f"Done: {last.step:,} updates of four networks in {last.seconds:.1f} s.",
    )
    return ProgressLine(text, last.share)


def _picture(
    settings: LengthSettings | None,
    run: LengthRun | None,
    snapshot: LengthSnapshot,
    feed: Feed[LengthProgress] | None,
) -> None:
    shown = run.task if run is not None else settings or LengthSettings()
    at_first = ProgressLine("Press Train and see which of the four learns it.", 0.0)
    show_bar(
        _line(snapshot) if run is not None else at_first,
        feed,
        live=snapshot.live,
        stop=SLOT.stop,
        key="lengths",
    )
    show_trouble(snapshot)
    if run is not None and settings not in (None, run.task):
        st.markdown(turned_since(run.task, settings))
    last = snapshot.last
    reached = dict(zip(WAYS, last.accuracies, strict=True)) if last is not None else {}
    drawing.draw(
        drawing.spec(lengths_chart, shown.updates, best_lines(shown.best_possible)),
        lengths_table(snapshot.progress),
        key="lengths_curves",
        alt="Share of right answers by updates. "
        + "; ".join(f"{way} {share:.1%}" for way, share in reached.items()),
    )
    if reached:
        st.dataframe(_table(shown, snapshot.progress), hide_index=True)
    st.markdown(_meaning(shown, reached, done=snapshot.complete))


def _table(settings: LengthSettings, progress: Sequence[LengthProgress]) -> pd.DataFrame:
    best, learnt = settings.best_possible, learnt_after(progress, LEARNT)
    rows = [
        {
            "padding": way,
            "right": f"{share:.1%}",
            "best possible": f"{best[way]:.1%}",
            f"{LEARNT:.0%} right": f"after {learnt[way]:,} updates" if learnt[way] else "not yet",
        }
        for way, share in zip(WAYS, progress[-1].accuracies, strict=True)
    ]
    return pd.DataFrame(rows)


def _meaning(settings: LengthSettings, reached: Mapping[str, float], *, done: bool) -> str:
    """What to look at, with the numbers that there are."""
    if not done:
        return "Look which curve leaves 25% first, and which one never comes to the top."
    return " ".join(
        [
            f"**{reached[ALONE]:.1%}** without padding, **{reached[IN_FRONT]:.1%}** in front, "
            f"**{reached[BEHIND]:.1%}** behind, **{reached[MASKED]:.1%}** in front with a mask.",
            _why_in_front(settings, reached[IN_FRONT]),
            _why_behind(settings, reached[BEHIND]),
            "Under a mask no step is done, so padding changes neither an answer nor a gradient.",
        ]
    )


def _why_in_front(settings: LengthSettings, reached: float) -> str:
    if settings.zero == A_DIGIT:
        best = settings.best_possible[IN_FRONT]
        return (
            "In front, nobody can see where a sequence begins: a first digit 0 looks like one more "
            f"zero, so nothing can be right more often than in {best:.1%}."
        )
    if reached < NEARLY:
        return (
            "In front, it could see where the sequence begins, for here no digit is 0. But its "
            "state has already moved over the zeros, and must learn to wait."
        )
    return "In front, it has learnt that a zero says nothing, and waits for the first digit."


def _why_behind(settings: LengthSettings, reached: float) -> str:
    steps = f"all {settings.longest} steps"
    if reached < NEARLY:
        return (
            f"Behind, nothing is hidden, but the digit must be kept for {steps} instead of "
            f"{(settings.longest + 1) / 2:.3g} on average, and the gradient has to come as far."
        )
    return (
        f"Behind, the digit must be kept for {steps}. This network has learnt to, but look how "
        "much later its curve rises."
    )
