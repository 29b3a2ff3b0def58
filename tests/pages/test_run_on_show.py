"""The training page with a run on show: what it says while it runs, when it stops, at its end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.compute import JobView
from rnnlab.presets import PRESETS
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.ui.live_run.run import LiveRun
from rnnlab.ui.training.guess import Guess
from rnnlab.ui.training.run import GUESS, SLOT
from rnnlab.ui.training.views import VIEWS, fitting
from tests.pages.opened import TRAINING, opened
from tests.ui.fake_jobs import FakeJob
from tests.ui.moments import CASES, moment_of

EVERY_CASE = pytest.mark.parametrize("case", CASES)


def point(settings: Settings, step: int, **changes: object) -> TrainingProgress:
    """The progress of a moment, after another number of updates."""
    (told,) = moment_of(settings).progress
    return replace(told, step=step, seconds=step / 100, snapshot=True, **changes)


def page_with(
    settings: Settings,
    *progress: TrainingProgress,
    state: str = "running",
    plan: Plan | None = None,
    guess: Guess | None = None,
    knobs: Settings | None = None,
    **view: object,
) -> AppTest:
    """The training page with a job in this state that has told of this progress."""
    result = progress[-1] if state in ("done", "stopped") else None
    job = FakeJob(seen=JobView(state, events=progress, result=result, **view))
    run = LiveRun((plan or Plan(settings),), (job,), TrainingProgress)
    session = {SLOT.key: run, GUESS: guess}
    if settings.own is not None:
        session["own_series"] = settings.own
    return opened(TRAINING, session, **(knobs or settings).to_query())


def status(app: AppTest) -> str:
    (bar,) = app.get("progress")
    return bar.proto.text


def said(app: AppTest) -> str:
    return "\n".join(one.value for one in app.markdown)


def buttons(app: AppTest) -> dict[str, bool]:
    """Whether each can be pressed, by its label."""
    return {one.label: not one.disabled for one in app.button}


@EVERY_CASE
def test_a_run_of_every_kind_is_shown_while_it_goes_on(case):
    settings = CASES[case]
    step = max(settings.updates // 2, 1)
    app = page_with(settings, point(settings, 1), point(settings, step))
    assert status(app).startswith(f"Training: update {step:,} of {settings.updates:,}, epoch ")
    assert buttons(app)["Stop"]
    assert "Go on" not in buttons(app)
    assert "What has it learnt?" not in [one.value for one in app.subheader]
    assert len(app.metric) == 3
    assert "–" not in [one.value for one in app.metric]


@EVERY_CASE
def test_a_run_of_every_kind_is_shown_when_it_is_done(case):
    settings = CASES[case]
    app = page_with(settings, point(settings, 1), point(settings, settings.updates), state="done")
    assert status(app).startswith(f"Done: {settings.updates:,} updates in ")
    assert "Go on" not in buttons(app)
    assert not buttons(app)["Stop"]
    assert "What has it learnt?" in [one.value for one in app.subheader]
    (views,) = [one for one in app.button_group if one.key == "view"]
    assert list(views.options) == list(fitting(settings))


@pytest.mark.parametrize(
    ("state", "word"), [("stopped", "Stopped"), ("failed", "Stopped"), ("done", "Paused")]
)
def test_a_run_that_stopped_half_way_can_be_gone_on_with(state, word):
    settings = PRESETS["pair"].settings
    app = page_with(settings, point(settings, 1), point(settings, 500), state=state)
    assert status(app) == f"{word} at update 500 of 6,000, epoch 2."
    assert buttons(app)["Go on"]
    assert "Stop" not in buttons(app)


@pytest.mark.parametrize(
    ("state", "place", "words"),
    [
        ("starting", None, "The computing side is starting."),
        ("waiting", 1, "Next in the queue."),
        ("waiting", 3, "In the queue: 2 before this run."),
        ("running", None, "Compiling the network…"),
        ("failed", None, "It did not begin."),
    ],
)
def test_before_its_first_point_a_run_says_what_it_waits_for(state, place, words):
    app = page_with(Settings(), state=state, place=place)
    assert status(app).startswith(words)


def test_a_run_that_failed_says_why_and_claims_nothing():
    settings = Settings()
    app = page_with(settings, point(settings, 500), state="failed", message="It ran away.")
    assert app.error[0].value == "It ran away."
    assert "The loss is" not in said(app)


def test_a_run_that_is_done_is_judged_and_a_question_told_to_its_end():
    preset = PRESETS["pair"]
    last = point(preset.settings, 6000, loss=0.3471, losses=(0.3471,), accuracy=0.7505)
    app = page_with(preset.settings, last, state="done")
    assert "The loss is 0.3471 and the best possible is 0.3466: " in said(app)
    assert preset.afterwards in said(app)
    values = {one.label: one.value for one in app.metric}
    assert (values["Loss, last epoch"], values["Right guesses"]) == ("0.3471", "75.0%")


def test_the_end_of_a_question_is_not_told_before_it():
    preset = PRESETS["pair"]
    app = page_with(preset.settings, point(preset.settings, 500))
    assert preset.afterwards not in said(app)


def test_several_networks_are_counted_by_what_they_learnt():
    settings = Settings(networks=3)
    last = point(settings, 6000, loss=0.46, losses=(0.35, 0.34, 0.69))
    app = page_with(settings, last, state="done")
    values = {one.label: one.value for one in app.metric}
    assert values["Learnt it"] == "2 of 3"


def test_a_run_on_numbers_tells_its_usual_error():
    settings = PRESETS["toy"].settings
    last = point(settings, 2000, loss=0.0049, losses=(0.0049,))
    app = page_with(settings, last, state="done")
    assert {one.label: one.value for one in app.metric}["Root of it"] == "0.07"


@pytest.mark.parametrize("state", ["running", "done"])
def test_a_guess_is_answered_at_the_end(state):
    settings = Settings()
    last = point(settings, 6000, loss=0.3471, losses=(0.3471,))
    app = page_with(settings, last, state=state, guess=Guess("Nothing", 0.6))
    answer = "You guessed “nothing” and a loss of 0.6. It learnt all there is, and reached 0.3471."
    assert (answer in said(app)) == (state == "done")


TURNED = "Turned since this run: "


def test_a_run_with_the_same_knobs_says_nothing_of_knobs():
    settings = Settings()
    app = page_with(settings, point(settings, 500))
    assert TURNED not in said(app)


def test_knobs_that_were_turned_since_are_named_with_old_and_new():
    settings = Settings()
    knobs = replace(settings, units=7, window=10)
    app = page_with(settings, point(settings, 500), knobs=knobs)
    assert f"{TURNED}Units 6 → 7, Window 5 → 10." in said(app)
    assert not [label for label in buttons(app) if label.startswith("Use ")]


def test_another_rate_can_be_used_from_here_on():
    settings = Settings()
    knobs = replace(settings, learning_rate=0.3)
    app = page_with(settings, point(settings, 500), knobs=knobs)
    assert f"{TURNED}Learning rate 0.01 → 0.3." in said(app)
    assert buttons(app)["Use 0.3 from here on"]


def test_a_run_whose_rate_was_turned_is_held_against_its_rate_now():
    settings = Settings()
    plan = Plan(settings).turned(100, 0.3)
    now = replace(settings, learning_rate=0.3)
    app = page_with(settings, point(settings, 500), plan=plan, knobs=now)
    assert TURNED not in said(app)
    app = page_with(settings, point(settings, 500), plan=plan, knobs=replace(now, units=7))
    assert f"{TURNED}Units 6 → 7." in said(app)
    app = page_with(settings, point(settings, 500), plan=plan, knobs=settings)
    assert f"{TURNED}Learning rate 0.3 → 0.01." in said(app)
    assert buttons(app)["Use 0.01 from here on"]


OF_BITS, OF_NUMBERS = CASES["deep-lstm"], CASES["own-series"]


def test_there_is_no_view_that_neither_of_two_runs_has():
    assert {*fitting(OF_BITS), *fitting(OF_NUMBERS)} == {view.TITLE for view in VIEWS}


@pytest.mark.parametrize("settings", [OF_BITS, OF_NUMBERS], ids=["bits", "numbers"])
def test_every_view_opens_on_the_page_after_a_run(settings):
    last = point(settings, settings.updates)
    app = page_with(settings, point(settings, 1), last, state="done")
    for title in fitting(settings):
        app.session_state["view"] = title
        app.run()
        assert not app.exception, (title, app.exception)


def test_the_network_can_be_looked_at_as_it_was():
    settings = Settings()
    app = page_with(settings, point(settings, 1), point(settings, 6000), state="done")
    (replay,) = [one for one in app.select_slider if one.label.startswith("Replay")]
    assert list(replay.options) == ["0", "1", "6,000"]
    assert replay.value == 6000
    replay.set_value(0).run()
    assert not app.exception
