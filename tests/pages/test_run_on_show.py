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
from rnnlab.ui.live_run.watching import FEEDS
from rnnlab.ui.training.guess import Guess
from rnnlab.ui.training.run import GUESS, SLOT
from rnnlab.ui.training.views import fitting
from tests.pages.opened import TRAINING, component_data, fine, opened, texts
from tests.ui.fake_jobs import ME, FakeJob
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
    run = LiveRun((plan or Plan(settings),), (job,), TrainingProgress, ME)
    session = {SLOT.key: run, GUESS: guess}
    if settings.own is not None:
        session["own_series"] = settings.own
    return opened(TRAINING, session, **(knobs or settings).to_query())


def status(app: AppTest) -> str:
    text: str = component_data(app, "bar")["run_bar"]["text"]
    return text


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
    assert "What has it learnt?" not in [one.value for one in app.header]
    assert len(app.metric) == 3
    assert "–" not in [one.value for one in app.metric]


def test_what_the_stream_tells_is_not_sent_again_with_every_look():
    settings = Settings()
    app = page_with(settings, point(settings, 1), point(settings, 500))
    job = app.session_state[SLOT.key].jobs[0]
    live = [component_data(app, name) for name in ("bar", "curve")]
    assert live[0]["run_bar"]["stream"] == live[1]["loss_curve"]["stream"]
    assert live[1]["loss_curve"]["rows"] is None
    loss = app.metric[0].value
    job.report(point(settings, 700, loss=0.123, losses=(0.123,)))
    fine(app.run())
    assert [component_data(app, name) for name in ("bar", "curve")] == live
    assert app.metric[0].value != loss
    job.report(point(settings, 6000), state="done")
    fine(app.run())
    assert status(app).startswith("Done")


def test_where_the_stream_is_blocked_every_look_brings_all_of_it():
    settings = Settings()
    app = page_with(settings, point(settings, 1), point(settings, 500))
    (feed,) = app.session_state[FEEDS].values()
    feed.blocked = True
    app.session_state[SLOT.key].jobs[0].report(point(settings, 700))
    fine(app.run())
    assert status(app).startswith("Training: update 700 of")
    rows = component_data(app, "curve")["loss_curve"]["rows"]
    assert [update for update, *_ in rows] == [1, 500, 700]


@EVERY_CASE
def test_a_run_of_every_kind_is_shown_when_it_is_done(case):
    settings = CASES[case]
    app = page_with(settings, point(settings, 1), point(settings, settings.updates), state="done")
    assert status(app).startswith(f"Done: {settings.updates:,} updates in ")
    assert "Go on" not in buttons(app)
    assert not buttons(app)["Stop"]
    assert "What has it learnt?" in [one.value for one in app.header]
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


def test_a_run_that_failed_says_why_and_claims_nothing():
    settings = Settings()
    app = page_with(settings, point(settings, 500), state="failed", message="It ran away.")
    assert app.error[0].value == "It ran away."
    assert "The loss is" not in texts(app)


def test_a_run_that_is_done_is_judged_and_a_question_told_to_its_end():
    preset = PRESETS["pair"]
    last = point(preset.settings, 6000, loss=0.3471, losses=(0.3471,), accuracy=0.7505)
    app = page_with(preset.settings, last, state="done")
    assert "The loss is 0.3471 and the best possible is 0.3466" in texts(app)
    assert preset.afterwards in texts(app)
    values = {one.label: one.value for one in app.metric}
    assert (values["Loss, last epoch"], values["Right guesses"]) == ("0.3471", "75.0%")


def test_the_end_of_a_question_is_not_told_before_it():
    preset = PRESETS["pair"]
    app = page_with(preset.settings, point(preset.settings, 500))
    assert preset.afterwards not in texts(app)


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
    assert (answer in texts(app)) == (state == "done")


TURNED = "Turned since this run: "


@pytest.mark.parametrize(
    ("turned_before", "knobs", "sentence", "button"),
    [
        (None, {}, "", ""),
        (None, {"units": 7, "window": 10}, "Units 6 → 7, Window 5 → 10.", ""),
        (None, {"learning_rate": 0.3}, "Learning rate 0.01 → 0.3.", "Use 0.3 from here on"),
        (0.3, {"learning_rate": 0.3}, "", ""),
        (0.3, {"learning_rate": 0.3, "units": 7}, "Units 6 → 7.", ""),
        (0.3, {}, "Learning rate 0.3 → 0.01.", "Use 0.01 from here on"),
    ],
)
def test_knobs_are_held_against_the_run_as_it_is_now(turned_before, knobs, sentence, button):
    settings = Settings()
    plan = Plan(settings) if turned_before is None else Plan(settings).turned(100, turned_before)
    app = page_with(settings, point(settings, 500), plan=plan, knobs=replace(settings, **knobs))
    assert (TURNED in texts(app)) == bool(sentence)
    assert f"{TURNED}{sentence}" in texts(app) or not sentence
    offers = [label for label in buttons(app) if label.startswith("Use ")]
    assert offers == [button] * bool(button)


def test_the_network_can_be_looked_at_as_it_was():
    settings = Settings()
    app = page_with(settings, point(settings, 1), point(settings, 6000), state="done")
    (replay,) = [one for one in app.select_slider if one.label.startswith("Replay")]
    assert list(replay.options) == ["0", "1", "6,000"]
    assert replay.value == 6000
    replay.set_value(0).run()
    assert not app.exception


def test_everything_said_of_a_series_is_about_the_values_held_out():
    settings = CASES["own-series"]
    looks = [
        point(settings, step, held_out=(loss,))
        for step, loss in ((7, 0.5), (settings.updates, 0.04))
    ]
    app = page_with(settings, *looks, state="done")
    assert "On the values held out the loss is 0.04, so the root mean squared error is 0.2" in (
        texts(app)
    )
    metrics = {metric.label: (metric.value, metric.delta) for metric in app.metric}
    assert metrics["Loss, last epoch"] == ("0.7", "0.04 held out")
    assert metrics["Root of it"] == (f"{0.7**0.5:.4g}", "0.2 held out")
    (curve,) = component_data(app, "curve").values()
    assert curve["names"] == ["values it learns from", "values held out"]
    errors = settings.sample_rule.baselines(settings.window)
    assert [line["loss"] for line in curve["lines"]] == pytest.approx(list(errors.values()))
    assert "0.04 on the values held out" in curve["alt"]


def test_bits_that_are_known_by_heart_are_no_success():
    settings = CASES["gru"]  # of 3 networks
    end = point(settings, settings.updates, losses=(0.1,) * 3, held_out=(0.8, 0.7, 0.36))
    app = page_with(settings, end, state="done")
    assert "by heart" in texts(app)
    assert {metric.label: metric.value for metric in app.metric}["Learnt it"] == "1 of 3"


def replayed(app: AppTest) -> list[int]:
    """Where the slider of the replay stands, if there is one."""
    return [slider.value for slider in app.select_slider if slider.label.startswith("Replay")]


@pytest.mark.parametrize("with_weights", [(7, 30), (7,), ()])
def test_where_a_run_stopped_the_bar_the_slider_and_the_text_say_the_same(with_weights):
    settings = CASES["gru"]
    progress = [
        replace(report, weights=report.weights if report.step in with_weights else None)
        for report in (point(settings, step) for step in (7, 30, 43))
    ]
    app = page_with(settings, *progress, state="stopped")
    assert status(app).startswith("Stopped at update 43 of")
    assert "The curve ends at update 43." in texts(app)
    latest = max(with_weights, default=0)
    assert f"are those {f'after update {latest}' if latest else 'before any update'}." in texts(app)
    assert replayed(app) == [latest] * bool(with_weights)


def test_where_the_weights_of_the_end_are_there_nothing_needs_to_be_said():
    settings = CASES["gru"]
    app = page_with(settings, *(point(settings, step) for step in (7, 43)), state="stopped")
    assert replayed(app) == [43]
    assert "The curve ends" not in texts(app)
