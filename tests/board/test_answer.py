"""What is handed in is checked: a number that is none, a text that is no sentence, is refused."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.board import LONGEST_SENTENCE, Answer, LearningTask, Question
from rnnlab.bounds import AMOUNTS
from rnnlab.errors import BoardError
from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from tests.board.made import answer, asked, step


def test_a_task_has_the_numbers_of_the_rule_and_the_name_of_its_question():
    of_pair = LearningTask.of(PRESETS["pair"].settings)
    assert of_pair.baseline == pytest.approx(math.log(2), abs=1e-6)
    assert of_pair.best == pytest.approx(math.log(2) / 2, abs=1e-6)


@pytest.mark.parametrize("name", PRESETS)
def test_answers_with_other_luck_are_about_the_same_question_and_those_of_other_settings_not(name):
    settings = PRESETS[name].settings
    question = Question.of_run(settings)
    assert question.title == PRESETS[name].question
    assert Question.of_run(replace(settings, seed=settings.seed + 1)) == question
    other = Question.of_run(replace(settings, units=settings.units + 1))
    assert other != question
    assert other.title == f"{PRESETS[name].question} Units {settings.units + 1}"


def test_of_many_knobs_the_title_names_a_few():
    turned = {"lag": 4, "units": 9, "window": 7, "cell": "gru", "carry_state": False}
    title = Question.of_run(Settings.of({"rule": "pair"} | turned)).title
    assert title.endswith("Lag 4, Cell gru, Units 9 and 2 more")


def test_the_title_of_a_rule_of_ones_own_holds_nothing_of_it():
    settings = Settings.of({"rule": "own", "expression": "x[t-4] or x[t-3]"})
    title = Question.of_run(settings).title
    assert "x[t" not in title
    assert title.startswith(Settings.of({"rule": "own"}).data.title)


def test_how_much_was_learnt_follows_from_the_loss():
    settings = PRESETS["pair"].settings
    learnt = [Answer.of(settings, loss).learnt for loss in (0.69, 0.5, 0.347)]
    assert learnt == [*AMOUNTS]


@pytest.mark.parametrize("loss", [math.nan, math.inf, -0.1, True, "0.3", None, 1e300, [1]])
def test_what_is_no_loss_is_refused(loss):
    with pytest.raises(BoardError, match="loss"):
        Answer(asked(), loss, AMOUNTS[0])
    with pytest.raises(BoardError, match="loss"):
        Answer(asked(), 0.3, AMOUNTS[0], None, loss if loss is not None else "")


@pytest.mark.parametrize("guess", ["all there is", "", 1, ["Nothing"], {"a": 1}])
def test_a_guess_is_one_of_three(guess):
    with pytest.raises(BoardError, match="Nothing, A part, All there is"):
        Answer(asked(), 0.3, AMOUNTS[0], guess)


def test_a_step_of_a_lesson_takes_one_of_its_options_and_no_result():
    question = step(1)
    assert Answer(question, guess=question.options[0]).guessed
    with pytest.raises(BoardError, match="no guess yet"):
        Answer(question)
    with pytest.raises(BoardError, match="1 step, 3 steps, 5 steps"):
        Answer(question, guess=AMOUNTS[0])
    with pytest.raises(BoardError, match="Only a run"):
        Answer(question, 0.3, guess=question.options[0])
    with pytest.raises(BoardError, match="loss"):
        Answer(asked(), guess=AMOUNTS[0])


@pytest.mark.parametrize("score", [-1, 1001, 0.5, "3", True, 10**400])
def test_what_is_no_score_is_refused(score):
    with pytest.raises(BoardError, match="score"):
        Answer(step(1), guess=step(1).options[0], score=score)
    with pytest.raises(BoardError, match="score"):
        Answer(asked(), 0.3, AMOUNTS[0], score=3)


@pytest.mark.parametrize(
    ("text", "options"),
    [("Why?", ("a", "a")), ("Why?", tuple("abcde")), ("x" * 300, ()), ("Why?", (1, 2)), (None, ())],
)
def test_a_question_that_is_none_is_refused(text, options):
    with pytest.raises(BoardError, match="question"):
        Question(text, options)


def test_a_sentence_is_one_line_of_signs_that_can_be_seen():
    shown = answer(sentence=" It \n learnt\t\x00 \u202eit\u2066 \ud800! ").sentence
    assert shown == "It learnt it !"
    assert answer(sentence="a" + "\u0301" * 50).sentence.startswith("á")
    assert len(answer(sentence="a" + "\u0315" * 50).sentence) == 3
    assert answer(sentence="می\u200cخواهم 学 👩\u200d🏫").sentence == "می\u200cخواهم 学 👩\u200d🏫"


def test_a_sentence_that_is_too_long_is_refused_with_limit_and_length():
    answer(sentence="a" * LONGEST_SENTENCE)
    with pytest.raises(BoardError, match="200 characters, but it has 1,000"):
        answer(sentence="a" * 1000)


@given(st.text(st.characters(codec=None), max_size=LONGEST_SENTENCE))
def test_any_text_becomes_a_line_without_hidden_signs(text):
    shown = answer(sentence=text).sentence
    kinds = {
        unicodedata.category(sign) for sign in shown.replace("\u200c", "").replace("\u200d", "")
    }
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert len(shown) <= LONGEST_SENTENCE
    assert answer(sentence=shown).sentence == shown
