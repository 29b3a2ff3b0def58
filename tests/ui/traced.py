"""The lab's server with a hook that looks into its processes: `uvicorn tests.ui.traced:app`.

GET /traces/server/MARK and /traces/worker/MARK answer, line by line, what holds a marked text; the
mark is written backwards. It forgets visitors sooner than the lab does.
"""

from __future__ import annotations

import asyncio
from itertools import count

from streamlit import config

from app import app as lab
from rnnlab.ui.departures import TICK
from rnnlab.ui.server import job_store
from tests import traces

NUMBERS = count()

config.set_option("server.disconnectedSessionTTL", int(2 * TICK + 1))


async def app(scope, receive, send) -> None:
    """The lab, but for the addresses that begin with /traces/."""
    if scope["type"] != "http" or not scope["path"].startswith("/traces/"):
        await lab(scope, receive, send)
        return
    _, _, process, mark = scope["path"].split("/")
    look = traces.in_this_process if process == "server" else _in_worker
    lines = await asyncio.to_thread(look, mark)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": "\n".join(lines).encode()})


def _in_worker(mark: str) -> tuple[str, ...]:
    job = job_store().start("tests.traces:in_a_worker", (mark, next(NUMBERS)), "traces")
    job.wait(60)
    events = job.view("traces").events
    return events[-1].holders if events else ("nobody answered",)
