"""What belongs to the server, not to a visitor: the compute side's store, and the last resort."""

from __future__ import annotations

import asyncio
import gc
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from rnnlab.board import BoardStore, MemoryBoards
from rnnlab.compute import JobStore, import_dask
from rnnlab.ui.departures import close_forever
from rnnlab.ui.live_run.pace import PACE


@st.cache_resource(show_spinner=False)
def job_store() -> JobStore:
    """The one store of this server; it begins to connect when it is first asked for."""
    opened = JobStore(is_alive=is_alive, visitor_of=visitor_of)
    opened.open()
    return opened


@st.cache_resource(show_spinner=False)
def board_store() -> BoardStore:
    """The one store of class boards; a deployment of several servers puts its own one here."""
    return MemoryBoards()


def viewer() -> str:
    """A name for this visitor's session, by which the store tells viewers apart."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        return context.session_id
    return str(st.session_state.setdefault("viewer", uuid4().hex))


def is_alive(viewer: str) -> bool:
    """Whether the browser of this session is connected."""
    return Runtime.exists() and Runtime.instance().is_active_session(viewer)


def visitor_of(viewer: str) -> str:
    """A name for the browser of this session: all its tabs have one share of the machine.

    Streamlit gives each browser a cookie of its own. Where there is none, a tab is a visitor.
    """
    client = Runtime.instance().get_client(viewer) if Runtime.exists() else None
    context = client.client_context if client is not None else None
    cookies = context.cookies if context is not None else {}
    token, _ = decode_xsrf_token_string(cookies.get(XSRF_COOKIE_NAME, ""))
    return token.hex() if token else viewer


def visitor() -> str:
    """A name for the browser of the visitor whose script runs."""
    return visitor_of(viewer())


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start the compute side with the server, in the background, and end it with the server."""
    # Else a first visitor who follows a link to a page gets that file alone, without app.py:
    # Streamlit's old way with a folder called pages, until st.navigation first runs.
    PagesManager.uses_pages_directory = False
    opened = job_store()
    await asyncio.to_thread(_load)
    tasks = [asyncio.create_task(PACE.keep()), asyncio.create_task(close_forever())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        opened.close()


def _load() -> None:
    """Import now what pages will need, so that no visitor waits for it.

    What is frozen, a collection of garbage need not look at again (measured: 119 ms, then under 1).
    """
    import_dask()
    importlib.import_module("rnnlab.ui.training.live_picture")
    gc.collect()
    gc.freeze()


def apologise(_error: BaseException) -> None:
    """What a visitor sees instead of a stack trace; the server's log has the trace."""
    st.error(
        "Something in the lab broke, and it is not your fault. Your settings are still in the "
        "address bar: reload the page to go on.",
        icon=":material/healing:",
    )
