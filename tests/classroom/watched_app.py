"""The lab, and at /held how much of its visitors the server holds at the moment.

The objects that count are those that the lab makes for each session, and Streamlit's own.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from rnnlab.ui import server  # noqa: E402
from rnnlab.ui.live_run import stream  # noqa: E402

COUNTED = ("AppSession", "LiveRun", "Feed", "Follower", "ScriptRunner", "SafeSessionState")


def held(_request: Request) -> JSONResponse:
    """How many objects there are of each kind that belongs to a visitor."""
    gc.collect()
    names = Counter(type(each).__name__ for each in gc.get_objects())
    return JSONResponse({name: names[name] for name in COUNTED})


app = st.App(
    ROOT / "app.py",
    lifespan=server.lifespan,
    routes=[stream.ROUTE, Route("/held", held)],
    on_script_error=server.apologise,
)
