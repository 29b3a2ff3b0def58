"""Sessions whose visitor has gone: closed for good, so that nothing of them stays in the server.

Streamlit keeps a session for `server.disconnectedSessionTTL` seconds after its connection broke,
and lets go of it later still: when another one is put beside it. A last visitor would never be
forgotten. So each session is closed here, a moment before that time is over.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from time import monotonic
from typing import Protocol

import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import Runtime
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SessionState

PROMISE = (
    "It stays in the memory of the lab's own computers, is written to no disk, and is forgotten "
    "within two minutes after you close the page."
)
"""What becomes of what a visitor types or uploads."""

TICK = 5.0
"""Seconds between two looks at who is still there."""


class Sessions(Protocol):
    """What is asked of Streamlit's runtime."""

    def is_active_session(self, session_id: str) -> bool:
        """Whether the session has a connection."""

    def close_session(self, session_id: str) -> None:
        """End the session for good, connected or not."""


class Departures:
    """Since when each session that has run a page is without a connection."""

    def __init__(self, time_to_live: float, clock: Callable[[], float] = monotonic) -> None:
        self._time_to_live = time_to_live
        self._clock = clock
        self._away_since: dict[str, float | None] = {}

    def arrive(self, session: str) -> None:
        """A page runs for this session."""
        self._away_since.setdefault(session, None)

    def close(self, sessions: Sessions) -> tuple[str, ...]:
        """Close the sessions that have been away for as long as they may, and tell which."""
        now, closed = self._clock(), []
        for session, since in tuple(self._away_since.items()):
            if sessions.is_active_session(session):
                self._away_since[session] = None
            elif since is None:
                self._away_since[session] = now
            elif now - since >= self._time_to_live:
                sessions.close_session(session)
                del self._away_since[session]
                closed.append(session)
        return tuple(closed)


@st.cache_resource(show_spinner=False)
def departures() -> Departures:
    """Those of this server."""
    return Departures(st.get_option("server.disconnectedSessionTTL") - 2 * TICK)


def note_visit() -> None:
    """Note whose page it is that runs now."""
    context = get_script_run_ctx()
    if context is not None:
        departures().arrive(context.session_id)


async def close_forever() -> None:
    """Close departed sessions for as long as the server runs."""
    while True:
        await asyncio.sleep(TICK)
        if departures().close(StreamlitSessions(Runtime.instance())):
            gc.collect()  # a session is a cycle, and holds all that its visitor had


class StreamlitSessions:
    """The sessions of this server, which leave nothing behind when they are closed."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def is_active_session(self, session_id: str) -> bool:
        """Whether the session has a connection."""
        return self._runtime.is_active_session(session_id)

    def close_session(self, session_id: str) -> None:
        """End the session, and take out what it holds.

        Streamlit's loop holds the session that it served last until it serves another one.
        """
        stored = self._runtime._session_mgr.get_session_info(session_id)
        self._runtime.close_session(session_id)
        if stored is not None:
            session = stored.session
            session._session_state = SessionState()
            session._client_state = ClientState()
            session._fragment_storage = MemoryFragmentStorage()
            session._browser_queue.clear()
