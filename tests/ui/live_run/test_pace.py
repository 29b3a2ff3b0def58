"""How often live pictures change: more slowly while the server is busy, and never too slowly."""

from __future__ import annotations

from contextlib import ExitStack, suppress

from hypothesis import given
from hypothesis import strategies as st

from rnnlab.ui.live_run.pace import (
    BUSY,
    CROWD,
    CROWDED_OUT,
    IDLE,
    LOOK,
    NEWS,
    SLOWEST,
    Pace,
)

LOADS = st.floats(0.0, 4.0)


def test_a_busy_server_makes_pictures_rarer_and_an_idle_one_as_often_as_before():
    pace = Pace()
    assert (pace.news, pace.look) == (NEWS, LOOK)
    pace.note(BUSY + 0.01)
    assert pace.look > LOOK
    stretched = pace.factor
    pace.note((BUSY + IDLE) / 2)
    assert pace.factor == stretched
    for _ in range(50):
        pace.note(IDLE - 0.01)
    assert (pace.news, pace.look) == (NEWS, LOOK)


@given(st.lists(LOADS))
def test_whatever_the_load_was_points_come_within_a_second_and_the_rest_at_bounded_times(loads):
    pace = Pace()
    for load in loads:
        pace.note(load)
        assert 1.0 <= pace.factor <= SLOWEST
        assert NEWS <= pace.news <= 0.8
        assert LOOK <= pace.look <= LOOK * SLOWEST
    for _ in range(50):
        pace.note(1.0)
    assert pace.factor == SLOWEST


def test_pictures_wait_for_those_who_have_clicked_but_not_for_ever():
    pace = Pace()
    with ExitStack() as pages:
        for _ in range(CROWD - 1):
            pages.enter_context(pace.page())
        assert pace.may_look(LOOK + 0.01)
        pages.enter_context(pace.page())
        assert not pace.may_look(LOOK + 0.01)
        assert not pace.may_look(CROWDED_OUT)
        assert pace.may_look(CROWDED_OUT + 0.01)
    assert pace.may_look(LOOK + 0.01)
    assert not pace.may_look(LOOK)


def test_a_page_that_fails_is_no_crowd():
    pace = Pace()
    for _ in range(CROWD):
        with suppress(RuntimeError), pace.page():
            raise RuntimeError
    assert pace.may_look(LOOK + 0.01)
