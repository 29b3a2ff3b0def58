"""Does a forecast come late? Its error if it is held against earlier and later values instead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.insight.fresh_data import Floats

FURTHEST = 3
"""Steps in either direction."""

FEWEST = 5
"""Predictions that must have a value at every shift, for errors to say something."""


SURE = 3.0
"""Standard deviations that luck does not exceed, at none of the seven shifts."""

REPEATS = 0.5
"""Times the error against the value itself is that against the last one, where that is repeated."""


@dataclass(frozen=True)
class ShiftErrors:
    """Root mean squared errors by shift, all over the same `n_points` predictions.

    At shift s each prediction is held against the value s steps before the one that it is for, so
    a forecast that repeats the last value has no error at shift 1. `spreads` are the standard
    deviations of the same differences: a forecast that is too high everywhere has none.
    """

    errors: dict[int, float]
    n_points: int
    spreads: dict[int, float]

    @property
    def best(self) -> int:
        """The shift at which the predictions fit best; the smallest of equals."""
        return min(self.errors, key=lambda shift: (self.errors[shift], abs(shift)))

    @property
    def is_unclear(self) -> bool:
        """Whether the value itself fits about as well as the best shift, or another as well as it.

        The logarithm of a standard deviation over n points has one of about √(1 / 2n) itself, that
        of the ratio of two √(1 / n).
        """
        others = [spread for shift, spread in self.spreads.items() if shift]
        rival = self.spreads[0] if self.best else min(others)
        return rival <= float(np.exp(SURE / np.sqrt(self.n_points))) * self.spreads[self.best]


def shift_errors(real: Floats, predicted: Floats) -> ShiftErrors | None:
    """The errors at shifts of -3 to 3 steps of predictions (points,); `None` of too few."""
    n_points = len(real) - 2 * FURTHEST
    if n_points < FEWEST:
        return None
    middle = np.asarray(predicted, float)[FURTHEST : FURTHEST + n_points]
    errors, spreads = {}, {}
    for shift in range(-FURTHEST, FURTHEST + 1):
        start = FURTHEST - shift
        gap = middle - np.asarray(real, float)[start : start + n_points]
        errors[shift] = float(np.sqrt(np.mean(gap**2)))
        spreads[shift] = float(gap.std())
    return ShiftErrors(errors, n_points, spreads)


def shifts_sentence(shifts: ShiftErrors) -> str:
    """Whether the forecast comes late, and what that means."""
    best, errors = shifts.best, shifts.errors
    own = f"against the value itself {errors[0]:.3g}"
    if shifts.is_unclear:
        least, most = min(errors.values()), max(errors.values())
        return (
            f"Look at the bars: they go from {least:.3g} to {most:.3g}, {own}. That is too little "
            f"of a difference, over {shifts.n_points:,} predictions, to say whether the forecast "
            "comes late."
        )
    if best == 0:
        return (
            f"Look at the bars: the error is smallest without a shift, {errors[0]:.3g}. The "
            "forecast does not come late."
        )
    steps = "one step" if best == 1 else f"{abs(best)} step{'s' * (abs(best) != 1)}"
    side = "late" if best > 0 else "early"
    sentence = (
        f"Look at the shortest bar: your forecast fits best {steps} {side} (the error is "
        f"{errors[best]:.3g}, {own})."
    )
    if best == 1 and errors[1] <= REPEATS * errors[0]:
        return f"{sentence} It repeats the last value: of what comes next it knows little."
    return sentence
