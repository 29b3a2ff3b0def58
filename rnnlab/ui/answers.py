"""What the compute side answers to a short question, filled in when it comes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from rnnlab.compute import Job, JobView
from rnnlab.progress import Event, Progress
from rnnlab.ui.live_run.run import LiveRun, Snapshot
from rnnlab.ui.live_run.watching import feed_of, ticker, watch
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.server import job_store, viewer

Answer = TypeVar("Answer", bound=Event)

FIRST_LOOK = 0.06
"""Seconds that a page waits, so that often the answer is there when it is drawn."""

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
    failed = st.session_state.get(UNANSWERED)
    if failed is not None and failed[0] == (work, question):
        draw(None, failed[1])
        st.button("Ask again", icon=":material/refresh:", on_click=_forget)
        return
    job = job_store().start(work, question, viewer())
    job.wait(FIRST_LOOK)

    def draw_answer(answer: Answer | None, view: JobView) -> None:
        if answer is None and view.ended:
            st.session_state[UNANSWERED] = ((work, question), _reason(view))
        draw(answer, _reason(view))

    watch_answer(job, kind, draw_answer)


def watch_answer(
    job: Job, kind: type[Answer], draw: Callable[[Answer | None, JobView], None]
) -> None:
    """Draw the answer of a job, again and again until it is there or the job has ended."""

    def look(snapshot: Snapshot[Progress]) -> tuple[Answer | None, JobView]:
        (view,) = snapshot.views
        # Reported as an event, an answer is there a moment before the job is done.
        answers = (event for event in (*view.events, view.result) if isinstance(event, kind))
        return next(answers, None), view

    def waits(snapshot: Snapshot[Progress]) -> bool:
        answer, view = look(snapshot)
        return answer is None and not view.ended

    def draw_look(snapshot: Snapshot[Progress]) -> None:
        draw(*look(snapshot))
        if waits(snapshot):
            ticker(feed)

    run = LiveRun((job.argument,), (job,), Progress, viewer())
    feed = feed_of(run, key=(job.work, job.argument))
    watch(feed, draw_look, stage=waits)


def _forget() -> None:
    st.session_state.pop(UNANSWERED, None)


def _reason(view: JobView) -> str:
    if view.ended:
        return escape_markdown(view.message or "TensorFlow gave no answer.")
    if view.state == "starting":
        return "TensorFlow is starting. The first time takes a few seconds."
    if view.state == "waiting":
        return "Waiting for the computing side."
    return "TensorFlow is calculating."
