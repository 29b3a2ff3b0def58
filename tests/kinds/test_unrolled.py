"""The unrolled picture: what stands where, and what reaches what."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.kinds.unrolled import Unrolled

pictures = st.builds(
    Unrolled,
    steps=st.integers(2, 8),
    layers=st.integers(1, 3),
    bidirectional=st.booleans(),
    dropout=st.booleans(),
    answers=st.sampled_from(["each step", "last step"]),
)


def names(*numbers: int, letter: str = "x") -> tuple[str, ...]:
    return tuple(f"{letter}{number}" for number in numbers)


def closed(unrolled: Unrolled) -> dict[tuple[str, str], bool]:
    """Whether one spot leads to another, by powers of the matrix of arrows."""
    order = [one.name for one in unrolled.spots]
    here = {name: place for place, name in enumerate(order)}
    arrows = np.eye(len(order), dtype=int)
    for arrow in unrolled.arrows:
        arrows[here[arrow.start], here[arrow.end]] = 1
    reached = np.linalg.matrix_power(arrows.astype(object), len(order)) > 0
    return {(a, b): bool(reached[here[a], here[b]]) for a, b in product(order, order)}


def test_an_answer_knows_its_own_input_and_all_before_it():
    drawn = Unrolled(steps=5, layers=2)
    for t in range(1, 6):
        assert drawn.before(f"y{t}") == names(*range(1, t + 1))
        assert drawn.after(f"x{t}") == names(*range(t, 6), letter="y")


def test_who_reads_both_ways_knows_everything_at_every_step():
    drawn = Unrolled(steps=5, bidirectional=True)
    for t in range(1, 6):
        assert drawn.before(f"y{t}") == names(1, 2, 3, 4, 5)
    # The layer that reads back has at step 4 read the last two inputs.
    assert drawn.before("back1.4") == names(4, 5)


def test_one_to_many_knows_only_its_one_input():
    drawn = Unrolled(steps=4, reads="first step", again=True)
    assert [one.name for one in drawn.spots if one.role == "input"] == ["x1"]
    assert drawn.before("y4") == ("x1",)
    assert sum(one.way == "again" for one in drawn.arrows) == 3


def test_a_memory_is_read_only_through_the_state():
    drawn = Unrolled(steps=3, layers=2, memory=True)
    leaving = {arrow.end for arrow in drawn.arrows if arrow.start == "memory1.2"}
    assert leaving == {"memory1.3", "state1.2"}
    # c_t = f c_{t-1} + i g, whose gates read the input and h_{t-1}: the equations of the LSTM.
    into = {arrow.start for arrow in drawn.arrows if arrow.end == "memory2.2"}
    assert into == {"memory2.1", "state2.1", "state1.2"}
    into = {arrow.start for arrow in drawn.arrows if arrow.end == "state1.2"}
    assert into == {"memory1.2", "state1.1", "x2"}
    with pytest.raises(SettingError):
        Unrolled(memory=True, bidirectional=True)


def test_the_way_through_time_is_as_long_as_the_steps_between():
    drawn = Unrolled(steps=6, layers=3)
    for early, late in product(range(1, 7), range(1, 7)):
        found = drawn.distance(f"x{early}", f"y{late}")
        assert found == (late - early if early <= late else -1)


def test_reading_back_the_first_input_is_nearest_to_the_one_answer():
    # On: 5 steps from x1 to x6. Back: the backward layer has just read x1 when it answers.
    assert Unrolled(steps=6, answers="last step").distance("x1", "y6") == 5
    both = Unrolled(steps=6, answers="last step", bidirectional=True)
    assert [both.distance(f"x{t}", "y6") for t in range(1, 7)] == [0, 1, 2, 2, 1, 0]


@settings(deadline=None, max_examples=30)
@given(pictures)
def test_the_lit_ways_are_those_that_matrix_powers_find(drawn):
    leads = closed(drawn)
    order = [one.name for one in drawn.spots]
    for name in order[:: max(1, len(order) // 5)]:
        wanted = {other for other in order if leads[name, other] or leads[other, name]}
        assert drawn.lit(name) == wanted


@settings(deadline=None, max_examples=30)
@given(pictures)
def test_dropout_is_between_layers_and_never_between_time_steps(drawn):
    at = {one.name: one for one in drawn.spots}
    ways = 2 if drawn.bidirectional else 1
    for arrow in drawn.arrows:
        start, end = at[arrow.start], at[arrow.end]
        if arrow.way == "dropout":
            assert start.step == end.step
            assert {start.role, end.role} <= {"state", "back"}
        if arrow.way == "time":
            assert (start.role, start.level) == (end.role, end.level)
            assert end.step - start.step == (1 if start.role == "state" else -1)
    hidden = sum(arrow.way == "dropout" for arrow in drawn.arrows)
    assert hidden == drawn.dropout * (drawn.layers - 1) * drawn.steps * ways**2


@settings(deadline=None, max_examples=30)
@given(pictures)
def test_every_spot_has_a_place_and_words_of_its_own(drawn):
    assert len({(one.step, one.level) for one in drawn.spots}) == len(drawn.spots)
    assert len({one.name for one in drawn.spots}) == len(drawn.spots)
    assert {one.level for one in drawn.spots} <= set(range(drawn.levels))
    assert len(drawn.sides) == drawn.levels
    assert all(one.words.startswith(one.label) for one in drawn.spots)


def test_the_words_say_what_is_lit():
    drawn = Unrolled(steps=4)
    words = {one.name: one.words for one in drawn.spots}
    assert words["y3"] == "y₃ knows x₁ to x₃. From x₁ it is 2 steps through time."
    assert words["x2"] == "x₂ changes y₂ to y₄."
    assert words["state1.1"] == "h₁ knows x₁ and changes y₁ to y₄."


@pytest.mark.parametrize("wrong", [{"steps": 1}, {"steps": 9}, {"layers": 4}, {"answers": "now"}])
def test_what_makes_no_picture_is_said(wrong):
    with pytest.raises(SettingError):
        Unrolled(**wrong)
