"""The moment of a stopped run that is looked at: one for the slider, the curve and the pictures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rnnlab.cells.cell import Weights
from rnnlab.knobs import Knob
from rnnlab.ui import address
from rnnlab.ui.training.run import TrainingRun, TrainingSnapshot

MOVED = "moment_moved"
"""Set where a part of the page has moved the moment, for all of the page shows it."""


def weights_by_step(run: TrainingRun, snapshot: TrainingSnapshot) -> dict[int, Weights]:
    """The first network's weights by the number of updates done, as far as they are known."""
    reports = snapshot.progress
    first = run.task.settings.first_weights()
    return {0: first} | {report.step: report.weights for report in reports if report.weights}


def can_be_chosen(snapshot: TrainingSnapshot) -> tuple[int, ...]:
    """After how many updates the network can be looked at; nothing while the run goes on."""
    if snapshot.live or not snapshot.progress:
        return ()
    return (0, *(report.step for report in snapshot.progress if report.weights))


def chosen(steps: Sequence[int]) -> int | None:
    """The one that is looked at, the last to begin with; None of a single one."""
    if len(steps) < 2:
        return None
    _link(steps)
    step = st.session_state.get(key_of(steps), steps[-1])
    return step if step in steps else steps[-1]


def choose(steps: Sequence[int]) -> int:
    """The slider that chooses it; no widget for a single one."""
    if len(steps) < 2:
        return steps[-1]
    _link(steps)
    step: int = st.select_slider(
        "Replay: the network after this many updates",
        steps,
        value=steps[-1],
        format_func=lambda step: f"{step:,}",
        key=key_of(steps),
        on_change=_note,
        persist_state="session",
    )
    return step


def move(step: object, steps: Sequence[int]) -> None:
    """Look at another one, if it is among these: a browser may say anything."""
    if step in steps:
        st.session_state[key_of(steps)] = step
        _note()


def follow() -> None:
    """Draw the whole page anew where a part of it has moved the moment."""
    if st.session_state.pop(MOVED, False):
        st.rerun()


def key_of(steps: Sequence[int]) -> str:
    """The key of the slider, by which the address keeps it too."""
    return f"replay_{steps[-1]}"


def _link(steps: Sequence[int]) -> None:
    address.link(key_of(steps), Knob(steps[-1], "Replay", "", "data", choices=tuple(steps)))


def _note() -> None:
    st.session_state[MOVED] = True
