"""Samples of numbers: in training's order, each where it should lie; the sine's recurrence."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.exploration.samples import (
    batch_order,
    batches_sentence,
    other_sine,
    recurrence,
    sample_context,
    series_split,
)
from rnnlab.rules.own_series import OwnSeries
from rnnlab.settings import Settings
from tests.rules.cases import wobble

SINE = Settings(rule="sine", window=10, rows=32)


@pytest.mark.parametrize("rule", ["sine", "toy", "adding"])
def test_the_order_is_the_one_that_training_reads(rule):
    from rnnlab.training.data import Data

    settings = Settings(rule=rule, window=10, rows=500, seed=5)
    n = settings.updates_per_epoch
    batches = Data(settings).batches(2 * n, 3 * n)  # the third epoch, the first network
    samples, order = settings.sample_rule.samples(settings.window), batch_order(settings, epoch=2)
    assert np.array_equal(batches.inputs[:, 0], samples.inputs[order])
    assert np.array_equal(batches.targets[:, 0, :, 0], samples.targets[order])


def test_no_sample_comes_twice_in_an_epoch():
    order = batch_order(SINE)
    assert order.shape == (312, 32)  # 9,990 = 312 * 32 + 6
    assert len(np.unique(order)) == order.size


def test_a_stretch_holds_the_sample_in_its_place():
    context = sample_context(SINE, 100, margin=15)
    samples = SINE.sample_rule.samples(SINE.window)
    offset = context.first - context.start
    assert (context.start, len(context.values)) == (85, 15 + 10 + 1 + 15)
    assert np.array_equal(context.values[offset : offset + 10], samples.inputs[100, :, 0])
    assert context.values[offset + 10] == samples.targets[100]


@pytest.mark.parametrize(("sample", "start", "size"), [(0, 0, 26), (9989, 9974, 26)])
def test_at_the_ends_a_stretch_is_shorter(sample, start, size):
    context = sample_context(SINE, sample, margin=15)
    assert (context.start, len(context.values)) == (start, size)


@pytest.mark.parametrize("sample", [-1, 9990])
def test_a_sample_that_is_not_there_is_refused(sample):
    with pytest.raises(SettingError, match="between 0 and 9989"):
        sample_context(SINE, sample, margin=5)


def test_a_split_is_thinned_out_and_keeps_its_places():
    split = series_split(SINE, 1500)
    assert (split.n_train, split.n_test) == (10_000, 1_000)
    assert 1000 < len(split.indices) <= 1500
    train = np.sin(np.linspace(0, 100, 10_000))
    inside = split.indices < 10_000
    assert np.allclose(split.values[inside], train[split.indices[inside]], atol=1e-6)


def test_an_own_series_is_split_where_its_test_begins():
    split = series_split(Settings(rule="series", own=wobble(400), window=10, rows=8), 1500)
    assert (split.n_train, split.n_test, len(split.indices)) == (360, 40, 400)


def test_the_other_reading_of_the_sine_turns_steps_into_features():
    other = other_sine(SINE)
    assert other is not None
    assert (SINE.shape, other.shape) == ((10, 1), (1, 10))
    assert other_sine(other) == SINE
    assert other_sine(Settings(rule="toy")) is None


def test_a_reading_that_is_too_large_to_run_is_none():
    printed = Settings(
        rule="sine", parameters=(("as_printed", True),), window=100, rows=32, units=64, layers=3,
        epochs=60, networks=16,
    )  # fmt: skip
    assert other_sine(printed) is None


def test_bits_are_no_tensors_of_numbers():
    with pytest.raises(SettingError, match="about bits"):
        Settings().sample_rule.samples(Settings().window)
    with pytest.raises(SettingError, match="not about a series"):
        series_split(Settings(rule="toy"), 100)


def test_batches_are_told_with_what_is_left_over():
    sentence = batches_sentence(SINE)
    assert "9,990 samples" in sentence
    assert "312 batches of 32" in sentence
    assert "The 6 left over" in sentence
    assert batches_sentence(Settings(rule="toy")) == (
        "Your 3 samples are shuffled and dealt into one batch of 3, one update each."
    )


def test_the_sine_obeys_what_its_angle_says():
    fitted = recurrence(Settings(rule="sine"))
    assert fitted.is_sine
    assert (fitted.angle, fitted.test_angle) == pytest.approx((100 / 9999, 10 / 999))
    assert (fitted.a, fitted.b) == pytest.approx((fitted.exact_a, -1), abs=1e-6)
    x = np.sin(np.linspace(0, 100, 10_000))
    assert np.allclose(fitted.exact_a * x[1:-1] - x[:-2], x[2:], atol=1e-12)


def test_standing_still_costs_half_the_squared_step():
    settings = Settings(rule="sine")
    measured = settings.data.baselines(settings.window)["same as last value"]
    # The test is no whole number of waves, so the mean of the squared cosine is not quite 1/2.
    assert recurrence(settings).last_value_error == pytest.approx(measured, rel=0.06)


def test_a_series_of_ones_own_is_fitted():
    own = OwnSeries.of("wave", np.sin(0.3 * np.arange(400)))
    fitted = recurrence(Settings(rule="series", own=own, window=4))
    assert not fitted.is_sine
    assert math.isnan(fitted.angle)
    assert (fitted.a, fitted.b) == pytest.approx((2 * math.cos(0.3), -1), abs=0.01)


@pytest.mark.parametrize("rule", ["toy", "pair"])
def test_what_is_no_series_has_no_recurrence(rule):
    assert recurrence(Settings(rule=rule)) is None
