"""Marks: right, carried on or unreadable. Hints: one part after another, never the answer."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.handcheck.calculation import Entry
from rnnlab.handcheck.exercises import Blank, exercise
from rnnlab.handcheck.forward import format_number
from rnnlab.handcheck.levels import LEVELS
from rnnlab.handcheck.marking import hint, hints, mark, marks, read_answer
from tests.handcheck.benches import blank_of

SEVEN = Blank(Entry("h", 1, 1), 7.0)
THIRD = Blank(Entry("h", 1, 1), 1 / 3)


def test_numbers_are_read_as_people_write_them():
    assert {read_answer(typed) for typed in ("7", "7.0", "7,0", "+7", " 7 ", "7.")} == {7}
    assert {read_answer(typed) for typed in ("−7", "- 7", "-7")} == {-7}
    assert {read_answer(typed) for typed in (".5", "1/2", "0.50")} == {0.5}
    assert read_answer("-1 / 4") == -0.25


BAD = ["1e400", "1e3", "nan", "-inf", "1/0", "seven", "1 2", "1,000.5", "--7", "/", "٣", "7" * 31]


@pytest.mark.parametrize("typed", [*BAD, "7" * 1_000_000, "\0", "0x7", "1_0"])
def test_what_is_no_number_is_unreadable_and_no_error(typed):
    assert read_answer(typed) is None
    assert mark(SEVEN, typed).state == "unreadable"


HUGE = "9" * 30
STATES = {
    ("7", "7,0", "14/2"): (SEVEN, "right"),
    ("7.01", "6.999"): (SEVEN, "not yet"),
    ("", "   ", "\n", " " * 1_000_000): (SEVEN, "empty"),
    ("0.33", "1/3", "0.34", "0.3234"): (THIRD, "right"),
    ("0.35", "0.32", "-0.33"): (THIRD, "not yet"),
}


@pytest.mark.parametrize("answers", STATES, ids=range(len(STATES)))
def test_a_whole_number_must_be_exact_and_another_may_be_off_by_a_hundredth(answers):
    blank, state = STATES[answers]
    assert {mark(blank, typed).state for typed in answers} == {state}


def test_a_near_miss_is_told_from_a_far_one():
    assert "Close" in mark(THIRD, "0.36").sentence
    assert "Close" not in mark(THIRD, "0.5").sentence


@pytest.mark.parametrize("name", LEVELS)
def test_all_answers_rounded_to_two_decimals_on_the_way_are_right(name):
    for seed in range(10):
        drawn = exercise(name, seed)
        typed = {blank.key: f"{blank.answer:.2f}" for blank in drawn.blanks}
        assert {each.state for each in marks(drawn, typed).values()} == {"right"}


def test_who_rounds_at_every_step_is_right_though_the_exact_number_is_further_off():
    # tanh, seed 7: W = [2 -1], U = [[2 -1] [2 0]], b = [0 -1], x = 0.5, then -1.
    # a_1 = [1 -1.5]; tanh: 0.76159, -0.90515. Kept as 0.77 (within 0.01) and -0.90:
    # a_2 = [-2 + 2·0.77 - 2·0.90, 1 - 0.77 - 1] = [-2.26, -0.77], exactly [-2.287, -0.762].
    drawn = exercise("tanh", 7)
    assert blank_of(drawn, "a_2_1").answer == pytest.approx(-2.287, abs=5e-4)
    typed = {"a_1_1": "1", "a_1_2": "-1.5", "h_1_1": "0.77", "h_1_2": "-0.90", "a_2_1": "-2.26"}
    assert marks(drawn, typed)["a_2_1"].state == "right"
    assert mark(blank_of(drawn, "a_2_1"), "-2.26").state == "not yet"


def test_a_right_calculation_from_a_wrong_number_is_said_kindly():
    # first_steps, seed 7: h_1 = [-1 0]. Someone has 3 for unit 1 instead; U = [[-1 1] [2 -1]].
    # Then h_2 = [2·-1 + 3·-1 + 0, 2·-1 + 3·1 + 1] = [-5, 2].
    drawn = exercise("first_steps", 7)
    marked = marks(drawn, {"h_1_1": "3", "h_1_2": "0", "h_2_1": "-5", "h_2_2": "1"})
    assert [each.state for each in marked.values()] == ["not yet", "right", "not yet", "not yet"]
    assert marked["h_2_1"].sentence == "Right from your h_1, but h_1 is not yet right."
    assert [key for key, each in marked.items() if "Right from" in each.sentence] == ["h_2_1"]


def test_the_right_number_is_right_whatever_came_before():
    marked = marks(exercise("first_steps", 7), {"h_1_1": "3", "h_2_1": "-1"})
    assert marked["h_2_1"].state == "right"


def test_an_empty_or_unreadable_number_before_it_does_not_make_a_right_one_wrong():
    marked = marks(exercise("first_steps", 7), {"h_1_1": "what?", "h_2_1": "-1", "h_2_2": "-2"})
    states = {key: each.state for key, each in marked.items()}
    assert states == {"h_1_1": "unreadable", "h_1_2": "empty", "h_2_1": "right", "h_2_2": "right"}


def test_errors_are_carried_through_the_way_back_too():
    # back, seed 7: dL/dh_2 = 2, U = 1, h_1 = 1. With 5 for it: dL/dh_1 = 5·1, dL/dU = 1·5.
    drawn = exercise("back", 7)
    typed = {"h_1_1": "1", "h_2_1": "3", "dh_2_1": "5", "dh_1_1": "5", "dU_0_1_1": "5"}
    marked = marks(drawn, typed)
    assert marked["dh_1_1"].sentence == "Right from your dL/dh_2, but dL/dh_2 is not yet right."
    assert marked["dU_0_1_1"].sentence.startswith("Right from your")
    assert "dL/dh_1 and dL/dh_2" in marked["dU_0_1_1"].sentence


@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_errors_are_carried_through_gates_too(name):
    drawn = exercise(name, 7)
    first = drawn.blanks[0]
    typed = {first.key: "0.1"}
    if name == "lstm":  # c_1 = f_1·0 + 0.1·g_1
        key, value = "c_1_1", 0.1 * blank_of(drawn, "g_1_1").answer
    else:  # h_1 = 0.1·0 + (1 - 0.1)·n_1
        key, value = "h_1_1", 0.9 * blank_of(drawn, "n_1_1").answer
    marked = marks(drawn, typed | {key: f"{value:.4f}"})
    assert marked[key].state == "not yet"
    assert f"Right from your {first.entry.symbol}_1," in marked[key].sentence


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from(["a_1_1", "h_1_1", "h_2_2", "x"]), st.text() | st.just(HUGE))
)
def test_marking_never_fails(typed):
    assert list(marks(exercise("tanh", 1), typed)) == [b.key for b in exercise("tanh", 1).blanks]


RESULT = re.compile(r"= (-?[0-9.e-]*[0-9])")


@pytest.mark.parametrize("name", LEVELS)
def test_no_hint_says_what_belongs_in_the_blank(name):
    results = 0
    for seed in range(20):
        drawn = exercise(name, seed)
        for blank in drawn.blanks:
            for sentence in hints(drawn, blank):
                values = RESULT.findall(sentence.replace("σ(s) = 1 /", ""))
                results += len(values)
                assert format_number(blank.answer) not in values
                assert all(abs(float(value) - blank.answer) > 0.005 for value in values)
            assert re.search(r"(Add|Take|Work)\b.*\.$", sentence)  # the last leaves a sum to do
    assert results > 20


def test_a_sum_is_hinted_at_part_by_part():
    # first_steps, seed 7: W = [-1 -1], U = [[-1 1] [2 -1]], x = 1, 2, h_1 = [-1 0], h_2 = [-1 -2].
    drawn = exercise("first_steps", 7)
    assert hints(drawn, blank_of(drawn, "h_2_1")) == (
        "x_2 · column 1 of W: 2·(-1) = -2. Next: h_1 · column 1 of U.",
        "h_1 · column 1 of U: (-1)·(-1) + 0·2 = 1. Add both parts and number 1 of b.",
    )
    # 2·-1 = -2 is what belongs in h_2_2, so it is not said; the rest adds up to 0.
    assert hints(drawn, blank_of(drawn, "h_2_2")) == (
        "x_2 · column 2 of W: 2·(-1). Next: h_1 · column 2 of U.",
        "h_1 · column 2 of U: (-1)·1 + 0·(-1) = -1. Add both parts and number 2 of b.",
    )


def test_a_single_product_is_written_out_without_its_result():
    # back, seed 7: dL/dh_1 = 2·1.
    drawn = exercise("back", 7)
    assert hints(drawn, blank_of(drawn, "dh_1_1")) == ("dL/dh_2 · row 1 of U: 2·1. Work this out.",)


def test_what_is_only_squashed_needs_one_hint():
    drawn = exercise("tanh", 7)
    assert hints(drawn, blank_of(drawn, "h_1_2")) == ("Take number 2 of a_1, then press tanh.",)


def test_gates_are_hinted_at_with_the_formula_of_the_sigmoid():
    # lstm, seed 7: W_i = 1, U_i = 2, x_1 = 0.5.
    drawn = exercise("lstm", 7)
    first, last = hints(drawn, blank_of(drawn, "i_1_1"))
    assert first == "x_1 · column 1 of W_i: 0.5·1 = 0.5. Next: h_0 · column 1 of U_i."
    assert "0·2 = 0" in last
    assert last.endswith("Add both parts and b_i, and put what you get as s into "
                         "σ(s) = 1 / (1 + exp(−s)).")  # fmt: skip


def test_the_hint_is_for_the_first_blank_that_is_not_right():
    drawn = exercise("first_steps", 7)
    right = {"h_1_1": "-1", "h_1_2": "0"}
    assert hint(drawn, {}).blank == blank_of(drawn, "h_1_1")
    assert hint(drawn, right).blank == blank_of(drawn, "h_2_1")
    assert hint(drawn, right | {"h_1_2": "5", "h_2_1": "-1"}).blank == blank_of(drawn, "h_1_2")
    assert hint(drawn, right).sentences == hints(drawn, blank_of(drawn, "h_2_1"))
    done = {blank.key: str(blank.answer) for blank in drawn.blanks}
    assert hint(drawn, done).blank is None
