"""Numbers predicted: by a recurrence that knows the sine, and by a toy that has run out of room."""

import math

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.errors import SettingError
from rnnlab.insight.predictions import (
    answers,
    answers_sentence,
    forecast,
    forecast_sentence,
    free_run,
    one_step_ahead,
    one_step_sentence,
)
from rnnlab.network import Network
from rnnlab.reference import forward
from rnnlab.rules.own_series import OwnSeries
from rnnlab.settings import Settings
from tests.insight.networks import random, recurrence, zeros

ANGLE = 10 / 999
"""Of one step of the sine's test, in radians."""

EITHER_WAY = pytest.mark.parametrize("as_printed", [True, False])


def sine(*, as_printed: bool = False, **changes) -> Settings:
    values = {"rule": "sine", "as_printed": as_printed, "window": 10, "activation": "linear"}
    return Settings.of(values | changes)


@EITHER_WAY
def test_the_exact_recurrence_follows_the_sine_alone(as_printed):
    settings = sine(as_printed=as_printed)
    weights = recurrence(settings, a=2 * math.cos(ANGLE), b=-1.0)
    found = forecast(settings, weights, points=300)
    assert found.error < 0.01, "the first two values are rounded to single precision"
    assert found.lost is None
    assert "all 300 steps" in forecast_sentence(found)
    assert one_step_ahead(settings, weights).error < 1e-6


@EITHER_WAY
def test_who_repeats_the_last_value_makes_that_baselines_error_and_is_soon_lost(as_printed):
    settings = sine(as_printed=as_printed)
    weights = recurrence(settings, a=1.0, b=0.0)
    found = one_step_ahead(settings, weights)
    assert found.error == pytest.approx(found.baselines["same as last value"], rel=1e-4)
    assert " 1 of 3." in one_step_sentence(found)
    alone = forecast(settings, weights)
    assert np.ptp(alone.predicted) == 0
    start = settings.data.samples(10).test_inputs.ravel()[9]
    first = np.flatnonzero(np.abs(alone.real - start) > alone.amplitude / 2)[0] + 1
    assert alone.lost == first
    assert f"at step {first}" in forecast_sentence(alone)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("timesteps", "both"), [(1, False), (2, False), (5, False), (5, True)])
def test_going_on_alone_is_reading_one_window_after_the_other(cell, timesteps, both):
    network = Network(
        cell=cell,
        layers=2,
        units=3,
        features=(features := 4 if timesteps == 1 else 1),
        outputs=1,
        last_step=True,
        classes=False,
        bidirectional=both,
    )
    rng = np.random.default_rng(5)
    weights = {name: rng.standard_normal(shape) for name, shape in network.shapes.items()}
    start = rng.standard_normal((timesteps, features))
    values = list(start.ravel())
    for _ in range(12):
        window = np.array(values[-timesteps * features :]).reshape(1, timesteps, features)
        values.append(float(forward(network, weights, window).predicted[0, 0, 0]))
    expected = values[timesteps * features :]
    np.testing.assert_allclose(free_run(network, weights, start, 12), expected, rtol=1e-10)


def test_the_sentence_says_that_a_network_runs_away():
    settings = sine()
    found = forecast(settings, recurrence(settings, a=3.0, b=0.0))
    assert found.lost is not None
    assert f"step {found.lost}." in forecast_sentence(found)
    assert "inf" not in forecast_sentence(found)
    assert "nan" not in forecast_sentence(found)


def test_samples_that_are_no_windows_cannot_go_on():
    settings = Settings.of({"rule": "toy"})
    with pytest.raises(SettingError, match="2 a step"):
        forecast(settings, random(settings))


def test_a_users_series_is_predicted_in_its_own_units():
    values = 500 + 100 * np.sin(0.3 * np.arange(200))
    settings = Settings(
        rule="series", own=OwnSeries.of("mine", values), window=8, activation="linear", rows=10
    )
    found = one_step_ahead(settings, recurrence(settings, a=1.0, b=0.0))
    np.testing.assert_allclose(found.real, values[180:], rtol=1e-5)
    np.testing.assert_allclose(found.predicted, values[179:-1], rtol=1e-5)
    assert found.error == pytest.approx(np.sqrt(np.mean(np.diff(values)[179:] ** 2)), rel=1e-4)
    assert found.baselines["same as last value"] == pytest.approx(found.error, rel=1e-4)
    alone = forecast(settings, recurrence(settings, a=2 * math.cos(0.3), b=-1.0))
    np.testing.assert_allclose(alone.predicted, values[180:], atol=0.1 * alone.amplitude)


def test_a_toy_whose_units_are_full_cannot_say_more_than_its_weights():
    settings = Settings.of({"rule": "toy", "units": 4})
    weights = zeros(settings)
    weights["rnn1_kernel"][:] = 5
    weights["dense_kernel"][:, 0] = 6
    weights["dense_bias"][:] = 5.8
    found = answers(settings, weights)
    # 4 units at 1 times 6, and 5.8.
    assert found.predicted == pytest.approx([29.8, 29.8, 29.8], abs=1e-6)
    assert found.high == pytest.approx(29.8)
    assert found.low == pytest.approx(-18.2)
    assert list(found.saturated) == [1, 1, 1]
    assert found.worst == 0
    assert "within reach" in answers_sentence(found)


def test_the_sentence_says_why_30_is_missed():
    settings = Settings.of({"rule": "toy", "units": 4})
    weights = random(settings)
    samples = settings.data.samples(3)
    found = answers(settings, weights)
    missed = type(found)(
        targets=samples.test_targets,
        predicted=np.array([10.0, 20.0, 29.9]),
        last=np.array([[1, 0, 0.5, 0], [1, 1, 0.5, 0], [1, 1, -1, 1.0]]),
        low=-18.0,
        high=29.91,
        bounded=True,
    )
    sentence = answers_sentence(missed)
    assert "29.900 for 30" in sentence
    assert "100% of its units" in sentence
    assert "29.910 at most" in sentence


@pytest.mark.parametrize(
    ("predicted", "bounded", "words"),
    [([10, 20, 30], True, "Every answer is right"), ([10, 20, 25], False, "no limit")],
)
def test_other_answers_get_other_sentences(predicted, bounded, words):
    settings = Settings.of({"rule": "toy"})
    found = answers(settings, random(settings))
    changed = type(found)(
        found.targets, np.array(predicted, float), found.last, found.low, found.high, bounded
    )
    assert words in answers_sentence(changed)
