"""The guess of a step, handed in by one click: it stands on the board by its step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnnlab.board import FEWEST, STAGES, MemoryBoards, Question
from rnnlab.exploration.game import ROUND
from rnnlab.lessons import LESSONS, Step, pack
from rnnlab.ui.class_board import joined
from tests.pages.opened import fine, opened, press, texts

STEPS = [
    pytest.param(lesson, number, id=f"{lesson.name} {number}")
    for lesson in LESSONS.values()
    for number, step in enumerate(lesson.steps, 1)
    if step.options
]
BUTTON = "Hand in this guess"
OWN = Step(
    "Try", "Is *it* <b>so</b>?", "Look.", "kinds", options=("*Yes*", "No $x$"), right="No $x$"
)


@pytest.fixture
def boards(monkeypatch):
    boards = MemoryBoards()
    monkeypatch.setattr(joined, "board_store", lambda: boards)
    return boards


@pytest.fixture
def keys(boards):
    return boards.open("a teacher")


def of_page(page, code, **query):
    return opened(f"pages/{page}.py", board=code, **query)


def choose(app, option):
    (group,) = [one for one in app.get("button_group") if one.key.startswith("guess_")]
    return fine(group.set_value(option).run())


def labels(app):
    return {button.label for button in app.button}


@pytest.mark.parametrize(("lesson", "number"), STEPS)
def test_every_guess_of_a_step_is_handed_in_by_one_click(boards, keys, lesson, number):
    step = lesson.steps[number - 1]
    app = of_page(step.page, keys.code, lesson=lesson.name, step=str(number))
    (button,) = [button for button in app.button if button.label == BUTTON]
    assert button.disabled
    app = press(choose(app, step.options[1]), BUTTON)
    assert "Handed in" in labels(app)
    (tally,) = boards.seen_by_teacher(keys.secret).tallies
    question = Question(step.question, step.options, step.right, None, "", lesson.name, number)
    assert (tally.question, tally.n) == (question, 1)
    assert BUTTON in labels(choose(app, step.options[0]))  # which is not handed in yet


def test_a_guess_counts_as_before_only_if_the_answer_was_not_to_be_seen(boards, keys, monkeypatch):
    step = LESSONS["echo"].steps[0]
    boards.show(keys.secret, STAGES[1])
    for number in range(FEWEST):
        monkeypatch.setattr(joined, "visitor", f"student {number}".upper)
        app = of_page(step.page, keys.code, lesson="echo")
        if number < 2:
            app = press(app, "Show the answer")
        app = press(choose(app, step.options[0]), BUTTON)
        if number == 4:  # seen after it was chosen
            press(press(app, "Show the answer"), "Handed in")
    (tally,) = boards.seen_by_teacher(keys.secret).tallies
    assert (tally.n, tally.before, tally.after) == (FEWEST, 3, 2)


def test_what_is_handed_in_of_a_game_is_the_score_of_the_first_one(boards, keys):
    app = choose(of_page("data_rules", keys.code, lesson="pair"), "About 10 of 20")
    app = press(app, BUTTON)
    for game in range(2):
        for _ in range(ROUND):
            app.button(key=f"look_say_{game}").click().run()
        score = app.metric[0].value.split()[0]
        if game == 0:
            first = score
            app = press(app.run(), f"Hand in guess and score, {first}")
            app = press(app, "Play again")
    assert score != first
    assert "Handed in" in labels(app.run())
    (handed,) = boards._by_code[keys.code].handed.values()
    assert (handed.answer.score, handed.answer.before) == (int(first), True)


def test_without_a_code_there_is_no_button():
    assert BUTTON not in labels(opened("pages/data_rules.py", lesson="pair"))


def test_a_teachers_own_guess_is_text_and_waits_on_the_board_for_the_nod(boards, keys):
    app = of_page("kinds", keys.code, lesson=pack(OWN))
    (group,) = [one for one in app.get("button_group") if one.key.startswith("guess_")]
    assert group.options == [r"\*Yes\*", r"No \$x\$"]
    app = press(choose(app, "*Yes*"), BUTTON)
    assert "No" in texts(press(app, "Show the answer"))
    (hidden,) = boards.seen_by_class(keys.code, "somebody").tallies
    assert (hidden.n, hidden.question.options) == (1, ())
    (waiting,) = boards.seen_by_teacher(keys.secret).waiting
    assert waiting.text == "Is *it* <b>so</b>? (*Yes* / No $x$)"


def test_where_nobody_says_what_is_right_there_is_nothing_to_uncover(keys):
    app = of_page("kinds", keys.code, lesson=pack(replace(OWN, right="")))
    assert "Show the answer" not in labels(app)
    assert "Handed in" in labels(press(choose(app, "*Yes*"), BUTTON))
