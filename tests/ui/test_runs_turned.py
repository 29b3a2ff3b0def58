"""The run on show, step by step and at another learning rate from here on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnnlab.settings import Plan
from rnnlab.ui import runs
from rnnlab.ui.runs import Run
from tests.ui.boards import SETTINGS, FakeJobStore, begun, empty_store, job_on_show, steps_seen


@pytest.fixture(autouse=True)
def store(monkeypatch) -> FakeJobStore:
    return empty_store(monkeypatch)


def test_the_first_step_is_a_run_of_one_update():
    runs.step(SETTINGS)
    assert runs.on_show().plan == Plan(SETTINGS, until=1)
    assert runs.on_show().before == ()


def test_each_step_is_one_update_more():
    runs.step(SETTINGS)
    for done in (1, 2, 3):
        job_on_show().tell(done, state="done")
        runs.step(SETTINGS)
        assert runs.on_show().plan == Plan(SETTINGS, until=done + 1)
        assert runs.on_show().look().step == done, "shown until the next one is there"


def test_a_step_of_a_stopped_run_is_the_one_after_its_last_point():
    begun(1, 3, 7)
    runs.stop()
    runs.step(SETTINGS)
    assert runs.on_show().plan == Plan(SETTINGS, until=8)
    assert steps_seen() == [1, 3, 7]


def test_a_step_with_other_knobs_is_the_first_of_another_run():
    begun(1, 3, 7)
    other = replace(SETTINGS, units=3)
    runs.step(other)
    assert runs.on_show().plan == Plan(other, until=1)
    assert steps_seen() == []


def test_a_turned_rate_holds_from_the_last_point_that_was_seen(store):
    old = begun(1, 3, 7)
    runs.turn_rate(0.3)
    assert runs.on_show().plan == Plan(SETTINGS, rates=((7, 0.3),))
    assert steps_seen() == [1, 3, 7]
    assert store.stopped == [old]


def test_a_turned_rate_of_a_paused_run_takes_it_to_its_end():
    begun(1, state="done", plan=Plan(SETTINGS, until=1))
    runs.turn_rate(0.3)
    assert runs.on_show().plan == Plan(SETTINGS, rates=((1, 0.3),))


def test_a_rate_can_be_turned_again_and_earlier_turns_stay():
    begun(1, 3, 7)
    runs.turn_rate(0.3)
    job_on_show().tell(1, 3, 7, 15)
    runs.turn_rate(0.001)
    assert runs.on_show().plan == Plan(SETTINGS, rates=((7, 0.3), (15, 0.001)))


def test_a_step_and_going_on_keep_a_turned_rate():
    begun(1, 3, 7)
    runs.turn_rate(0.3)
    job_on_show().tell(1, 3, 7, 15)
    runs.stop()
    runs.step(replace(SETTINGS, learning_rate=0.3))
    assert runs.on_show().plan == Plan(SETTINGS, rates=((7, 0.3),), until=16)
    runs.go_on()
    assert runs.on_show().plan == Plan(SETTINGS, rates=((7, 0.3),))


def test_a_rate_before_the_first_point_turns_nothing():
    begun()
    runs.turn_rate(0.3)
    assert runs.on_show().plan == Plan(SETTINGS)


def test_the_knobs_say_what_a_run_does_now_with_its_turned_rate():
    plan = Plan(SETTINGS)
    fast = replace(SETTINGS, learning_rate=0.3)
    assert runs.same_run(Run(plan, None), SETTINGS)
    assert not runs.same_run(Run(plan, None), fast)
    turned = Run(plan.turned(7, 0.3), None)
    assert runs.same_run(turned, fast)
    assert not runs.same_run(turned, SETTINGS)
    assert not runs.same_run(turned, replace(fast, units=3))
