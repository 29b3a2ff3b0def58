"""Runs that take turns give what each gives alone, to the last digit."""

from itertools import zip_longest

import pytest

from rnnlab.training import train
from rnnlab.training.history import Checkpoints
from tests.training.runs import assert_same_run, from_scratch, plan_of

PLANS = [
    plan_of(seed=1),
    plan_of(seed=2),  # of the same architecture, in the same program
    plan_of(seed=2, fresh_data=True, optimizer="adam"),
    plan_of(rule="echo", cell="lstm", networks=2, dropout=0.5),
    plan_of(seed=1).turned(100, 0.5),
]


@pytest.mark.parametrize("order", [1, -1])
def test_whatever_the_order_the_digits_are_the_same(order, monkeypatch):
    expected = [from_scratch(plan) for plan in PLANS]
    monkeypatch.setattr("rnnlab.training.run.CHECKPOINTS", Checkpoints())
    in_turns = zip_longest(*(train(plan) for plan in PLANS[::order]))
    for events, alone in zip(zip(*in_turns, strict=True), expected[::order], strict=True):
        assert_same_run([event for event in events if event is not None], alone)
