"""What a visitor has typed is gone from the server and its workers soon after the visitor is.

A real server, whose processes are looked into; and the departures alone, by a clock of the test's.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rnnlab.ui.departures import Departures
from tests import traces
from tests.lab import ROOT, _free_port
from tests.protocol import Visitor, new_cookie

NUMBER, WORD = MARKS = ("0.72340391", "zyxoheron")
"""What stands in everything that is typed: in a rule, or in a text."""

TEXT = " ".join(f"The {WORD} saw the number {n % 7} by the river." for n in range(900))
PATIENCE = 60.0
SOME_TIME = 3.0  # for some updates


class Connections:
    """Sessions, of which some are connected."""

    def __init__(self, *connected: str) -> None:
        self.connected = set(connected)
        self.closed: list[str] = []

    def is_active_session(self, session_id: str) -> bool:
        return session_id in self.connected

    def close_session(self, session_id: str) -> None:
        self.closed.append(session_id)


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def departures(now) -> Departures:
    arrived = Departures(time_to_live=50, clock=lambda: now[0])
    for session in ("anna", "ben"):
        arrived.arrive(session)
    return arrived


def test_who_has_been_away_long_enough_is_closed_once_and_who_is_there_is_not(departures, now):
    sessions = Connections("ben")
    for now[0] in (0, 49, 50, 100, 1000):
        departures.close(sessions)
        assert sessions.closed == (["anna"] if now[0] >= 50 else [])


def test_who_comes_back_in_time_has_all_of_it_again(departures, now):
    sessions = Connections("ben")
    for now[0], connected in ((0, {}), (40, {"anna"}), (60, {}), (105, {}), (110, {})):
        sessions.connected = {"ben", *connected}
        departures.close(sessions)
        assert sessions.closed == (["anna"] if now[0] >= 110 else [])


def test_a_look_into_the_process_sees_what_is_held_and_no_longer_what_was_let_go():
    kept = {"text": ("in a tuple", {"deep": f"a marked {WORD} text"})}
    assert traces.in_this_process(WORD[::-1])
    before = len(traces.in_this_process(WORD[::-1]))
    kept.clear()
    assert len(traces.in_this_process(WORD[::-1])) < before


@contextmanager
def traced_lab(folder: Path) -> Iterator[str]:
    """The address of a lab that forgets soon, and lets the test look into its processes."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "tests.ui.traced:app", f"--port={port}"]
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
    url = f"http://localhost:{port}"
    try:
        _until(lambda: process.poll() is not None or answer(f"{url}/_stcore/health"), log)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert not any(mark in log.read_text(errors="replace") for mark in MARKS), "nothing is logged"


def answer(url: str) -> str | None:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as response:
            return response.read().decode()
    except OSError:
        return None


def _until(true, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, log.read_text(errors="replace")
        time.sleep(0.2)


async def visit(url: str) -> None:
    """Type the mark wherever a visitor can type, in four tabs, and leave."""
    async with Visitor(f"{url}/next_word?word_text=Your+own+text") as visitor:
        await visitor.settled(0)
        await visitor.turn("Paste a text, then press Ctrl and Enter", TEXT)
        await visitor.until(lambda: "Of every ten" in visitor.text())
    rule = f"0.1+%2B+{NUMBER}+*+x%5Bt-3%5D"
    for page in ("data_rules", "training"):
        async with Visitor(f"{url}/{page}?rule=own&expression={rule}") as visitor:
            await visitor.settled(0)
            assert NUMBER in str(visitor.elements)
            if page == "training":
                await visitor.press("Train")
                await visitor.settled(1)
                await asyncio.sleep(SOME_TIME)
    cookie = new_cookie(url)
    async with Visitor(f"{url}/training?rule=own&expression={rule}&epochs=1", cookie) as visitor:
        await visitor.settled(0)
        await visitor.press("Train")
        await visitor.until(lambda: "Its name" in str(visitor.elements))
        await visitor.turn("Its name", f"my {WORD}")
        await visitor.until(lambda: f"· my {WORD}" in str(visitor.elements))
    async with Visitor(f"{url}/sentiment") as visitor:
        await visitor.settled(0)
        await visitor.turn("Your review", f"A film with a {WORD} and good actors.")
        await visitor.settled(1)
        assert WORD in str(visitor.elements)


def left(url: str) -> dict[str, str]:
    """What holds a mark in each process, where something does."""
    lines = {
        f"{process}: {mark}": answer(f"{url}/traces/{process}/{mark[::-1]}")
        for process in ("server", "worker")
        for mark in MARKS
    }
    return {name: text for name, text in lines.items() if text != ""}


@pytest.mark.processes
def test_nothing_that_was_typed_is_left_in_the_server_or_its_workers(tmp_path):
    with traced_lab(tmp_path) as url:
        asyncio.run(visit(url))
        assert {"server: " + mark for mark in MARKS} <= left(url).keys(), "they may come back"
        deadline = time.monotonic() + PATIENCE
        while (holders := left(url)) and time.monotonic() < deadline:
            time.sleep(1)
        assert holders == {}
