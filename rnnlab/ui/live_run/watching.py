"""The picture of a run that goes on: when it is drawn anew, and what every kind of run has."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import streamlit as st

from rnnlab.knobs import Configuration
from rnnlab.ui.live_run.run import LiveRun, Report, RunSlot, Snapshot, Task, snapshot_of
from rnnlab.ui.markdown import escape_markdown

TICK = 0.5
"""Seconds between two looks, where a page says nothing else."""


def watch(
    stage: Callable[[], Hashable],
    draw: Callable[[], None],
    *,
    tick: float = TICK,
    leave: Callable[[], None] = lambda: None,
) -> None:
    """Draw, and again at each tick for as long as `stage` is true: it says what is still to come.

    The one rule for leaving a live picture: when the stage has become another one, the picture is
    drawn once more, because what a script draws just before it runs anew never arrives; at the next
    tick `leave` is called, and the whole page is drawn anew with what can be seen afterwards.
    """
    at_first, end_is_drawn = stage(), False

    def look() -> None:
        nonlocal end_is_drawn
        if stage() != at_first:
            if end_is_drawn:
                leave()
                st.rerun()
            end_is_drawn = True
        draw()

    st.fragment(look, run_every=tick if at_first else None)()


def watch_run(
    slot: RunSlot[Task, Report],
    draw: Callable[[LiveRun[Task, Report] | None, Snapshot[Report]], None],
    *,
    tick: float = TICK,
    leave: Callable[[LiveRun[Task, Report], Snapshot[Report]], None] = lambda *_: None,
) -> None:
    """Watch the run on show to its end, and until the result of a stopped one has come.

    When another run has taken its place, because of a click in the picture, the page is drawn anew
    at once.
    """
    run = slot.on_show()

    def stage() -> str:
        if slot.on_show() is not run:
            st.rerun()
        snapshot = snapshot_of(run)
        return "live" if snapshot.live else "awaits result" if snapshot.awaits_result else ""

    def left() -> None:
        if run is not None:
            leave(run, run.snapshot())

    watch(stage, lambda: draw(run, snapshot_of(run)), tick=tick, leave=left)


def show_bar(
    text: str,
    share: float,
    *,
    live: bool,
    stop: Callable[[], None],
    key: str,
    at_rest: Callable[[], None] | None = None,
) -> None:
    """How far it is, and the button that stops it; `at_rest` draws what stands there otherwise."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(share, text=escape_markdown(text))
        if at_rest is not None and not live:
            at_rest()
        else:
            st.button(
                "Stop", icon=":material/stop:", on_click=stop, disabled=not live, key=f"{key}_stop"
            )


def status(
    snapshot: Snapshot[Report],
    *,
    noun: str = "run",
    beginning: str = "Compiling the network…",
    where: str = "",
    done: str = "",
    stopped: str = "Stopped at",
    left: str = "",
) -> str:
    """Where a run stands, in one line.

    `where` names its last step, `done` is said when it is complete; `beginning` while nothing has
    been reported.
    """
    if snapshot.state == "starting":
        return "The computing side is starting. The first time takes a few seconds."
    if snapshot.state == "waiting" and not any(snapshot.histories):
        ahead = snapshot.queue_place - 1
        return f"In the queue: {ahead} before this {noun}." if ahead else "Next in the queue."
    if not any(snapshot.histories):
        return "It did not begin." if not snapshot.live else beginning
    if snapshot.complete:
        return done
    if not snapshot.live:
        return f"{'Paused at' if snapshot.state == 'done' else stopped} {where}."
    return f"Training: {where}{left}."


def show_trouble(snapshot: Snapshot[Report]) -> None:
    """The message of a job that failed, was killed or stopped, as it is: never as Markdown."""
    if snapshot.message:
        tell = st.error if snapshot.state == "failed" else st.info
        tell(escape_markdown(snapshot.message), icon=":material/info:")


def turned_since(before: Configuration, now: Configuration, noun: str = "run") -> str:
    """What the knobs say (`now`) that the run on show does not do, in one sentence."""
    knobs, old = now.open_knobs, before.values
    turned = [
        f"{knobs[name].label} {old.get(name, 'not used')} → {value}"
        for name, value in now.values.items()
        if old.get(name) != value
    ]
    listed = escape_markdown(", ".join(turned) or "your series")
    return f":material/tune: Turned since this {noun}: {listed}. Press Train to see it."
