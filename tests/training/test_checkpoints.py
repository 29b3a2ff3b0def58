"""Stop, step, turn and fork: always the curve of a run from scratch, and little is done twice."""

from __future__ import annotations

from itertools import zip_longest

import numpy as np
import pytest
import tensorflow as tf

from rnnlab.engine import Program, TrainState
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.training import train
from rnnlab.training.history import Checkpoints, History
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
    calls, run_part = [], Program.run_part

    def counted(self, state, fed, first, end, hyperparameters):
        calls.append(end - first)
        return run_part(self, state, fed, first, end, hyperparameters)

    monkeypatch.setattr(Program, "run_part", counted)
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


@KINDS
@pytest.mark.parametrize("original_first", [True, False])
def test_a_fork_and_its_original_do_not_disturb_each_other(values, original_first, done):
    plan = plan_of(**values | {"learning_rate": 0.01})
    stopped = some_events(plan, 15)[-1].step
    fork = plan.turned(stopped, 0.1)
    plans = [plan, fork] if original_first else [fork, plan]
    expected = [from_scratch(plan) for plan in plans]
    assert not np.array_equal(expected[0][-1].history["loss"], expected[1][-1].history["loss"])
    for plan, whole in zip(plans, expected, strict=True):
        done.clear()
        assert_same_run(list(train(plan)), whole)
        if not original_first:  # its latest moments would all lie behind the fork
            assert sum(done) == plan.settings.updates - stopped, "both go on from the fork"
    for plan, whole in zip(plans, expected, strict=True):
        assert_same_curve(list(train(plan)), whole)


def test_forks_that_run_at_the_same_time_do_not_mix():
    plan = plan_of()
    stopped = some_events(plan, 15)[-1].step
    plans = [plan, plan.turned(stopped, 0.1), plan.turned(stopped, 1.0), plan.turned(3, 1.0)]
    expected = [from_scratch(plan) for plan in plans]
    runs = zip_longest(*(train(plan) for plan in plans))
    for events, whole in zip(zip(*runs, strict=True), expected, strict=True):
        own_events = [event for event in events if event is not None]
        assert_same_run(own_events, whole)


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


def states_of(numbers: int) -> tuple[TrainState]:
    """The state of a network: so many float32 or int32 numbers, the count among them."""
    weights, slots = tf.zeros(numbers - 1), tf.zeros((0, numbers - 1))
    return (TrainState(weights, slots, tf.zeros(0), tf.constant(0)),)


def save(checkpoints: Checkpoints, plan: Plan, *steps: int, numbers: int = 10) -> None:
    """Checkpoints of a run at these steps, of so many numbers each."""
    for step in steps:
        event = TrainingProgress(
            step=step,
            steps=plan.settings.updates,
            seconds=0.0,
            loss=0.5,
            max_loss=0.5,
            accuracy=0.5,
            learning_rate=0.1,
        )
        checkpoints.save(History(plan, [event], []), states_of(numbers))


def steps_of(checkpoints: Checkpoints, settings: Settings, limit: int = 200) -> list[int]:
    """The steps of a run at which it can go on."""
    histories = [checkpoints.history(Plan(settings, until=step + 1)) for step in range(1, limit)]
    return sorted({history.step for history in histories} - {0})


@pytest.mark.parametrize(
    ("numbers", "count"), [(100, 16), (200_000, 10), (1_000_000, 2), (5_000_000, 1)]
)
def test_the_latest_checkpoints_of_a_run_take_at_most_eight_megabytes(numbers, count):
    # A number takes 4 bytes: 10 times 800 kB are 8 MB. One checkpoint there is always.
    checkpoints, plan = Checkpoints(), plan_of()
    save(checkpoints, plan, *range(1, 41), numbers=numbers)
    assert steps_of(checkpoints, plan.settings) == [*range(41 - count, 41)]


def test_the_runs_used_last_are_kept(monkeypatch):
    monkeypatch.setattr("rnnlab.training.history.MAX_RUNS", 8)
    checkpoints = Checkpoints()
    plans = [plan_of(seed=seed) for seed in range(10)]
    for plan in [*plans[:8], plans[0], *plans[8:]]:
        save(checkpoints, plan, 5)
    seeds = [plan.settings.seed for plan in plans if steps_of(checkpoints, plan.settings)]
    assert seeds == [0, 3, 4, 5, 6, 7, 8, 9]


def test_a_hundred_runs_in_turns_keep_their_checkpoints_within_the_bytes_of_all(monkeypatch):
    checkpoints, plans = Checkpoints(), [plan_of(seed=seed) for seed in range(100)]
    for step in (5, 10):
        for plan in plans:
            save(checkpoints, plan, step)
    assert {checkpoints.history(plan).step for plan in plans} == {10}
    n_bytes = sum(kept.n_bytes for run in checkpoints._runs.values() for kept in run)
    monkeypatch.setattr("rnnlab.training.history.BYTES_OF_CHECKPOINTS", n_bytes // 2)
    save(checkpoints, plans[0], 15)
    assert [checkpoints.history(plan).step for plan in plans[:51]] == [15] + 50 * [0]
    assert {checkpoints.history(plan).step for plan in plans[52:]} == {10}


def test_nothing_is_kept_of_a_run_that_is_forgotten():
    checkpoints, plan, other = Checkpoints(), plan_of(seed=1), plan_of(seed=2)
    for kept in (plan, plan.turned(3, 1.0), other):
        save(checkpoints, kept, 5)
    checkpoints.forget(plan.settings)
    assert len(checkpoints._runs) == 1
    assert [checkpoints.history(kept).step for kept in (plan, other)] == [0, 5]


def test_only_what_did_the_same_so_far_can_be_gone_on_with():
    checkpoints, plan = Checkpoints(), plan_of()
    turned = plan.turned(10, 1.0)
    save(checkpoints, plan, 5, 10, 20)
    save(checkpoints, turned, 30)
    for other, step in [
        (plan, 20),
        (turned, 30),
        (plan.turned(10, 2.0), 10),
        (plan.turned(9, 1.0), 5),
        (turned.turned(25, 2.0), 10),
        (plan.turned(3, 1.0), 0),
        (plan_of(seed=2), 0),
    ]:
        assert checkpoints.history(other).step == step


def test_a_plan_that_ends_where_a_run_stands_begins_before():
    # Its last event has the whole history, so one chunk at least is done.
    checkpoints, plan = Checkpoints(), plan_of()
    save(checkpoints, plan, 5, 10)
    assert checkpoints.history(Plan(plan.settings, until=10)).step == 5
