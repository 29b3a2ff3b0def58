"""The stream of a run: what a browser is sent, when a script is asked to draw, and its end."""

from __future__ import annotations

import asyncio
import gc
import json
import re
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from rnnlab.compute import JobView
from rnnlab.progress import Progress
from rnnlab.ui.live_run import stream
from rnnlab.ui.live_run.pace import LOOK, NEWS
from rnnlab.ui.live_run.run import LiveRun, Snapshot
from rnnlab.ui.live_run.stream import ASK_AGAIN, UNASKED, UNKNOWN, Feed, Follower, ProgressLine
from tests.ui.fake_jobs import ME, FakeJob


def point(step: int, seconds: float = 1.0) -> Progress:
    return Progress(step=step, steps=20, seconds=seconds)


def row_of(report: Progress) -> tuple[float, ...]:
    return (report.step, report.seconds)


def line_of(snapshot: Snapshot[Progress]) -> ProgressLine:
    return ProgressLine(f"{snapshot.state}: {snapshot.step}", snapshot.step / 20)


class Watched:
    """A run of one job, and a browser that follows it while time goes as the test says."""

    def __init__(self) -> None:
        self.now = 100.0
        self.job = FakeJob()
        self.feed = Feed(LiveRun(("task",), (self.job,), Progress, ME), line_of, row_of)
        self.follower = Follower(self.feed, lambda: self.now)

    def draw(self) -> None:
        """A script draws the picture as it is now."""
        self.feed.note_drawn(self.feed.run.snapshot())

    def news(self, after: float = 0.0) -> dict[str, Any]:
        self.now += after
        return self.follower.news()


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_a_row_is_sent_once_and_only_when_it_is_new(watched):
    watched.job.report(point(1), point(2))
    assert watched.news()["rows"] == [(1, 1.0), (2, 1.0)]
    assert "rows" not in watched.news()
    watched.job.report(point(5))
    message = watched.news()
    assert (message["first"], message["rows"]) == (2, [(5, 1.0)])


def test_all_rows_are_sent_again_when_a_run_began_anew(watched):
    watched.job.report(point(1), point(2))
    watched.news()
    watched.job.see(JobView("running", attempt=2))
    message = watched.news()
    assert (message["first"], message["rows"]) == (0, [])
    watched.job.report(point(2), point(4), point(6))
    message = watched.news()
    assert (message["first"], [step for step, _ in message["rows"]]) == (0, [2, 4, 6])


def test_a_feed_without_rows_sends_none(watched):
    follower = Follower(Feed(watched.feed.run, line_of))
    watched.job.report(point(1))
    assert follower.news().keys() == {"text", "share"}


def test_how_far_it_is_is_sent_when_it_has_changed(watched):
    assert watched.news() == {"text": "running: 0", "share": 0.0}
    assert watched.news() == {}
    watched.job.report(point(5))
    message = watched.news()
    assert (message["text"], message["share"]) == ("running: 5", 0.25)


def test_a_look_is_asked_for_at_the_pace_and_not_again_before_it_was_drawn(watched):
    watched.job.report(point(1))
    assert "look" not in watched.news(LOOK / 2)
    assert watched.news(LOOK)["look"] == 1
    watched.job.report(point(2))
    assert "look" not in watched.news(2 * LOOK)
    watched.draw()
    watched.job.report(point(3))
    assert watched.news(2 * LOOK)["look"] == 2
    watched.draw()
    assert "look" not in watched.news(2 * LOOK), "there is nothing new"


def test_the_pace_of_looks_follows_the_load(watched, monkeypatch):
    monkeypatch.setattr(stream.PACE, "factor", 10.0)
    watched.job.report(point(1))
    assert "look" not in watched.news(9 * LOOK)
    assert watched.news(2 * LOOK)["look"] == 1


def test_a_browser_that_was_asked_and_did_not_look_is_asked_again(watched):
    watched.job.report(point(1))
    assert watched.news(2 * LOOK)["look"] == 1
    assert "look" not in watched.news(ASK_AGAIN - 0.1)
    assert watched.news(0.2)["look"] == 2


@pytest.mark.parametrize(
    "changed",
    [
        JobView("waiting", 2),
        JobView("running", message="No room."),
        JobView("running", attempt=2),
        JobView("running", events=(point(1),)),
    ],
)
def test_whatever_a_script_would_draw_differently_is_looked_at(watched, changed):
    watched.draw()
    assert "look" not in watched.news(2 * LOOK)
    watched.job.see(changed)
    assert "look" in watched.news(2 * LOOK)


def test_the_end_is_looked_at_at_once_and_all_is_over_when_it_has_been_drawn(watched):
    watched.job.report(point(1))
    watched.draw()
    watched.news(2 * LOOK)
    watched.job.report(point(20), state="done")
    message = watched.news()
    assert message["look"] == 1
    assert not watched.follower.over
    assert "over" not in watched.news()
    watched.draw()
    assert watched.news() == {"over": True}
    assert watched.follower.over


def test_a_stopped_run_is_not_over_before_its_result_has_come(watched):
    watched.job.report(point(3), state="stopped")
    watched.draw()
    watched.news()
    assert not watched.follower.over
    watched.job.report(state="stopped", result=point(4))
    assert watched.news()["look"] == 1
    watched.draw()
    assert watched.news()["over"]


def test_a_run_whose_place_another_takes_tells_nothing_more(watched):
    watched.job.report(point(1))
    watched.news()
    watched.feed.run.replaced.set()
    watched.job.report(point(2), state="stopped", result=point(3))
    assert watched.news(2 * LOOK) == {}
    assert not watched.follower.over


def test_who_waits_for_a_look_is_back_in_time_and_who_has_seen_all_seldom_looks(watched):
    watched.job.report(point(1))
    watched.news(LOOK / 4)
    assert watched.follower.next_at() == pytest.approx(3 * LOOK / 4)
    watched.draw()
    watched.news(10 * LOOK)
    assert watched.follower.next_at() == UNASKED


WORDS = st.lists(
    st.sampled_from(["report", "restart", "look", "news", "stop", "fewer"]), max_size=40
)


@given(WORDS, st.randoms())
def test_whatever_happens_the_rows_that_were_sent_are_those_of_the_run(words, random):
    watched = Watched()
    rows: list[Any] = []

    def hear() -> None:
        message = watched.news(random.random())
        if "rows" in message:
            rows[message["first"] :] = message["rows"]

    for word in words:
        events = watched.job.seen.events
        last = events[-1].step if events else 0
        if word == "report":
            watched.job.report(point(last + random.randint(1, 3), random.random()))
        elif word == "restart":
            watched.job.see(JobView("running", attempt=2))
        elif word == "look":
            watched.draw()
        elif word == "stop":
            watched.job.see(JobView("stopped", events=events, result=point(last, random.random())))
        elif word == "fewer":
            watched.job.see(JobView("running", events=events[: len(events) // 2]))
        else:
            hear()
    hear()
    assert rows == [row_of(report) for report in watched.feed.run.snapshot().progress]


def test_where_no_stream_comes_through_scripts_bring_the_rows_to_the_end(watched):
    watched.job.report(point(1))
    assert watched.feed.rows() is None
    watched.feed.blocked = True
    assert watched.feed.rows() == [(1, 1.0)]
    watched.draw()
    assert watched.feed.source == watched.feed.address
    watched.job.report(point(20), state="done")
    watched.draw()
    assert watched.feed.source is None
    assert watched.feed.rows() == [(1, 1.0), (20, 1.0)]


class Connection:
    """The browser's end of a WebSocket of the server."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.incoming.put_nowait({"type": "websocket.connect"})

    async def message(self) -> dict[str, Any]:
        """The next message; fails when the connection is closed instead."""
        event = await asyncio.wait_for(self.sent.get(), 10)
        assert event["type"] == "websocket.send", event
        return json.loads(event["text"])

    async def messages_until(self, name: str) -> list[dict[str, Any]]:
        """All that come, to the first that has this."""
        messages = [await self.message()]
        while name not in messages[-1]:
            messages.append(await self.message())
        return messages

    async def close_code(self) -> int:
        """The code with which the server closes."""
        event = await asyncio.wait_for(self.sent.get(), 10)
        assert event["type"] == "websocket.close", event
        return int(event["code"])

    def leave(self) -> None:
        self.incoming.put_nowait({"type": "websocket.disconnect", "code": 1001})


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[tuple[Connection, asyncio.Task[None]]]:
    """A connection to this address that has been accepted, and the server's task that serves it."""
    connection = Connection()
    scope = {"type": "websocket", "path": f"/{address}", "query_string": b"", "headers": []}
    app = Starlette(routes=[stream.ROUTE])
    serving = asyncio.create_task(
        app(scope, connection.incoming.get, connection.sent.put)  # type: ignore[arg-type]
    )
    accepted = await asyncio.wait_for(connection.sent.get(), 10)
    assert accepted["type"] == "websocket.accept"
    yield connection, serving
    connection.leave()
    await asyncio.wait_for(serving, 10)


def test_an_unknown_ticket_is_turned_away_with_its_own_code():
    async def visit() -> int:
        async with connected("live/no-such-ticket") as (connection, _):
            return await connection.close_code()

    assert asyncio.run(visit()) == UNKNOWN


def test_a_run_that_has_ended_is_sent_whole_and_then_the_stream_is_closed(watched):
    watched.job.report(point(1), point(20), state="done")

    async def visit() -> list[dict[str, Any]]:
        async with connected(watched.feed.address) as (connection, _):
            messages = await connection.messages_until("look")
            watched.draw()
            messages += await connection.messages_until("over")
            assert await connection.close_code() == 1000
        return messages

    first, *_, last = asyncio.run(visit())
    assert first["rows"] == [[1, 1.0], [20, 1.0]]
    assert (first["text"], first["share"]) == ("done: 20", 1.0)
    assert last == {"over": True}
    assert watched.job.listeners == []


def test_what_is_reported_by_another_thread_is_sent_when_it_comes(watched):
    async def visit() -> tuple[float, dict[str, Any]]:
        async with connected(watched.feed.address) as (connection, _):
            await connection.message()
            watched.draw()
            await asyncio.sleep(2 * NEWS)
            assert connection.sent.empty(), "nothing is sent while nothing is new"
            await asyncio.to_thread(watched.job.report, point(7))
            return await connection.message()

    assert asyncio.run(visit())["rows"] == [[7, 1.0]]


def test_who_leaves_is_forgotten_while_the_run_goes_on(watched):
    async def visit() -> None:
        async with connected(watched.feed.address) as (connection, serving):
            await connection.message()
            assert len(watched.job.listeners) == 1
            connection.leave()
            await asyncio.wait_for(serving, 10)
            assert watched.job.listeners == []

    asyncio.run(visit())


def test_a_feed_is_gone_when_its_session_lets_go_of_it():
    watched = Watched()
    address, feed = watched.feed.address, weakref.ref(watched.feed)
    del watched
    gc.collect()
    assert feed() is None

    async def visit() -> int:
        async with connected(address) as (connection, _):
            return await connection.close_code()

    assert asyncio.run(visit()) == UNKNOWN


def test_two_feeds_of_one_run_are_followed_apart(watched):
    other = Feed(watched.feed.run, line_of, row_of)
    assert other.address != watched.feed.address
    assert re.fullmatch("live/[0-9a-f]{32}", other.address), "nobody guesses it; a key may hold it"
