"""Many runs, one after another: each is the run that the training page would do."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from rnnlab.progress import RunFinished, TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.training import train, train_each

SMALL = {"rule": "echo", "delay": 2, "rows": 4, "length": 200, "window": 7, "units": 3, "epochs": 3}


def trained(settings: Settings) -> TrainingProgress:
    *_, last = train(Plan(settings))
    return last


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"cell": "gru", "delay": 5, "fresh_data": True},
        {"networks": 3, "carry_state": False, "clip": 0.1},
        {"layers": 2, "dropout": 0.3, "optimizer": "rmsprop"},
        {"rule": "toy", "epochs": 20},
    ],
    ids=str,
)
def test_each_run_is_the_one_that_training_would_do_to_the_last_digit(changes):
    names = {"rule", "units", "epochs"} if changes.get("rule") == "toy" else set(SMALL)
    settings = Settings.of({name: SMALL[name] for name in names} | changes)
    other = Settings.of(SMALL | {"seed": 7})
    first, finished = train_each((other, settings))
    last = trained(settings)
    for name, value in last.weights.items():
        np.testing.assert_array_equal(finished.weights[name], value)
    epoch = last.history["loss"][-settings.updates_per_epoch :]
    assert finished.losses == tuple(epoch.mean(axis=0, dtype=float).tolist())
    assert finished.loss == pytest.approx(float(epoch.mean()), rel=1e-6)
    assert (finished.accuracy is None) == (settings.rule == "toy")
    assert 1 + len(finished.weights_of_others) == len(finished.losses) == settings.networks
    assert [(run.index, run.complete) for run in (first, finished)] == [(0, False), (1, True)]


def test_the_accuracy_is_that_of_the_last_epoch():
    settings = Settings.of(SMALL)
    (finished,) = train_each((settings,))
    right = trained(settings).history["accuracy"][-settings.updates_per_epoch :]
    assert finished.accuracy == pytest.approx(float(right.mean()), rel=1e-6)


def test_it_tells_each_run_when_it_is_done_and_no_later():
    runs: Iterator[RunFinished] = train_each(
        tuple(Settings.of(SMALL | {"delay": d}) for d in (1, 2, 3))
    )
    assert [next(runs).index for _ in range(3)] == [0, 1, 2]
    with pytest.raises(StopIteration):
        next(runs)


def test_weights_that_run_away_are_told_as_no_number_and_the_next_run_is_done():
    wild = SMALL | {"activation": "linear", "optimizer": "sgd", "learning_rate": 5.0, "epochs": 40}
    lost, finished = train_each((Settings.of(wild), Settings.of(SMALL)))
    assert not math.isfinite(lost.loss)
    assert math.isfinite(finished.loss)
