"""The picture of a run that goes on: when it is drawn anew, and what every kind of run has."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import streamlit as st

from rnnlab.knobs import Configuration
from rnnlab.ui import address
from rnnlab.ui.live_run import bar
from rnnlab.ui.live_run.run import LiveRun, Report, RunSlot, Snapshot, Task, snapshot_of
from rnnlab.ui.live_run.stream import Feed, ProgressLine
from rnnlab.ui.markdown import escape_markdown

FEEDS = "feeds"
"""Where a session keeps the feeds of the pictures that it drew last."""

MAX_FEEDS = 12


def stage(snapshot: Snapshot[Any]) -> str:
    """What is still to come of a run; nothing of one that has ended."""
    return "live" if snapshot.live else "awaits result" if snapshot.awaits_result else ""


def watch(
    feed: Feed[Report] | None,
    draw: Callable[[Snapshot[Report]], None],
    *,
    stage: Callable[[Snapshot[Report]], Hashable] = stage,
    leave: Callable[[], None] = lambda: None,
) -> None:
    """Draw a run, and again whenever its feed asks for it, for as long as the stage is the same.

    `draw` draws a bar or a `ticker` with this feed, by which it can ask. The one rule for leaving a
    live picture: at another stage `leave` is called, and the whole page is drawn anew, with what
    can be seen afterwards.
    """
    run = feed.run if feed is not None else None
    before = stage(snapshot_of(run))

    def look() -> None:
        snapshot = snapshot_of(run)
        if feed is not None:
            feed.note_drawn(snapshot)
        if stage(snapshot) != before:
            leave()
            st.rerun()
        draw(snapshot)

    address.fragment(look)()


def watch_run(
    slot: RunSlot[Task, Report],
    draw: Callable[[LiveRun[Task, Report] | None, Snapshot[Report], Feed[Report] | None], None],
    *,
    line: Callable[[Snapshot[Report]], ProgressLine] = lambda _: ProgressLine("", 0.0),
    row: Callable[[Report], Sequence[Any]] | None = None,
    leave: Callable[[LiveRun[Task, Report], Snapshot[Report]], None] = lambda *_: None,
) -> None:
    """Watch the run on show to its end, and until the result of a stopped one has come.

    `line` and `row` are what its feed sends; `draw` is given the feed, for the pictures that follow
    it. When another run has taken its place, because of a click in the picture, the page is drawn
    anew at once.
    """
    run = slot.on_show()
    picture = (slot.key, draw.__module__, draw.__qualname__)
    feed = None if run is None else feed_of(run, line, row, key=picture)

    def draw_run(snapshot: Snapshot[Report]) -> None:
        if slot.on_show() is not run:
            st.rerun()
        draw(run, snapshot, feed)

    def left() -> None:
        if run is not None:
            leave(run, run.snapshot())

    watch(feed, draw_run, leave=left)


def feed_of(
    run: LiveRun[Any, Report],
    line: Callable[[Snapshot[Report]], ProgressLine] = lambda _: ProgressLine("", 0.0),
    row: Callable[[Report], Sequence[Any]] | None = None,
    *,
    key: Hashable,
) -> Feed[Report]:
    """The feed of these jobs for the picture `key`: the same for as long as it is about them."""
    feeds: dict[Hashable, Feed[Report]] = st.session_state.setdefault(FEEDS, {})
    feed = feeds.pop(key, None)
    if feed is None or feed.run.replaced.is_set() or not feed.run.same_as(run):
        feed = Feed(run, line, row)
    feeds[key] = feed
    while len(feeds) > MAX_FEEDS:
        del feeds[next(iter(feeds))]
    return feed


def ticker(feed: Feed[Any] | None) -> None:
    """What asks for looks where no bar is drawn: nothing is seen of it."""
    if feed is not None:
        bar.draw(None, feed, live=True, key=feed.address)


def show_bar(
    line: ProgressLine,
    feed: Feed[Any] | None,
    *,
    live: bool,
    stop: Callable[[], None],
    key: str,
    at_rest: Callable[[], None] | None = None,
) -> None:
    """How far it is, and the button that stops it; `at_rest` draws what stands there otherwise."""
    with st.container(horizontal=True, vertical_alignment="center"):
        bar.draw(line, feed, live=live, key=f"{key}_bar")
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
    together = f" {snapshot.sharing} share the machine." if snapshot.sharing > 1 else ""
    if not any(snapshot.histories):
        return f"{beginning}{together}" if snapshot.live else "It did not begin."
    if snapshot.complete:
        return done
    if not snapshot.live:
        return f"{'Paused at' if snapshot.state == 'done' else stopped} {where}."
    return f"Training: {where}{left}.{together}"


def show_trouble(snapshot: Snapshot[Report]) -> None:
    """The message of a job that failed, was killed or stopped, as it is: never as Markdown."""
    if snapshot.message:
        tell = st.error if snapshot.state == "failed" else st.info
        tell(escape_markdown(snapshot.message), icon=":material/info:")


def turned_since(before: Configuration, now: Configuration, noun: str = "run") -> str:
    """What the knobs say (`now`) that the run on show does not do, in one sentence."""
    listed = turned(before, now)
    return f":material/tune: Turned since this {noun}: {listed}. Press Train to see it."


def turned(before: Configuration, now: Configuration, otherwise: str = "your series") -> str:
    """The knobs that differ, each with its old and its new value; `otherwise` what else differs."""
    knobs, old = now.open_knobs, before.values
    listed = [
        f"{knobs[name].label} {old.get(name, 'not used')} → {value}"
        for name, value in now.values.items()
        if old.get(name) != value
    ]
    return escape_markdown(", ".join(listed) or otherwise)
