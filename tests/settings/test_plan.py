"""A plan: a run, where it pauses, and how its learning rate was turned on the way."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.settings import LEARNING_RATES, Plan, Settings

SETTINGS = Settings(rows=2, length=100, window=10, epochs=3, learning_rate=0.01)  # 30 updates
TURNS = st.lists(st.tuples(st.integers(0, 29), st.sampled_from(LEARNING_RATES)), max_size=6)


def turned(turns: list[tuple[int, float]]) -> Plan:
    plan = Plan(SETTINGS)
    for step, rate in turns:
        plan = plan.turned(step, rate)
    return plan


@given(TURNS)
def test_a_turn_holds_for_all_later_updates_whatever_was_planned_for_them(turns):
    rates = [0.01] * 30
    for step, rate in turns:
        rates[step:] = [rate] * (30 - step)
    plan = turned(turns)
    assert [plan.rate(step) for step in range(30)] == rates
    assert list(plan.rates) == sorted(plan.rates)


@given(TURNS, TURNS, st.integers(0, 30))
def test_plans_with_the_same_changes_so_far_have_the_same_rates_so_far(turns, others, step):
    one, other = turned(turns), turned(others)
    if one.rates_before(step) == other.rates_before(step):
        assert [one.rate(k) for k in range(step)] == [other.rate(k) for k in range(step)]


def test_a_turn_counts_from_the_update_after_it_on():
    plan = Plan(SETTINGS).turned(7, 1.0)
    assert plan.rates_before(7) == ()
    assert plan.rates_before(8) == ((7, 1.0),)
    assert plan.turned(9, 0.1).rates_before(9) == plan.rates_before(9)


def test_a_turn_leaves_the_plan_as_it_was_and_goes_to_the_end():
    plan = Plan(SETTINGS, until=8)
    fork = plan.turned(8, 1.0)
    assert (plan.rates, plan.until) == ((), 8)
    assert (fork.rates, fork.until, fork.end) == (((8, 1.0),), None, 30)


@pytest.mark.parametrize(("until", "end"), [(None, 30), (1, 1), (29, 29), (30, 30), (31, 30)])
def test_a_plan_ends_where_it_pauses_at_the_latest_with_the_run(until, end):
    assert Plan(SETTINGS, until=until).end == end


@pytest.mark.parametrize("rate", [0.04, 0.0, -1.0, float("nan")])
def test_a_rate_that_the_lab_does_not_offer_is_refused(rate):
    with pytest.raises(SettingError, match="Learning rate must be one of"):
        Plan(SETTINGS).turned(3, rate)


def test_equal_plans_are_one_key_here_and_in_another_process():
    one, same = (Plan(SETTINGS).turned(3, rate) for rate in (1, 1.0))
    assert one == same
    assert hash(one) == hash(same)
    assert repr(one) == repr(same)
    back = pickle.loads(pickle.dumps(one))
    assert back == one
    assert hash(back) == hash(one)
    assert len({one, Plan(SETTINGS), Plan(SETTINGS, until=3)}) == 3
