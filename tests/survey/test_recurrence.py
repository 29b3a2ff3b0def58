"""The recurrence of a sine: its coefficients, and what standing still costs."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.rules.own_series import OwnSeries
from rnnlab.settings import Settings
from rnnlab.survey.recurrence import recurrence


def test_the_sine_obeys_what_its_angle_says():
    found = recurrence(Settings(rule="sine"))
    assert found.known
    assert (found.angle, found.test_angle) == pytest.approx((100 / 9999, 10 / 999))
    assert (found.a, found.b) == pytest.approx((found.exact, -1), abs=1e-6)
    x = np.sin(np.linspace(0, 100, 10_000))
    assert np.allclose(found.exact * x[1:-1] - x[:-2], x[2:], atol=1e-12)


def test_standing_still_costs_half_the_squared_step():
    settings = Settings(rule="sine")
    measured = settings.data.baselines(settings.window)["same as last value"]
    # The test is no whole number of waves, so the mean of the squared cosine is not quite 1/2.
    assert recurrence(settings).standstill == pytest.approx(measured, rel=0.06)


def test_a_series_of_ones_own_is_fitted():
    own = OwnSeries.of("wave", np.sin(0.3 * np.arange(400)))
    found = recurrence(Settings(rule="series", own=own, window=4))
    assert not found.known
    assert math.isnan(found.angle)
    assert (found.a, found.b) == pytest.approx((2 * math.cos(0.3), -1), abs=0.01)


@pytest.mark.parametrize("rule", ["toy", "pair"])
def test_what_is_no_series_has_no_recurrence(rule):
    assert recurrence(Settings(rule=rule)) is None
