"""What a browser is sent while a run goes on: new points, how far it is, and when to look anew.

A script that draws a picture costs the server some 20 ms, and all scripts of a class share one
interpreter. So points do not come by scripts: the picture follows a WebSocket of the lab's own,
which costs next to nothing while there is nothing new. What only a script can draw is drawn anew
when the stream asks the picture to (`look`), at a pace that follows the server's load.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import takewhile
from operator import is_
from typing import Any, Generic, NamedTuple
from weakref import WeakValueDictionary

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from rnnlab.ui.live_run.pace import PACE
from rnnlab.ui.live_run.run import LiveRun, Report, Snapshot

Row = Sequence[Any]

UNASKED = 2.0
"""Seconds after which the text of a run is made anew although nothing was reported of it: how many
share the machine changes without a word."""

SOON = 0.1
"""Seconds after which it is seen again whether it is time to look."""

ASK_AGAIN = 6.0
"""Seconds after which a browser that was asked to look, and did not, is asked again."""

UNKNOWN = 4404
"""The code with which a stream ends that there is no longer."""


class ProgressLine(NamedTuple):
    """How far a run is, in words and as a share from 0 to 1."""

    text: str
    share: float


class Feed(Generic[Report]):
    """A run as a picture follows it: `line` says how far it is, `row` makes a row of a report.

    `address` is where the browser finds it, relative to the page, and `at_first` is how far it was
    when the page first drew it. Both functions are called outside of any script. `blocked` says
    that no stream comes through to this browser, so that scripts have to bring everything.
    """

    def __init__(
        self,
        run: LiveRun[Any, Report],
        line: Callable[[Snapshot[Report]], ProgressLine],
        row: Callable[[Report], Row] | None = None,
    ) -> None:
        self.run = run
        self.line = line
        self.row = row
        self.at_first = line(run.snapshot())
        self.drawn: object = None
        self.drawings = 0
        self.ended = False
        self.blocked = False
        ticket = secrets.token_hex(16)  # names a component too, whose key may not hold "__"
        self.address = f"live/{ticket}"
        _FEEDS[ticket] = self

    @property
    def source(self) -> str | None:
        """Where the browser follows it: nowhere once all is drawn of what never came through."""
        return None if self.blocked and self.ended else self.address

    def rows(self) -> list[Row] | None:
        """All rows, where scripts have to bring them."""
        if self.row is None or not self.blocked:
            return None
        return [self.row(report) for report in self.run.snapshot().progress]

    def note_drawn(self, snapshot: Snapshot[Report]) -> None:
        """Note that a script has drawn the run as it is in this snapshot."""
        self.drawn = snapshot.version
        self.drawings += 1
        self.ended = not (snapshot.live or snapshot.awaits_result)


_FEEDS: WeakValueDictionary[str, Feed[Any]] = WeakValueDictionary()
"""The feeds that sessions hold, by ticket: whoever knows the ticket may follow."""


class Follower:
    """What one browser has been sent of a feed."""

    def __init__(self, feed: Feed[Any], clock: Callable[[], float] = time.monotonic) -> None:
        self.feed = feed
        self.over = False
        self._clock = clock
        self._line: ProgressLine | None = None
        self._sent: Sequence[Any] = ()
        self._drawn = False
        self._look = 0
        self._looked_at = clock()
        self._awaited: int | None = None

    def news(self) -> dict[str, Any]:
        """What has changed since the last message.

        `text` and `share` say how far it is; `rows` are the rows from number `first` on, which
        replace all from there; `look` asks for a drawing by a script; `over` says that nothing
        more will come.
        """
        snapshot = self.feed.run.snapshot()
        if self.feed.run.replaced.is_set():
            return {}
        message = self._new_line(snapshot) | self._new_rows(snapshot.progress)
        self._drawn = drawn = self.feed.drawn == snapshot.version
        ended = not (snapshot.live or snapshot.awaits_result)
        if not drawn and self._may_ask(ended):
            self._look += 1
            self._awaited, self._looked_at = self.feed.drawings + 1, self._clock()
            message["look"] = self._look
        if ended and drawn:
            self.over = message["over"] = True
        return message

    def next_at(self) -> float:
        """Seconds until there may be something to send although nothing has been reported."""
        if self._drawn:
            return UNASKED
        return min(UNASKED, max(SOON, self._looked_at + PACE.look - self._clock()))

    def _may_ask(self, ended: bool) -> bool:
        """Whether it is time to look; the end is shown at once."""
        since = self._clock() - self._looked_at
        if self._awaited is not None and self.feed.drawings < self._awaited:
            return since > ASK_AGAIN
        return ended or PACE.may_look(since)

    def _new_line(self, snapshot: Snapshot[Any]) -> dict[str, Any]:
        line = self.feed.line(snapshot)
        if line == self._line:
            return {}
        self._line = line
        return {"text": line.text, "share": round(line.share, 4)}

    def _new_rows(self, progress: Sequence[Any]) -> dict[str, Any]:
        """The rows that the browser has not; all of them when a run has begun anew."""
        row, sent = self.feed.row, self._sent
        first = sum(takewhile(bool, map(is_, sent, progress)))
        if row is None or first == len(sent) == len(progress):
            return {}
        self._sent = progress
        return {"first": first, "rows": [row(report) for report in progress[first:]]}


async def follow(websocket: WebSocket) -> None:
    """Send a browser the news of the feed whose ticket it has, until it leaves or all is over."""
    feed = _FEEDS.get(websocket.path_params["ticket"])
    await websocket.accept()
    if feed is None:
        await websocket.close(UNKNOWN)
        return
    changed, loop = asyncio.Event(), asyncio.get_running_loop()

    def wake() -> None:
        loop.call_soon_threadsafe(changed.set)

    unsubscribe = feed.run.subscribe(wake)
    left = asyncio.ensure_future(_left(websocket))
    follower = Follower(feed)
    try:
        while not left.done():
            changed.clear()
            message = follower.news()
            if message:
                await websocket.send_text(json.dumps(message, separators=(",", ":")))
            if follower.over:
                await websocket.close()
                return
            await asyncio.wait({left}, timeout=PACE.news)
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), follower.next_at())
    except (WebSocketDisconnect, RuntimeError):
        return  # it left while something was on its way
    finally:
        unsubscribe()
        left.cancel()


async def _left(websocket: WebSocket) -> None:
    """Wait until the browser has left; it has nothing to say."""
    with suppress(WebSocketDisconnect, RuntimeError):
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass


ROUTE = WebSocketRoute("/live/{ticket}", follow)
"""Where browsers find their feeds."""
