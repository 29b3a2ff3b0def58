"""How far a run is: a bar and a line of text that follow its stream, and ask for looks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rnnlab.ui.drawing import component
from rnnlab.ui.live_run.stream import Feed, Line

STREAM = Path(__file__).with_name("stream.js")
"""The browser's side of a stream: what every picture that follows one begins with."""

_COMPONENT = component(__file__, "bar", STREAM)


def draw(line: Line | None, feed: Feed[Any] | None, *, key: str) -> None:
    """The bar, and its text above it; without a `line` nothing is seen of it.

    Whenever its feed asks for a look, the fragment around it runs anew.
    """
    _COMPONENT(
        key=key,
        data={
            "stream": feed and feed.address,
            "text": line and line.text,
            "share": line and round(line.share, 4),
        },
        on_look_change=lambda: None,
    )
