"""Runs to look at: from scratch whatever was done before, and compared to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

import rnnlab.training.run
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.training import train
from rnnlab.training.history import Checkpoints

SMALL = {"rows": 4, "length": 1003, "window": 5, "units": 4, "epochs": 3}
"""1003 bits hold 200 windows of 5 and 3 bits that are left out."""


def plan_of(**values: object) -> Plan:
    return Plan(Settings.of(SMALL | values))


def anew(plan: Plan) -> list[TrainingProgress]:
    """All events of the plan, as in a process that has done nothing before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rnnlab.training.run, "CHECKPOINTS", Checkpoints())
        return list(train(plan))


@cache
def from_scratch(plan: Plan) -> tuple[TrainingProgress, ...]:
    """The same, computed once for all tests that hold another run against it."""
    return tuple(anew(plan))


def assert_same_curve(
    events: Sequence[TrainingProgress], expected: Sequence[TrainingProgress]
) -> None:
    """The same history and end to the last bit; what was told on the way may differ."""
    last, other = events[-1], expected[-1]
    assert (last.step, last.epoch, last.learning_rate) == (
        other.step,
        other.epoch,
        other.learning_rate,
    )
    assert last.history.keys() == other.history.keys()
    for name, values in other.history.items():
        np.testing.assert_array_equal(last.history[name], values, err_msg=name)
    for name, value in other.weights.items():
        np.testing.assert_array_equal(last.weights[name], value, err_msg=name)


def assert_same_run(
    events: Sequence[TrainingProgress], expected: Sequence[TrainingProgress]
) -> None:
    """All points are the same too; all but the seconds."""
    assert_same_curve(events, expected)
    for event, other in zip(events, expected, strict=True):
        assert (event.step, event.epoch, event.losses) == (other.step, other.epoch, other.losses)
        assert (event.loss, event.max_loss, event.accuracy) == (
            other.loss,
            other.max_loss,
            other.accuracy,
        )
        assert (event.learning_rate, event.snapshot) == (other.learning_rate, other.snapshot)
        if other.last_window is not None:
            np.testing.assert_array_equal(
                event.last_window.probabilities, other.last_window.probabilities
            )
