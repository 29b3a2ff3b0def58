"""Does a forecast come late? Its error if it is held against earlier and later values instead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.insight.fresh_data import Floats

FURTHEST = 3
"""Steps in either direction."""

FEWEST = 5
"""Predictions that must have a value at every shift, for errors to say something."""


@dataclass(frozen=True)
class ShiftErrors:
    """Root mean squared errors by shift, all over the same `n_points` predictions.

    At shift s each prediction is held against the value s steps before the one that it is for, so
    a forecast that repeats the last value has no error at shift 1.
    """

    errors: dict[int, float]
    n_points: int

    @property
    def best(self) -> int:
        """The shift at which the predictions fit best; the smallest of equals."""
        return min(self.errors, key=lambda shift: (self.errors[shift], abs(shift)))


def shift_errors(real: Floats, predicted: Floats) -> ShiftErrors | None:
    """The errors at shifts of -3 to 3 steps of predictions (points,); `None` of too few."""
    n_points = len(real) - 2 * FURTHEST
    if n_points < FEWEST:
        return None
    middle = np.asarray(predicted, float)[FURTHEST : FURTHEST + n_points]
    errors = {}
    for shift in range(-FURTHEST, FURTHEST + 1):
        start = FURTHEST - shift
        gap = middle - np.asarray(real, float)[start : start + n_points]
        errors[shift] = float(np.sqrt(np.mean(gap**2)))
    return ShiftErrors(errors, n_points)


def shifts_sentence(shifts: ShiftErrors) -> str:
    """Whether the forecast comes late, and what that means."""
    best, errors = shifts.best, shifts.errors
    if best == 0:
        return (
            f"Look at the bars: the error is smallest without a shift, {errors[0]:.3g}. The "
            "forecast does not come late."
        )
    beside = f"the error is then {errors[best]:.3g}, without a shift {errors[0]:.3g}"
    if best == 1:
        return (
            f"Look at the shortest bar: your forecast fits best one step late ({beside}). It "
            "repeats the last value, and knows little of what comes next."
        )
    steps = f"{abs(best)} step{'s' * (abs(best) != 1)} {'late' if best > 0 else 'early'}"
    return f"Look at the shortest bar: your forecast fits best {steps} ({beside})."
