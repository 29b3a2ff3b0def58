"""What a network answers to a handful of samples, and how far its read-out could go at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.insight.crowd import Floats, Weights, samples_of
from rnnlab.insight.states import SATURATED
from rnnlab.reference import forward, read
from rnnlab.settings import Settings

MOST_ANSWERS = 10
HARDLY = 0.01
"""Share of a target: an answer that is nearer than this is right."""


@dataclass(frozen=True, eq=False)
class Answers:
    """The network's answers to the first test samples.

    `targets` and `predicted` are (samples,), `last` (samples, units) what the top layer said after
    the last step. `low` and `high` are the least and the most that the read-out can say while
    every unit lies between -1 and 1: its bias, minus and plus the sum of its weights' sizes.
    """

    targets: Floats
    predicted: Floats
    last: Floats
    low: float
    high: float
    bounded: bool

    @property
    def worst(self) -> int:
        """The sample (from 0) whose answer is furthest from its target."""
        return int(np.abs(self.predicted - self.targets).argmax())

    @property
    def fullness(self) -> Floats:
        """How far the units are from zero on average, for each sample."""
        mean: Floats = np.abs(self.last).mean(axis=1)
        return mean

    @property
    def saturated(self) -> Floats:
        """The share of units beyond 0.95 on either side, for each sample."""
        share: Floats = (np.abs(self.last) > SATURATED).mean(axis=1)
        return share


def answers(settings: Settings, weights: Weights) -> Answers:
    """The answers to the first ten test samples, at most."""
    samples = samples_of(settings)
    trace = forward(settings.network, dict(weights), samples.test_inputs[:MOST_ANSWERS])
    reach = float(np.abs(weights["dense_kernel"]).sum())
    bias = float(weights["dense_bias"].sum())
    return Answers(
        targets=samples.test_targets[:MOST_ANSWERS],
        predicted=trace.predicted[:, 0, 0],
        last=read(settings.network, trace.layers[-1])[:, -1],
        low=bias - reach,
        high=bias + reach,
        bounded=settings.activation == "tanh",
    )


def answers_sentence(found: Answers) -> str:
    """Which answer is missed, and why."""
    worst = found.worst
    target, said = float(found.targets[worst]), float(found.predicted[worst])
    if abs(said - target) <= HARDLY * abs(target) / 10:
        return f"Every answer is right; the worst is {said:.3f} for {target:g}."
    missed = f"Your network says {said:.3f} for {target:g}."
    if not found.bounded:
        return f"{missed} Its state has no limit, so nothing but more training is in the way."
    limit = (
        f"With every unit at its limit of ±1 the read-out could say at most {found.high:.3f}"
        if target > said
        else f"With every unit at its limit of ±1 the read-out could not go below {found.low:.3f}"
    )
    full = f"{found.saturated[worst]:.0%} of its units are beyond {SATURATED} there"
    out_of_reach = found.high < target or found.low > target
    if out_of_reach:
        return (
            f"{missed} tanh has run out of room: {full}. {limit}, so {target:g} is out of reach "
            "until the read-out's own weights grow."
        )
    return f"{missed} {full}. {limit}, so {target:g} is within reach."
