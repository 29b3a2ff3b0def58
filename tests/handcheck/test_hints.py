"""Hints: one part after another, and never the number that belongs in the blank."""

from __future__ import annotations

import re

import pytest

from rnnlab.handcheck.exercises import exercise
from rnnlab.handcheck.forward import format_number
from rnnlab.handcheck.levels import LEVELS
from rnnlab.handcheck.marking import hint, hints
from tests.handcheck.benches import blank_of

RESULT = re.compile(r"= (-?[0-9.e-]*[0-9])")


@pytest.mark.parametrize("name", LEVELS)
def test_no_hint_says_what_belongs_in_the_blank(name):
    results = 0
    for seed in range(20):
        one = exercise(name, seed)
        for blank in one.blanks:
            for sentence in hints(one, blank):
                found = RESULT.findall(sentence.replace("σ(s) = 1 /", ""))
                results += len(found)
                assert format_number(blank.answer) not in found
                assert all(abs(float(each) - blank.answer) > 0.005 for each in found)
    assert results > 20


def test_a_sum_is_hinted_at_part_by_part():
    # first_steps, seed 7: W = [-1 -1], U = [[-1 1] [2 -1]], x = 1, 2, h_1 = [-1 0], h_2 = [-1 -2].
    one = exercise("first_steps", 7)
    assert hints(one, blank_of(one, "h_2_1")) == (
        "x_2 · column 1 of W: 2·(-1) = -2. Next: h_1 · column 1 of U.",
        "h_1 · column 1 of U: (-1)·(-1) + 0·2 = 1. Add both parts and number 1 of b.",
    )
    # 2·-1 = -2 is what belongs in h_2_2, so it is not said; the rest adds up to 0.
    assert hints(one, blank_of(one, "h_2_2")) == (
        "x_2 · column 2 of W: 2·(-1). Next: h_1 · column 2 of U.",
        "h_1 · column 2 of U: (-1)·1 + 0·(-1) = -1. Add both parts and number 2 of b.",
    )


def test_a_single_product_is_written_out_without_its_result():
    # back, seed 7: dL/dh_1 = 2·1.
    one = exercise("back", 7)
    assert hints(one, blank_of(one, "dh_1_1")) == ("dL/dh_2 · row 1 of U: 2·1. Work this out.",)


def test_what_is_only_squashed_needs_one_hint():
    one = exercise("tanh", 7)
    assert hints(one, blank_of(one, "h_1_2")) == ("Take number 2 of a_1, then press tanh.",)


def test_gates_are_hinted_at_with_the_formula_of_the_sigmoid():
    # lstm, seed 7: W_i = 1, U_i = 2, x_1 = 0.5.
    one = exercise("lstm", 7)
    first, last = hints(one, blank_of(one, "i_1_1"))
    assert first == "x_1 · column 1 of W_i: 0.5·1 = 0.5. Next: h_0 · column 1 of U_i."
    assert "0·2 = 0" in last
    assert last.endswith("Add both parts and b_i, and put what you get as s into "
                         "σ(s) = 1 / (1 + exp(−s)).")  # fmt: skip


@pytest.mark.parametrize("name", LEVELS)
def test_there_is_a_hint_for_every_blank_and_the_last_leaves_something_to_do(name):
    one = exercise(name, 5)
    for blank in one.blanks:
        last = hints(one, blank)[-1]
        assert re.search(r"(Add|Take|Work)\b.*\.$", last)


def test_the_hint_is_for_the_first_blank_that_is_not_right():
    one = exercise("first_steps", 7)
    right = {"h_1_1": "-1", "h_1_2": "0"}
    assert hint(one, {}).blank == blank_of(one, "h_1_1")
    assert hint(one, right).blank == blank_of(one, "h_2_1")
    assert hint(one, right | {"h_1_2": "5", "h_2_1": "-1"}).blank == blank_of(one, "h_1_2")
    assert hint(one, right).sentences == hints(one, blank_of(one, "h_2_1"))


def test_who_has_everything_right_gets_no_hint():
    one = exercise("article", 2)
    done = hint(one, {blank.key: str(blank.answer) for blank in one.blanks})
    assert done.blank is None
    assert "right" in done.sentences[0]
