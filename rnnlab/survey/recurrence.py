"""The recurrence that every sine obeys, and what it foretells of a series of numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rnnlab.rules.series import SeriesRule
from rnnlab.rules.sine import N_TEST, N_TRAIN, SineRule
from rnnlab.settings import Settings


@dataclass(frozen=True)
class Recurrence:
    """x[t+1] = a x[t] + b x[t-1], fitted to the values for training by least squares.

    Of a sine it is known beforehand: `angle` is that of one step, in radians, and `test_angle`
    that of one step of the test, which the lab takes a little longer; of other series both are nan.
    """

    a: float
    b: float
    angle: float
    test_angle: float

    @property
    def known(self) -> bool:
        """Whether the series is a sine by its definition."""
        return not math.isnan(self.angle)

    @property
    def exact(self) -> float:
        """The a that a sine's angle asks for, 2 cos(angle)."""
        return 2 * math.cos(self.angle)

    @property
    def standstill(self) -> float:
        """What "same as last value" costs, about: half the square of the step of the test.

        sin(t + w) - sin(t) = 2 sin(w / 2) cos(t + w / 2), nearly w cos(t), and the mean of the
        squared cosine is one half.
        """
        return self.test_angle**2 / 2


def recurrence(settings: Settings) -> Recurrence | None:
    """That of the series of these settings, or None if theirs is no series."""
    rule = settings.data
    if not isinstance(rule, SeriesRule):
        return None
    a, b = rule.recurrence()
    if not isinstance(rule, SineRule):
        return Recurrence(a, b, math.nan, math.nan)
    return Recurrence(a, b, 100 / (N_TRAIN - 1), 10 / (N_TEST - 1))
