"""What the compute side answers to a short question, filled in when it comes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from rnnlab.compute import Job, JobView
from rnnlab.progress import Event
from rnnlab.ui.server import job_store, viewer

Answer = TypeVar("Answer", bound=Event)

FIRST_LOOK = 0.06
"""Seconds that a page waits, so that often the answer is there when it is drawn."""

TICK = 0.5
"""Seconds between two looks after that."""

UNANSWERED = "unanswered"
"""Where the session keeps the last question that got no answer, and why."""


def show(
    work: str,
    question: Hashable,
    kind: type[Answer],
    draw: Callable[[Answer | None, str], None],
) -> None:
    """Draw what this work answers: `draw` gets the answer, or None and why there is none yet.

    A question that failed is not asked again until the visitor says so.
    """
    asked = (work, question)
    failed = st.session_state.get(UNANSWERED)
    if failed is not None and failed[0] == asked:
        draw(None, failed[1])
        st.button("Ask again", icon=":material/refresh:", on_click=_forget)
        return
    job = job_store().start(work, question, viewer())
    job.wait(FIRST_LOOK)
    waiting = _found(job.view(viewer()), kind) is None
    st.fragment(_drawn, run_every=TICK if waiting else None)(asked, job, kind, draw, waiting)


def _drawn(
    asked: tuple[str, Hashable],
    job: Job,
    kind: type[Answer],
    draw: Callable[[Answer | None, str], None],
    waiting: bool,
) -> None:
    view = job.view(viewer())
    found = _found(view, kind)
    if found is None and view.ended:
        st.session_state[UNANSWERED] = (asked, _reason(view))
    if waiting and (found is not None or view.ended):
        st.rerun()
    draw(found, _reason(view))


def _forget() -> None:
    st.session_state.pop(UNANSWERED, None)


def _found(view: JobView, kind: type[Answer]) -> Answer | None:
    """The answer; told as an event, it is there a moment before the job is done."""
    found = (one for one in (*view.events, view.result) if isinstance(one, kind))
    return next(found, None)


def _reason(view: JobView) -> str:
    if view.ended:
        return view.message or "TensorFlow gave no answer."
    if view.state == "starting":
        return "TensorFlow is starting. The first time takes a few seconds."
    if view.state == "waiting":
        return "Waiting for the computing side."
    return "TensorFlow is calculating."
