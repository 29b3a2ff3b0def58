"""Marking: what counts as right, what is merely carried on, and what cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.handcheck.calculation import Entry
from rnnlab.handcheck.exercises import Blank, exercise
from rnnlab.handcheck.levels import LEVELS
from rnnlab.handcheck.marking import TOLERANCE_SENTENCE, mark, marks, read_answer
from tests.handcheck.benches import blank_of

SEVEN = Blank(Entry("h", 1, 1), 7.0)
THIRD = Blank(Entry("h", 1, 1), 1 / 3)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7),
        ("7.0", 7),
        ("7,0", 7),
        ("+7", 7),
        (" 7 ", 7),
        ("−7", -7),
        ("- 7", -7),
        (".5", 0.5),
        ("7.", 7),
        ("1/2", 0.5),
        ("-1 / 4", -0.25),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, number):
    assert read_answer(typed) == number


BAD = [
    "1e400",
    "1e3",
    "nan",
    "inf",
    "-inf",
    "1/0",
    "seven",
    "1 2",
    "1,000.5",
    "--7",
    "/",
    "٣",
    "7" * 31,
]


@pytest.mark.parametrize("typed", [*BAD, "7" * 1_000_000, "\0", "0x7", "1_0"])
def test_what_is_no_number_is_unreadable_and_no_error(typed):
    assert read_answer(typed) is None
    assert mark(SEVEN, typed).state == "unreadable"


@pytest.mark.parametrize("typed", ["", "   ", "\n", " " * 1_000_000])
def test_nothing_is_empty(typed):
    assert mark(SEVEN, typed).state == "empty"


@given(st.text())
def test_any_text_gets_one_of_the_four_states(typed):
    assert mark(THIRD, typed).state in ("right", "not yet", "empty", "unreadable")


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("7", "right"),
        ("7,0", "right"),
        ("14/2", "right"),
        ("7.01", "not yet"),
        ("6.999", "not yet"),
    ],
)
def test_a_whole_number_must_be_exact(typed, state):
    assert mark(SEVEN, typed).state == state


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("0.33", "right"),
        ("1/3", "right"),
        ("0.34", "right"),
        ("0.3234", "right"),
        ("0.35", "not yet"),
        ("0.32", "not yet"),
        ("-0.33", "not yet"),
    ],
)
def test_another_number_may_be_off_by_a_hundredth(typed, state):
    assert mark(THIRD, typed).state == state
    assert "0.01" in TOLERANCE_SENTENCE


def test_a_near_miss_is_told_from_a_far_one():
    assert "Close" in mark(THIRD, "0.36").sentence
    assert "Close" not in mark(THIRD, "0.5").sentence


@pytest.mark.parametrize("name", LEVELS)
def test_all_answers_rounded_to_two_decimals_on_the_way_are_right(name):
    for seed in range(10):
        one = exercise(name, seed)
        typed = {blank.key: f"{blank.answer:.2f}" for blank in one.blanks}
        assert {each.state for each in marks(one, typed).values()} == {"right"}


def test_who_rounds_at_every_step_is_right_though_the_exact_number_is_further_off():
    # tanh, seed 7: W = [2 -1], U = [[2 -1] [2 0]], b = [0 -1], x = 0.5, then -1.
    # a_1 = [1 -1.5]; tanh: 0.76159, -0.90515. Kept as 0.77 (within 0.01) and -0.90:
    # a_2 = [-2 + 2·0.77 - 2·0.90, 1 - 0.77 - 1] = [-2.26, -0.77], exactly [-2.287, -0.762].
    one = exercise("tanh", 7)
    assert blank_of(one, "a_2_1").answer == pytest.approx(-2.287, abs=5e-4)
    typed = {"a_1_1": "1", "a_1_2": "-1.5", "h_1_1": "0.77", "h_1_2": "-0.90", "a_2_1": "-2.26"}
    assert marks(one, typed)["a_2_1"].state == "right"
    assert mark(blank_of(one, "a_2_1"), "-2.26").state == "not yet"


def test_a_right_calculation_from_a_wrong_number_is_said_kindly():
    # first_steps, seed 7: h_1 = [-1 0]. Someone has 3 for unit 1 instead; U = [[-1 1] [2 -1]].
    # Then h_2 = [2·-1 + 3·-1 + 0, 2·-1 + 3·1 + 1] = [-5, 2].
    one = exercise("first_steps", 7)
    found = marks(one, {"h_1_1": "3", "h_1_2": "0", "h_2_1": "-5", "h_2_2": "1"})
    assert [each.state for each in found.values()] == ["not yet", "right", "not yet", "not yet"]
    assert found["h_2_1"].sentence == "Right from your h_1, but h_1 is not yet right."
    assert [key for key, each in found.items() if "Right from" in each.sentence] == ["h_2_1"]


def test_the_right_number_is_right_whatever_came_before():
    found = marks(exercise("first_steps", 7), {"h_1_1": "3", "h_2_1": "-1"})
    assert found["h_2_1"].state == "right"


def test_an_empty_or_unreadable_number_before_it_does_not_make_a_right_one_wrong():
    found = marks(exercise("first_steps", 7), {"h_1_1": "what?", "h_2_1": "-1", "h_2_2": "-2"})
    states = {key: each.state for key, each in found.items()}
    assert states == {"h_1_1": "unreadable", "h_1_2": "empty", "h_2_1": "right", "h_2_2": "right"}


def test_errors_are_carried_through_the_way_back_too():
    # back, seed 7: dL/dh_2 = 2, U = 1, h_1 = 1. With 5 for it: dL/dh_1 = 5·1, dL/dU = 1·5.
    one = exercise("back", 7)
    typed = {"h_1_1": "1", "h_2_1": "3", "dh_2_1": "5", "dh_1_1": "5", "dU_0_1_1": "5"}
    found = marks(one, typed)
    assert found["dh_1_1"].sentence == "Right from your dL/dh_2, but dL/dh_2 is not yet right."
    assert found["dU_0_1_1"].sentence.startswith("Right from your")
    assert "dL/dh_1 and dL/dh_2" in found["dU_0_1_1"].sentence


@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_errors_are_carried_through_gates_too(name):
    one = exercise(name, 7)
    first = one.blanks[0]
    typed = {first.key: "0.1"}
    if name == "lstm":  # c_1 = f_1·0 + 0.1·g_1
        key, value = "c_1_1", 0.1 * blank_of(one, "g_1_1").answer
    else:  # h_1 = 0.1·0 + (1 - 0.1)·n_1
        key, value = "h_1_1", 0.9 * blank_of(one, "n_1_1").answer
    found = marks(one, typed | {key: f"{value:.4f}"})
    assert found[key].state == "not yet"
    assert f"Right from your {first.entry.symbol}_1," in found[key].sentence


@given(st.dictionaries(st.sampled_from(["a_1_1", "h_1_1", "a_2_1", "h_2_2", "x"]), st.text()))
def test_marking_never_fails(typed):
    assert list(marks(exercise("tanh", 1), typed)) == [b.key for b in exercise("tanh", 1).blanks]


def test_huge_numbers_are_marked_like_others():
    typed = {blank.key: "9" * 30 for blank in exercise("lstm", 1).blanks}
    assert {each.state for each in marks(exercise("lstm", 1), typed).values()} <= {
        "not yet",
        "right",
    }
