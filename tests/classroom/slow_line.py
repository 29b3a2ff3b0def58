"""A line between a browser and the lab on which every byte takes its time."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

SECONDS_A_BYTE = 0.01


@asynccontextmanager
async def slow_line(url: str) -> AsyncIterator[str]:
    """The address at which the lab is seen through a line that brings a byte at a time."""
    port = urlsplit(url).port

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ahead = socket.socket()
        ahead.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        ahead.connect(("127.0.0.1", port))
        from_lab, to_lab = await asyncio.open_connection(sock=ahead, limit=1024)
        there = asyncio.create_task(_pass_on(reader, to_lab, 65_536, 0.0))
        lines.append((asyncio.current_task(), there, writer, to_lab))
        with suppress(ConnectionError):
            await _pass_on(from_lab, writer, 1, SECONDS_A_BYTE)

    lines: list[tuple[Any, ...]] = []
    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for here, there, *writers in lines:
            for task in (here, there):
                task.cancel()
            for writer in writers:
                writer.close()
            await asyncio.gather(here, there, return_exceptions=True)


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, n_bytes: int, seconds: float
) -> None:
    while data := await reader.read(n_bytes):
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(seconds)
