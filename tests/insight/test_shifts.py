"""Does a forecast come late? It is held against values that are known to fit at one shift."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.charts.shifts import shifts_table, shifts_top
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
    row = table[table["best"]].iloc[0]
    assert table["best"].sum() == 1
    assert row["error"] == table["error"].min()
    assert table["error"].max() <= shifts_top(found)
    at = dict(zip(table["shift"], table["text"], strict=True))
    if row["shift"] == 0:
        assert f"least at 0, where it is {at[0]}." in sentence
        return
    steps, late = re.search(r"fits best (\w+) steps? (late|early)", sentence).groups()
    assert {"one": 1}.get(steps, steps) in (abs(row["shift"]), str(abs(row["shift"])))
    assert (late == "late") == (row["shift"] > 0)
    assert f"the error is {row['text']} there, and {at[0]} at 0" in sentence
