"""What every page has in its head: scripts before Streamlit's own, and what to fetch ahead.

The scripts change what Streamlit's do, which has no way to put one there: a component's script
comes with the first picture, when the address has been written already.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import streamlit as st

from rnnlab.ui.scripts import path_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

SCRIPTS = tuple(
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("history.js", "lost_connection.js")
)
FILES = Path(st.__file__).parent / "static"
"""Streamlit's own, of which the page is one."""
CHARTS = sorted(
    file.relative_to(FILES).as_posix()
    for name in ("ArrowVegaLiteChart", "embed")
    for file in FILES.glob(f"static/js/{name}.*.js")
)
"""What it draws charts with: large, and else not asked for before a page's first chart has come."""
HEAD = b"<head>"
# They are of the file that the page was, which stays the same when the script does not.
OF_THE_FILE = (b"content-length", b"etag", b"last-modified")


class HeadScripts:
    """ASGI middleware that writes both into each page of HTML."""

    def __init__(self, app: Application) -> None:
        self._app = app
        tags = [f'<script src="./{path_of(script)}"></script>' for script in SCRIPTS]
        ahead = '<link rel="prefetch" as="script" href="./{}" crossorigin>'
        tags += [ahead.format(file) for file in CHARTS]
        self._tags = "".join(tags).encode()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass everything on but pages, which wait until they are whole."""
        if scope["type"] != "http" or b"text/html" not in _header(scope, b"accept"):
            await self._app(scope, receive, send)
            return
        # What is packed cannot be written into.
        headers = [pair for pair in scope["headers"] if pair[0].lower() != b"accept-encoding"]
        start: Message | None = None
        page = b""

        async def pass_on(message: Message) -> None:
            nonlocal start, page
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None:
                await send(message)
            else:
                page += message.get("body", b"")
                if not message.get("more_body"):
                    await self._send(start, page, send)

        await self._app({**scope, "headers": headers}, receive, pass_on)

    async def _send(self, start: Message, page: bytes, send: Send) -> None:
        page = page.replace(HEAD, HEAD + self._tags, 1)
        others = [pair for pair in start["headers"] if pair[0].lower() not in OF_THE_FILE]
        length = (b"content-length", str(len(page)).encode())
        await send({**start, "headers": [*others, length]})
        await send({"type": "http.response.body", "body": page})


def _is_page(start: Message) -> bool:
    """Whether an answer begins here that is HTML."""
    return start["status"] == 200 and _header(start, b"content-type").startswith(b"text/html")


def _header(message: Message, name: bytes) -> bytes:
    values = [value for key, value in message["headers"] if key.lower() == name]
    return b",".join(values)
