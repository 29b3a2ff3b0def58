"""How far a run is: a bar and a line of text that follow its stream, and ask for looks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rnnlab.ui.drawing import component
from rnnlab.ui.live_run.stream import Feed, ProgressLine

STREAM = Path(__file__).with_name("stream.js")
"""The browser's side of a stream: what every picture that follows one begins with."""

_COMPONENT = component(__file__, "bar", STREAM)


def draw(line: ProgressLine | None, feed: Feed[Any] | None, *, live: bool, key: str) -> None:
    """The bar, and its text above it; without a `line` nothing is seen of it.

    Whenever its feed asks for a look, the fragment around it runs anew. While a run is `live` the
    stream tells how far it is, and what is sent at each look stays the same. Where the stream is
    blocked, the browser asks for looks by itself, until the end has been drawn.
    """
    streamed = feed is not None and live and not feed.blocked
    shown = feed.at_first if feed is not None and line is not None and streamed else line
    component = _COMPONENT(
        key=key,
        data={
            "stream": feed and feed.source,
            "text": shown and shown.text,
            "share": shown and round(shown.share, 4),
        },
        on_look_change=lambda: None,
    )
    look = component.look
    if feed is not None and isinstance(look, dict):  # a browser may say anything
        feed.blocked = look.get("blocked") is True
