"""A budget of bytes for what each session uploads, held before Streamlit takes anything in.

Streamlit takes every file below `server.maxUploadSize` under any id, asked for by a widget or not,
and keeps it until its session is gone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.formparsers import MultiPartParser
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

BUDGET = 25_000_000
"""Bytes that a session may hold and send at the same time: five of the largest files."""

OF_EACH_FILE = 1_000
"""Bytes that a file takes beside its content, name and type."""

PATH = re.compile(r".*/_stcore/upload_file/([^/]+)/[^/]+")
REFUSAL = (
    f"The files of a visitor may take {BUDGET / 1e6:.0f} MB together, and with this one they would "
    "take more: remove another one first."
)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


def held_by(session: str) -> int:
    """How many bytes of files Streamlit holds for a session."""
    files = Runtime.instance().uploaded_file_mgr
    if not isinstance(files, MemoryUploadedFileManager):
        raise TypeError(f"Uploads are held by {type(files).__name__}, which nobody can count.")
    return sum(
        OF_EACH_FILE + len(file.data) + 4 * (len(file.name) + len(file.type))
        for file in tuple(files.file_storage.get(session, {}).values())
    )


class UploadBudget:
    """ASGI middleware that refuses, with 413, what would bring a session above its budget.

    Counted are the bytes `held` for the session, and those of its uploads that are on their way as
    they really arrive: what a header says of their number is only reason to refuse earlier.
    """

    def __init__(
        self,
        app: Application,
        *,
        budget: int = BUDGET,
        held: Callable[[str], int] = held_by,
    ) -> None:
        self._app = app
        self._budget = budget
        self._held = held
        self._on_the_way: Counter[str] = Counter()
        # Else Starlette writes whatever is larger than a megabyte into a temporary file.
        MultiPartParser.spool_max_size = budget

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass everything on but uploads that are too large."""
        path = PATH.fullmatch(scope.get("path", "")) if scope["type"] == "http" else None
        if path is None or scope["method"] != "PUT":
            await self._app(scope, receive, send)
        else:
            await self._take(path[1], scope, receive, send)

    async def _take(self, session: str, scope: Message, receive: Receive, send: Send) -> None:
        n_received, answered = 0, False

        async def count() -> Message:
            nonlocal n_received
            message = await receive()
            if n_bytes := len(message.get("body", b"")):
                n_received += n_bytes
                self._on_the_way[session] += n_bytes
                self._check(session)
            return message

        async def answer(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            self._check(session, _announced(scope))
            await self._app(scope, count, answer)
        except _OverBudgetError:
            if not answered:
                await _refuse(send)
        finally:
            self._on_the_way[session] -= n_received
            self._on_the_way += Counter()  # drops those of whom nothing is on the way

    def _check(self, session: str, n_announced: int = 0) -> None:
        if self._held(session) + self._on_the_way[session] + n_announced > self._budget:
            raise _OverBudgetError


class _OverBudgetError(Exception):
    """The session would be above its budget."""


def _announced(scope: Message) -> int:
    """How many bytes the request says it has, or 0."""
    number = dict(scope["headers"]).get(b"content-length", b"")
    return int(number) if number.isdigit() else 0


async def _refuse(send: Send) -> None:
    body = REFUSAL.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
