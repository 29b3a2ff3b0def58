"""Does a forecast come late? It is held against values that are known to fit at one shift."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.charts.predictions import shifts_table
from rnnlab.insight.predictions import one_step_ahead
from rnnlab.insight.shifts import shift_errors, shifts_sentence
from rnnlab.rules.own_series import OwnSeries
from rnnlab.settings import Settings
from tests.insight.networks import recurrence

WALK = np.cumsum(np.random.default_rng(0).normal(size=60))


@pytest.mark.parametrize("shift", range(-3, 4))
def test_a_forecast_that_is_the_value_of_another_step_fits_at_that_shift(shift):
    found = shift_errors(WALK, np.roll(WALK, shift))
    assert found.best == shift
    assert found.errors[shift] == 0
    assert found.n_points == 54
    sentence = shifts_sentence(found)
    assert ("repeats the last value" in sentence) == (shift == 1)
    assert ("does not come late" in sentence) == (shift == 0)
    assert ("early" in sentence) == (shift < 0)


def test_the_error_at_zero_is_the_usual_one_over_the_same_points():
    predicted = WALK + np.random.default_rng(1).normal(size=60)
    errors = shift_errors(WALK, predicted).errors
    assert errors[0] == pytest.approx(np.sqrt(np.mean((predicted - WALK)[3:-3] ** 2)))
    assert errors[2] == pytest.approx(np.sqrt(np.mean((predicted[3:-3] - WALK[1:-5]) ** 2)))
    assert errors[-3] == pytest.approx(np.sqrt(np.mean((predicted[3:-3] - WALK[6:]) ** 2)))


def test_of_a_handful_of_values_nothing_is_said():
    assert shift_errors(WALK[:10], WALK[:10]) is None
    assert shift_errors(WALK[:11], WALK[:11]) is not None


def test_a_network_that_repeats_the_last_value_of_a_series_is_told_so():
    settings = Settings(
        rule="series", own=OwnSeries.of("walk", np.repeat(WALK, 5) + 0.1 * np.arange(300) % 7),
        window=4, rows=8, activation="linear",
    )  # fmt: skip
    series = one_step_ahead(settings, recurrence(settings, a=1.0, b=0.0))
    found = shift_errors(series.real, series.predicted)
    assert found.best == 1
    assert found.errors[1] == pytest.approx(0, abs=1e-5)
    assert "It repeats the last value" in shifts_sentence(found)


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=11, max_size=40))
def test_the_sentence_says_what_the_table_shows(points):
    real, predicted = map(np.array, zip(*points, strict=True))
    found = shift_errors(real, predicted)
    table, sentence = shifts_table(found), shifts_sentence(found)
    assert list(table["held against"])[2:5] == [
        "that of 1 step after", "the value itself", "that of 1 step before"
    ]  # fmt: skip
    errors = dict(zip(range(-3, 4), table["root mean squared error"], strict=True))
    if "too little of a difference" in sentence:
        least, most = min(errors.values()), max(errors.values())
        assert f"from {least:.3g} to {most:.3g}, against the value itself {errors[0]:.3g}." in (
            sentence
        )
        return
    if "does not come late" in sentence:
        assert f", {errors[0]:.3g}." in sentence
        assert errors[0] == min(errors.values())
        return
    steps, late = re.search(r"fits best (\w+) steps? (late|early)", sentence).groups()
    shift = int(steps.replace("one", "1")) * (1 if late == "late" else -1)
    assert errors[shift] == min(errors.values())
    assert f"error is {errors[shift]:.3g}, against the value itself {errors[0]:.3g})" in sentence


@pytest.mark.parametrize("n_points", [12, 30, 300])
def test_of_noise_and_of_a_constant_no_shift_is_named(n_points):
    rng = np.random.default_rng(n_points)
    pairs = (rng.normal(size=(2, n_points)) for _ in range(100))
    unclear = [shift_errors(real, predicted).is_unclear for real, predicted in pairs]
    assert sum(unclear) >= 97
    trend = np.arange(n_points) + rng.normal(size=n_points)
    assert "too little of a difference" in shifts_sentence(shift_errors(trend, 0 * trend))


def test_what_fits_one_step_late_need_not_repeat_the_last_value():
    wave = np.sin(np.arange(200) / 5)
    between = 0.4 * wave + 0.6 * np.roll(wave, 1) + 0.1 * np.random.default_rng(0).normal(size=200)
    sentence = shifts_sentence(shift_errors(wave, between))
    assert "repeats" not in sentence
    late = shifts_sentence(shift_errors(wave, np.roll(wave, 1) + 0.001 * wave))
    assert "fits best one step late" in late
    assert "It repeats the last value" in late
