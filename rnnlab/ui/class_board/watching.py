"""A board as its live picture follows it: the stream of a run, which asks for a look at changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from rnnlab.board import BoardView
from rnnlab.errors import BoardError
from rnnlab.progress import Progress
from rnnlab.ui.live_run.run import LiveRun, Snapshot
from rnnlab.ui.live_run.stream import Feed, ProgressLine
from rnnlab.ui.live_run.watching import ticker, watch
from rnnlab.ui.server import board_store, viewer

Look = Callable[[], BoardView]


@dataclass(frozen=True)
class BoardSnapshot(Snapshot[Progress]):
    """A board at one moment; None once it is gone."""

    board: BoardView | None = None

    @property
    def version(self) -> object:
        """Another one after every change."""
        return self.board and self.board.version

    @property
    def live(self) -> bool:
        """Whether more may be handed in."""
        return self.board is not None


@dataclass(frozen=True, eq=False)
class BoardWatch(LiveRun[str, Progress]):
    """What a board's feed follows: no job, but whatever a `look` at the board shows."""

    look: Look | None = None

    def snapshot(self) -> BoardSnapshot:
        """The board as it stands now."""
        try:
            return BoardSnapshot(board=self.look() if self.look is not None else None)
        except BoardError:
            return BoardSnapshot()

    def subscribe(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` after every change."""
        return board_store().subscribe(self.task, changed)


FEED = "feed_of_board"
"""Where the session keeps the feed of the board that it looks at, and what names that."""


def watch_board(name: str, code: str, look: Look, draw: Callable[[BoardView], None]) -> None:
    """Draw a board, and again after every change; once it is gone the page is drawn anew.

    `name` tells apart who looks: the class, or the teacher. `look` is called outside of scripts.
    """
    kept = st.session_state.get(FEED)
    if kept is None or kept[0] != (name, code):
        run = BoardWatch((code,), (), Progress, viewer(), look=look)
        kept = st.session_state[FEED] = (name, code), Feed(run, lambda _: ProgressLine("", 0.0))
    feed = kept[1]

    def draw_look(snapshot: Snapshot[Progress]) -> None:
        if isinstance(snapshot, BoardSnapshot) and snapshot.board is not None:
            draw(snapshot.board)
            ticker(feed)

    watch(feed, draw_look)
