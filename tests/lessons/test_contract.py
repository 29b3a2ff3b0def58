"""What every lesson keeps that travels with the lab: its steps are opened as visitors open them."""

from __future__ import annotations

import pytest

from rnnlab.articles import ARTICLES
from rnnlab.lessons import LESSONS, PAGES, lesson_of
from tests.pages.opened import ROOT, opened, opened_once, press, texts

STEPS = [
    pytest.param(lesson, number, id=f"{lesson.name} {number}")
    for lesson in LESSONS.values()
    for number in range(1, len(lesson.steps) + 1)
]
READ_ONCE = {"text", "run", "view"}
"""Parameters that a page reads and does not keep, or links only once a run has ended."""


def step_opened(lesson, number, **query):
    page = f"pages/{lesson.steps[number - 1].page}.py"
    return opened_once(page, lesson=lesson.name, step=str(number), **query)


def test_every_article_has_its_lesson_and_every_kind_of_page():
    assert sorted(lesson.article for lesson in LESSONS.values()) == sorted(ARTICLES)
    shown = {step.page for lesson in LESSONS.values() for step in lesson.steps}
    assert shown >= {"hand_check", "data_rules", "training", "sentiment", "next_word"}


def test_every_page_of_a_lesson_is_there():
    assert all((ROOT / "pages" / f"{page}.py").exists() for page in PAGES)


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
def test_a_lesson_fits_between_two_bells(lesson):
    assert lesson_of(lesson.name) is lesson
    assert lesson.title.endswith("?")
    assert lesson.sentence
    assert 5 <= lesson.minutes <= 15
    assert 3 <= len(lesson.steps) <= 6


@pytest.mark.parametrize(("lesson", "number"), STEPS)
def test_a_step_asks_shows_and_explains(lesson, number):
    step = lesson.steps[number - 1]
    assert all((step.title, step.question.endswith("?"), step.task, step.sees, step.why))
    assert step.options or step.page == "training", "something must be guessed"
    assert step.check.words or step.check.loss, "a test must see what it promises"


@pytest.mark.parametrize(("lesson", "number"), STEPS)
def test_a_step_opens_as_it_says(lesson, number):
    step = lesson.steps[number - 1]
    app = step_opened(lesson, number)
    assert app.title[0].value == step.question
    assert not app.warning
    assert not app.info
    address = app.session_state["address"]
    linked = {key for part in address.parts.values() for key in part}
    assert step.opens.keys() - READ_ONCE <= linked
    for key, text in step.opens.items():
        if key in address.knobs:
            knob = address.knobs[key]
            assert app.session_state[key] == knob.read(text)


@pytest.mark.parametrize(("lesson", "number"), STEPS)
def test_a_step_shows_the_knobs_that_may_be_turned_and_no_others(lesson, number):
    app = step_opened(lesson, number)
    address, turn = app.session_state["address"], lesson.steps[number - 1].turn
    kinds = ("slider", "select_slider", "number_input", "toggle", "selectbox", "button_group")
    drawn = {widget.key for kind in kinds for widget in app.get(kind)}
    assert drawn & address.knobs.keys() == set(turn)


@pytest.mark.parametrize(("lesson", "number"), STEPS)
def test_no_address_turns_what_a_step_holds_fast(lesson, number):
    address = step_opened(lesson, number).session_state["address"]
    turn = lesson.steps[number - 1].turn
    held = {key: knob for key, knob in address.knobs.items() if key not in turn}
    before = {key: address.hold.value_of(key, knob)[0] for key, knob in held.items()}
    others = {key: other(knob, before[key]) for key, knob in held.items()}
    query = {key: text for key, text in others.items() if text is not None}
    page = f"pages/{lesson.steps[number - 1].page}.py"
    app = opened(page, lesson=lesson.name, step=str(number), **query)
    assert {key: app.session_state[key] for key in held} == before
    assert len(app.warning) == 1
    assert "This lesson keeps" in app.warning[0].value
    assert not held.keys() & app.query_params.keys()


def other(knob, value):
    """The text of another value of a knob; None if it has only one."""
    if isinstance(knob.default, bool):
        return knob.text(not value)
    values = knob.choices or (knob.low, knob.high, knob.default)
    others = [one for one in values if one is not None and one != value]
    return knob.text(type(knob.default)(others[0])) if others else None


def test_a_knob_that_is_open_takes_what_the_address_says_and_keeps_it():
    app = opened("pages/training.py", lesson="pair", step="5", lag="7")
    assert app.session_state["lag"] == 7
    assert app.query_params["lag"] in ("7", ["7"])


def test_an_open_knob_turned_to_its_default_stays_so_in_the_address():
    lag = LESSONS["pair"].steps[4].opens["lag"]
    app = opened("pages/training.py", lesson="pair", step="5", lag="1")
    assert lag != "1"
    assert app.session_state["lag"] == 1
    assert app.query_params["lag"] in ("1", ["1"])


def test_a_run_in_the_address_has_the_knobs_of_the_lesson():
    app = opened("pages/training.py", lesson="pair", step="4", run="to=end&cell=gru")
    assert "This lesson keeps" in app.warning[0].value
    assert "run" not in app.query_params


def test_a_link_to_the_wrong_page_leads_to_the_right_one():
    app = opened("pages/kinds.py", lesson="pair", step="4")
    assert app.title[0].value == LESSONS["pair"].steps[3].question


@pytest.mark.parametrize("name", ["nothing", "~", "~AAAA", "PAIR", "<b>", "~" + 2000 * "A"])
def test_a_lesson_that_is_none_is_one_sentence(name):
    app = opened("pages/training.py", lesson=name)
    assert len(app.warning) == 1
    assert "lesson" in app.warning[0].value
    assert "lesson" not in app.query_params


@pytest.mark.parametrize("step", ["0", "7", "-1", "1e3", "٣", "x" * 500])
def test_a_step_that_is_none_is_one_sentence_and_the_first(step):
    app = opened("pages/data_rules.py", lesson="pair", step=step)
    assert len(app.warning) == 1
    assert app.title[0].value == LESSONS["pair"].steps[0].question


def test_who_leaves_finds_the_page_as_it_was_with_all_its_knobs():
    app = press(opened("pages/training.py", lesson="pair", step="5", lag="7"), "Leave")
    assert app.session_state["lag"] == 7
    assert {"Window", "Units", "Layers"} <= {slider.label for slider in app.slider}
    assert [*app.query_params] == ["lag"]


def test_the_answer_waits_for_who_asks():
    app = opened("pages/data_rules.py", lesson="pair", step="2")
    step = LESSONS["pair"].steps[1]
    assert step.why not in texts(app)
    (group,) = [one for one in app.get("button_group") if one.key.startswith("guess_")]
    app = group.set_value(step.options[0]).run()
    assert step.why not in texts(app)
    told = texts(press(app, "Show the answer"))
    assert step.why in told
    assert f"You guessed “{step.options[0]}”" in told
