"""What is said of predictions is what stands in the table beside it, for any network and series."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.charts.predictions import answers_table, errors_table, series_table
from rnnlab.insight.predictions import (
    Answers,
    answers_sentence,
    forecast,
    forecast_sentence,
    one_step_ahead,
    one_step_sentence,
)
from rnnlab.rules.own_series import OwnSeries
from rnnlab.settings import Settings
from tests.insight.networks import recurrence


@st.composite
def predicted_series(draw: st.DrawFn):
    """A series, and a network that says a times the last value and b times the one before."""
    n_values, seed = draw(st.integers(60, 200)), draw(st.integers(0, 999))
    rng = np.random.default_rng(seed)
    values = np.cumsum(rng.normal(draw(st.floats(-1, 1)), 1, n_values))
    settings = Settings(
        rule="series", own=OwnSeries.of("walk", values), rows=4, activation="linear",
        window=draw(st.integers(2, 6)),
    )  # fmt: skip
    a, b = draw(st.floats(-1, 2)), draw(st.floats(-1, 0.5))
    return settings, recurrence(settings, a=a, b=b)


@given(predicted_series(), st.integers(4, 30))
def test_the_errors_that_are_said_are_those_of_the_table_over_the_same_values(network, points):
    settings, weights = network
    series = one_step_ahead(settings, weights, points=points)
    sentence, table = one_step_sentence(series), errors_table(series)
    errors = dict(zip(table["who"], table["root mean squared error"], strict=True))
    said = dict(re.findall(r"'([^']+)' ([\d.e+-]*\d)", sentence))
    assert said == {who: f"{errors[who]:.4g}" for who in errors if who != "your network"}
    mine = errors["your network"]
    assert f"root mean squared error is {mine:.4g}." in sentence
    beaten = sum(error > mine for error in errors.values())
    assert sentence.endswith(f" {beaten} of {len(said)}.")
    # "Same as last value" by hand, over the points that the lines show.
    values = settings.own.array.astype(float)[settings.own.n_train - 1 :]
    gaps = np.diff(values)[:points]
    assert errors["same as last value"] == pytest.approx(np.sqrt(np.mean(gaps**2)), rel=1e-3)
    assert f"{len(gaps):,} values of the test" in sentence
    rows = series_table(series).query("line == 'predicted'")
    assert mine == pytest.approx(np.sqrt(np.mean(rows["error"] ** 2)))


@given(predicted_series())
def test_the_step_that_is_said_to_be_lost_is_the_first_that_is_too_far_off(network):
    series = forecast(*network)
    sentence, table = forecast_sentence(series), series_table(series).query("line == 'predicted'")
    off = table[~(table["error"].abs() <= series.amplitude / 2)]["point"]
    if off.empty:
        assert f" all {len(table):,} steps" in sentence
    else:
        assert f"at step {off.iloc[0]}." in sentence
        assert list(table[table["lost"]]["point"]) == [off.iloc[0]]


@given(st.lists(st.floats(-50, 50), min_size=3, max_size=3), st.floats(0, 60), st.booleans())
def test_the_answer_that_is_named_is_the_one_that_is_furthest_off(predicted, reach, bounded):
    answers = Answers(
        targets=np.array([10.0, 20.0, 30.0]), predicted=np.array(predicted),
        last=np.linspace(-1, 1, 12).reshape(3, 4), low=-reach, high=reach, bounded=bounded,
    )  # fmt: skip
    sentence, table = answers_sentence(answers), answers_table(answers)
    row = table.loc[table["error"].abs().idxmax()]
    assert f"{row['predicted']:.3f} for {row['target']:g}." in sentence
    if said := re.search(r"(\d+)% of its units", sentence):
        assert int(said[1]) == round(100 * row["saturated"])
    if said := re.search(r"(at most|below) (-?[\d.]+), so \d+ is (out of|within) reach", sentence):
        inside = -reach <= row["target"] <= reach
        assert (said[3] == "within") == inside
