"""Stop, step, turn and fork: always the curve of a run from scratch, and little is done twice."""

from __future__ import annotations

from itertools import zip_longest

import numpy as np
import pytest
import tensorflow as tf

from rnnlab.engine import Carry, Program
from rnnlab.settings import Plan, Settings
from rnnlab.training import train
from rnnlab.training.checkpoints import Checkpoints
from rnnlab.training.story import Story
from tests.training.runs import assert_same_curve, assert_same_run, from_scratch, plan_of

KINDS = pytest.mark.parametrize(
    "values",
    [
        {"fresh_data": True, "optimizer": "adam"},
        {"layers": 2, "dropout": 0.5, "networks": 2, "clip": 0.3, "optimizer": "momentum"},
        {"rule": "sine", "rows": 100, "epochs": 4},
    ],
    ids=["bits", "dropout", "numbers"],
)


@pytest.fixture
def done(monkeypatch) -> list[int]:
    """How many updates each call of a program did."""
    calls, run = [], Program.run

    def counted(self, carry, batches, dials):
        calls.append(len(batches.inputs))
        return run(self, carry, batches, dials)

    monkeypatch.setattr(Program, "run", counted)
    return calls


def some_events(plan: Plan, number: int) -> list:
    """The first events of a run that is then stopped."""
    running = train(plan)
    events = [next(running) for _ in range(number)]
    running.close()
    return events


@KINDS
def test_a_stopped_run_goes_on_where_it_stood_and_gives_the_same(values, done):
    plan = plan_of(**values)
    expected = from_scratch(plan)
    stopped = some_events(plan, 20)[-1].step
    done.clear()
    events = list(train(plan))
    assert sum(done) == plan.settings.updates - stopped
    assert_same_run(events, expected)
    for event in events[:20]:
        assert event.history is None
        assert (event.weights is not None) == event.snapshot
    seconds = [event.seconds for event in events]
    assert seconds == sorted(seconds)


def test_what_is_complete_is_told_again_with_little_work(done):
    plan = plan_of()
    expected = list(train(plan))
    done.clear()
    assert_same_run(list(train(plan)), expected)
    assert 0 < sum(done) < 20


@KINDS
def test_single_steps_are_the_run_update_by_update(values, done):
    plan = plan_of(**values)
    whole = from_scratch(plan)
    for until, work in [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (17, 12), (18, 1)]:
        done.clear()
        *_, last = train(Plan(plan.settings, until=until))
        assert sum(done) == work, "no update is done twice"
        assert (last.step, last.steps) == (until, plan.settings.updates)
        assert len(last.history["loss"]) == until
        np.testing.assert_array_equal(last.history["loss"], whole[-1].history["loss"][:until])
    assert_same_curve(list(train(plan)), whole)


def test_a_step_back_is_a_plan_like_any_other():
    plan = plan_of()
    whole = list(train(plan))
    for until in (300, 2, 1, 299):
        *_, last = train(Plan(plan.settings, until=until))
        assert last.step == until
        np.testing.assert_array_equal(last.history["loss"], whole[-1].history["loss"][:until])


def test_who_asks_for_more_than_there_is_gets_all():
    plan = plan_of()
    *_, last = train(Plan(plan.settings, until=10**6))
    assert last.step == 600


@KINDS
@pytest.mark.parametrize("original_first", [True, False])
def test_a_fork_and_its_original_do_not_disturb_each_other(values, original_first, done):
    plan = plan_of(**values | {"learning_rate": 0.01})
    stopped = some_events(plan, 15)[-1].step
    fork = plan.turned(stopped, 0.1)
    plans = [plan, fork] if original_first else [fork, plan]
    expected = [from_scratch(one) for one in plans]
    assert not np.array_equal(expected[0][-1].history["loss"], expected[1][-1].history["loss"])
    for one, whole in zip(plans, expected, strict=True):
        done.clear()
        assert_same_run(list(train(one)), whole)
        if not original_first:  # its latest moments would all lie behind the fork
            assert sum(done) == plan.settings.updates - stopped, "both go on from the fork"
    for one, whole in zip(plans, expected, strict=True):
        assert_same_curve(list(train(one)), whole)


def test_forks_that_run_at_the_same_time_do_not_mix():
    plan = plan_of()
    stopped = some_events(plan, 15)[-1].step
    plans = [plan, plan.turned(stopped, 0.1), plan.turned(stopped, 1.0), plan.turned(3, 1.0)]
    expected = [from_scratch(one) for one in plans]
    runs = zip_longest(*(train(one) for one in plans))
    for events, whole in zip(zip(*runs, strict=True), expected, strict=True):
        told = [event for event in events if event is not None]
        assert_same_run(told, whole)


def test_a_rate_turned_in_the_middle_of_a_chunk_or_of_the_past_is_that_of_a_run_from_scratch():
    plan = plan_of()
    list(train(plan))
    for step in (0, 1, 333, 599):
        assert_same_curve(list(train(plan.turned(step, 0.1))), from_scratch(plan.turned(step, 0.1)))
    twice = plan.turned(333, 0.1).turned(444, 0.02)
    assert_same_curve(list(train(twice)), from_scratch(twice))
    assert_same_curve(list(train(plan)), from_scratch(plan))


def test_an_abandoned_fork_leaves_the_curve_of_its_original_alone():
    plan = plan_of()
    some_events(plan, 15)
    stopped = some_events(plan, 16)[-1].step
    some_events(plan.turned(stopped, 1.0), 25)
    some_events(plan, 18)
    assert_same_run(list(train(plan)), from_scratch(plan))


def carry_of(numbers: int) -> Carry:
    """A carry of so many float32 or int32 numbers, the count among them."""
    return Carry(
        tf.zeros((numbers - 1, 1)), tf.zeros((0, numbers - 1, 1)), tf.zeros(0), tf.constant(0)
    )


def kept(checkpoints: Checkpoints, settings: Settings, most: int = 200) -> list[int]:
    """The steps of a run at which it can go on."""
    found = []
    for step in range(1, most):
        latest = checkpoints.latest(Plan(settings, until=step + 1))
        if latest is not None and latest.step == step:
            found.append(step)
    return found


@pytest.mark.parametrize(
    ("numbers", "moments"), [(100, 16), (200_000, 10), (1_000_000, 2), (5_000_000, 1)]
)
def test_a_run_is_kept_at_its_latest_moments_in_at_most_eight_megabytes(numbers, moments):
    # A number takes 4 bytes: 10 times 800 kB are 8 MB. One moment there is always.
    checkpoints, plan = Checkpoints(), plan_of()
    story, carry = Story(plan, [], []), carry_of(numbers)
    for step in range(1, 41):
        checkpoints.keep(plan, step, carry, story)
    assert kept(checkpoints, plan.settings) == [*range(41 - moments, 41)]


def test_the_eight_runs_used_last_are_kept():
    checkpoints = Checkpoints()
    plans = [plan_of(seed=seed) for seed in range(10)]
    for plan in [*plans[:8], plans[0], *plans[8:]]:
        checkpoints.keep(plan, 5, carry_of(10), Story(plan, [], []))
    found = [plan.settings.seed for plan in plans if kept(checkpoints, plan.settings)]
    assert found == [0, 3, 4, 5, 6, 7, 8, 9]


def test_only_what_did_the_same_so_far_can_be_gone_on_with():
    checkpoints, plan = Checkpoints(), plan_of()
    turned = plan.turned(10, 1.0)
    for one, step in [(plan, 5), (plan, 10), (plan, 20), (turned, 30)]:
        checkpoints.keep(one, step, carry_of(10), Story(one, [], []))
    assert checkpoints.latest(plan).step == 20
    assert checkpoints.latest(turned).step == 30
    assert checkpoints.latest(plan.turned(10, 2.0)).step == 10
    assert checkpoints.latest(plan.turned(9, 1.0)).step == 5
    assert checkpoints.latest(turned.turned(25, 2.0)).step == 10
    assert checkpoints.latest(plan.turned(3, 1.0)) is None
    assert checkpoints.latest(plan_of(seed=2)) is None


def test_a_plan_that_ends_where_a_run_stands_begins_before():
    # Its last event tells the whole story, so one chunk at least is done.
    checkpoints, plan = Checkpoints(), plan_of()
    for step in (5, 10):
        checkpoints.keep(plan, step, carry_of(10), Story(plan, [], []))
    assert checkpoints.latest(Plan(plan.settings, until=10)).step == 5
