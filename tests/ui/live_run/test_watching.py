"""The picture of a live run: when it is left, its status, its trouble, what was turned since."""

from __future__ import annotations

import pytest
import streamlit as st

from rnnlab.compute import JobView
from rnnlab.progress import Progress
from rnnlab.settings import Settings
from rnnlab.ui.live_run import watching
from rnnlab.ui.live_run.run import RunSlot, Snapshot


class RerunError(Exception):
    """The page is drawn anew."""


class Ticks:
    """A fragment that ticks when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.every: float | None = None
        self.log: list[str] = []
        self.stage = "live"
        monkeypatch.setattr(st, "fragment", self._fragment)
        monkeypatch.setattr(st, "rerun", self._rerun)

    def _fragment(self, function, run_every):
        self.every = run_every

        def first(*arguments):
            self.tick = lambda: function(*arguments)
            self.tick()

        return first

    def _rerun(self):
        raise RerunError

    def watch(self) -> None:
        watching.watch(
            lambda: self.stage,
            lambda: self.log.append(self.stage),
            leave=lambda: self.log.append("left"),
        )


@pytest.fixture
def ticks(monkeypatch) -> Ticks:
    return Ticks(monkeypatch)


def test_a_picture_is_drawn_at_each_tick_its_end_once_and_then_the_page_is_drawn_anew(ticks):
    ticks.watch()
    assert ticks.every == watching.TICK
    ticks.tick()
    ticks.stage = ""
    ticks.tick()
    with pytest.raises(RerunError):
        ticks.tick()
    assert ticks.log == ["live", "live", "", "left"]


def test_what_is_over_when_the_page_is_drawn_does_not_tick(ticks):
    ticks.stage = ""
    ticks.watch()
    ticks.tick()
    assert (ticks.every, ticks.log) == (None, ["", ""])


def test_a_click_that_begins_another_run_draws_the_page_anew_at_once(ticks):
    state = {}
    watching.watch_run(RunSlot("run", "a:work", Progress, lambda: state), lambda *_: None)
    ticks.tick()
    state["run"] = object()
    with pytest.raises(RerunError):
        ticks.tick()


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
