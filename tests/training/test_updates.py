"""Which updates a run does: those that one would do by hand, one after the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from rnnlab.engine import Hyperparameters, program
from rnnlab.settings import Settings
from rnnlab.training import architecture
from rnnlab.training.data import Data
from tests.training.runs import anew, from_scratch, plan_of


def by_hand(settings: Settings, rates: Sequence[float], size: int = 1) -> np.ndarray:
    """The losses (updates, networks) of calls of `size` updates, each call at a rate of its own."""
    compiled, data = program(architecture(settings)), Data(settings)
    carry = compiled.begin([settings.first_weights(k) for k in range(settings.networks)])
    losses = []
    for call, rate in enumerate(rates):
        batches = data.batches(call * size, (call + 1) * size)
        carry, chunk = compiled.run(carry, batches, Hyperparameters(rate))
        losses.append(chunk.losses)
    return np.concatenate(losses)


@pytest.mark.parametrize(
    "turns",
    [{57: 1.0}, {0: 0.5, 20: 1.0, 50: 0.01, 51: 2.0, 200: 1.0, 599: 0.3}],
    ids=["once", "again and again"],
)
def test_a_turned_rate_is_that_of_every_later_update_and_marked_in_the_points(turns):
    plan = original = plan_of(optimizer="sgd", learning_rate=0.1)
    rates = np.full(600, 0.1)
    for step, rate in turns.items():
        plan = plan.turned(step, rate)
        rates[step:] = rate
    events = anew(plan)
    assert [event.learning_rate for event in events] == [rates[event.step - 1] for event in events]
    assert {*turns} <= {0, *(event.step for event in events)}, "no chunk has two rates"
    losses = by_hand(plan.settings, rates)
    np.testing.assert_array_equal(events[-1].history["loss"], losses)
    turned, unturned = min(turns), from_scratch(original)[-1].history["loss"]
    np.testing.assert_array_equal(losses[: turned + 1], unturned[: turned + 1])
    assert not np.array_equal(losses[turned + 1], unturned[turned + 1])


@pytest.mark.parametrize("values", [{"fresh_data": True}, {"carry_state": False}], ids=str)
def test_more_epochs_than_points_make_chunks_of_several_epochs_with_the_same_updates(values):
    plan = plan_of(length=100, window=20, epochs=300, **values)  # five updates an epoch
    events = anew(plan)
    assert events[-1].step == 1500
    assert len(events) < 350
    assert max(after.step - before.step for before, after in pairwise(events)) > 5
    assert [event.epoch for event in events] == [math.ceil(event.step / 5) for event in events]
    losses = by_hand(plan.settings, [0.01] * 300, size=5)
    np.testing.assert_array_equal(events[-1].history["loss"], losses)
