"""The picture of a live run: when it is left, its status, its trouble, what was turned since."""

from __future__ import annotations

import pytest
import streamlit as st

from rnnlab.compute import JobView
from rnnlab.progress import Progress
from rnnlab.settings import Settings
from rnnlab.ui.live_run import watching
from rnnlab.ui.live_run.run import LiveRun, RunSlot, Snapshot
from rnnlab.ui.live_run.stream import Feed, ProgressLine
from rnnlab.ui.live_run.watching import feed_of
from tests.ui.fake_jobs import ME, FakeJob, fake_store


class RerunError(Exception):
    """The page is drawn anew."""


class Picture:
    """A run of one job, and its picture: what was drawn of it, in a fragment that the test runs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.log: list[str] = []
        self.job = FakeJob()
        self.run = LiveRun(("task",), (self.job,), Progress, ME)
        fake_store(monkeypatch)
        monkeypatch.setattr(st, "fragment", self._fragment)
        monkeypatch.setattr(st, "rerun", self._rerun)

    def _fragment(self, function):
        self.look = function
        return function

    def _rerun(self):
        raise RerunError

    def watch(self) -> Feed:
        """Draw the page."""
        feed = feed_of(self.run, key="picture")
        watching.watch(
            feed,
            lambda snapshot: self.log.append(snapshot.state),
            leave=lambda: self.log.append("left"),
        )
        return feed


@pytest.fixture
def picture(monkeypatch) -> Picture:
    return Picture(monkeypatch)


def point(step: int) -> Progress:
    return Progress(step=step, steps=20, seconds=1.0)


def test_a_picture_is_drawn_at_each_look_and_at_its_end_the_page_is_drawn_anew(picture):
    picture.watch()
    picture.look()
    picture.job.report(point(20), state="done")
    with pytest.raises(RerunError):
        picture.look()
    assert picture.log == ["running", "running", "left"]
    picture.watch()
    picture.look()
    assert picture.log[3:] == ["done", "done"]


def test_a_stopped_run_is_watched_until_its_result_is_there(picture):
    picture.job.report(point(3), state="stopped")
    picture.watch()
    picture.look()
    picture.job.report(state="stopped", result=point(4))
    with pytest.raises(RerunError):
        picture.look()
    assert picture.log == ["stopped", "stopped", "left"]


def test_its_feed_knows_what_was_drawn_and_when_all_of_it_was(picture):
    feed = picture.watch()
    before = feed.drawn
    picture.job.report(point(3))
    picture.look()
    assert (feed.drawn == before, feed.drawings, feed.ended) == (False, 2, False)
    picture.job.report(point(20), state="done")
    with pytest.raises(RerunError):
        picture.look()
    assert feed.drawn == picture.run.snapshot().version
    assert feed.ended


def test_no_run_is_drawn_once_and_never_left(picture):
    watching.watch(None, lambda snapshot: picture.log.append(snapshot.state))
    picture.look()
    assert picture.log == ["waiting", "waiting"]


def test_a_click_that_begins_another_run_draws_the_page_anew_at_once(picture):
    state = {}
    watching.watch_run(RunSlot("run", "a:work", Progress, lambda: state), lambda *_: None)
    picture.look()
    state["run"] = picture.run
    with pytest.raises(RerunError):
        picture.look()


def test_the_page_that_is_left_is_told_of_the_run_as_it_ended(picture):
    state, left = {"run": picture.run}, []
    watching.watch_run(
        RunSlot("run", "a:work", Progress, lambda: state),
        lambda _, snapshot, feed: picture.log.append(feed.line(snapshot).text),
        line=lambda snapshot: ProgressLine(f"at {snapshot.step}", 0.0),
        leave=lambda run, snapshot: left.append((run, snapshot.step)),
    )
    picture.job.report(point(20), state="done")
    with pytest.raises(RerunError):
        picture.look()
    assert picture.log == ["at 0"]
    assert left == [(picture.run, 20)]


def test_a_picture_keeps_its_feed_as_long_as_it_is_about_the_same_jobs(picture):
    feed = feed_of(picture.run, key="picture")
    same = LiveRun(("task",), picture.run.jobs, Progress, ME)
    assert feed_of(same, key="picture") is feed
    assert feed_of(same, key="another picture") is not feed
    gone_on_with = LiveRun(("task",), picture.run.jobs, Progress, ME, earlier=(point(3),))
    assert feed_of(gone_on_with, key="picture") is not feed
    gone_on_with.replaced.set()
    begun_anew = LiveRun(("task",), picture.run.jobs, Progress, ME, gone_on_with.earlier)
    assert not feed_of(begun_anew, key="picture").run.replaced.is_set()
    other = LiveRun(("task",), (FakeJob(),), Progress, ME)
    assert feed_of(other, key="picture").address != feed.address


def test_a_session_keeps_the_feeds_of_the_pictures_that_it_drew_last(picture):
    first = feed_of(picture.run, key=0)
    for number in range(1, watching.MAX_FEEDS):
        feed_of(picture.run, key=number)
    assert feed_of(picture.run, key=0) is first
    for number in range(watching.MAX_FEEDS, 2 * watching.MAX_FEEDS - 1):
        feed_of(picture.run, key=number)
    assert feed_of(picture.run, key=0) is first
    feed_of(picture.run, key=1)
    assert len(st.session_state[watching.FEEDS]) == watching.MAX_FEEDS


def status(state: str, place: int | None = None, step: int | None = None) -> str:
    history = () if step is None else (Progress(step=step, steps=40, seconds=4.0),)
    return watching.status(
        Snapshot((JobView(state, place),), (history,)),
        noun="training",
        beginning="Reading.",
        where="update 21",
        done="Done.",
        left=", 2 s left",
    )


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        (("starting",), "The computing side is starting. The first time takes a few seconds."),
        (("waiting", 3), "In the queue: 2 before this training."),
        (("waiting", 1), "Next in the queue."),
        (("running",), "Reading."),
        (("failed",), "It did not begin."),
        (("running", None, 21), "Training: update 21, 2 s left."),
        (("waiting", 2, 21), "Training: update 21, 2 s left."),
        (("stopped", None, 21), "Stopped at update 21."),
        (("failed", None, 21), "Stopped at update 21."),
        (("done", None, 21), "Paused at update 21."),
        (("done", None, 40), "Done."),
    ],
)
def test_where_it_stands(moment, sentence):
    assert status(*moment) == sentence


@pytest.mark.parametrize(("state", "box"), [("failed", "error"), ("running", "info")])
def test_trouble_is_shown_as_it_is_never_as_markdown(monkeypatch, state, box):
    messages = []
    monkeypatch.setattr(st, box, lambda text, **_: messages.append(text))
    watching.show_trouble(Snapshot((JobView(state, message="No *room* in $x$."),)))
    assert messages == [r"No \*room\* in \$x\$."]
    watching.show_trouble(Snapshot((JobView(state),)))
    assert len(messages) == 1


def test_knobs_that_were_turned_since_are_named_with_old_and_new():
    now = Settings.of({"rule": "echo", "units": 7, "delay": 3})
    sentence = watching.turned_since(Settings(), now)
    assert sentence.startswith(":material/tune: Turned since this run: ")
    assert "Units 6 → 7" in sentence
    assert "Delay not used → 3" in sentence
