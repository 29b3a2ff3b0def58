"""Numbers as tensors: their order is training's, and every piece lies where it is said to lie."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.settings import Settings
from rnnlab.survey import tensors
from tests.rules.found import wobble

SINE = Settings(rule="sine", window=10, rows=32)


@pytest.mark.parametrize("rule", ["sine", "toy"])
def test_the_order_is_the_one_that_training_reads(rule):
    from rnnlab.training.data import Data

    settings = Settings(rule=rule, window=10, rows=500, seed=5)
    n = settings.updates_per_epoch
    batches = Data(settings).batches(2 * n, 3 * n)  # the third epoch, the first network
    samples, order = tensors.samples_of(settings), tensors.order_of(settings, epoch=2)
    assert np.array_equal(batches.inputs[:, 0], samples.inputs[order])
    assert np.array_equal(batches.targets[:, 0, :, 0], samples.targets[order])


def test_no_sample_comes_twice_in_an_epoch():
    order = tensors.order_of(SINE)
    assert order.shape == (312, 32)  # 9,990 = 312 * 32 + 6
    assert len(np.unique(order)) == order.size


def test_a_stretch_holds_the_sample_in_its_place():
    stretch = tensors.around(SINE, 100, more=15)
    samples = tensors.samples_of(SINE)
    at = stretch.first - stretch.start
    assert (stretch.start, len(stretch.values)) == (85, 15 + 10 + 1 + 15)
    assert np.array_equal(stretch.values[at : at + 10], samples.inputs[100, :, 0])
    assert stretch.values[at + 10] == samples.targets[100]


@pytest.mark.parametrize(("sample", "start", "size"), [(0, 0, 26), (9989, 9974, 26)])
def test_at_the_ends_a_stretch_is_shorter(sample, start, size):
    stretch = tensors.around(SINE, sample, more=15)
    assert (stretch.start, len(stretch.values)) == (start, size)


@pytest.mark.parametrize("sample", [-1, 9990])
def test_a_sample_that_is_not_there_is_refused(sample):
    with pytest.raises(SettingError, match="between 0 and 9989"):
        tensors.around(SINE, sample, more=5)


def test_a_split_is_thinned_out_and_keeps_its_places():
    split = tensors.split_of(SINE, 1500)
    assert (split.n_train, split.n_test) == (10_000, 1_000)
    assert 1000 < len(split.places) <= 1500
    train = np.sin(np.linspace(0, 100, 10_000))
    inside = split.places < 10_000
    assert np.allclose(split.values[inside], train[split.places[inside]], atol=1e-6)


def test_an_own_series_is_split_where_its_test_begins():
    split = tensors.split_of(Settings(rule="series", own=wobble(400), window=10, rows=8), 1500)
    assert (split.n_train, split.n_test, len(split.places)) == (360, 40, 400)


def test_the_other_reading_of_the_sine_turns_steps_into_features():
    other = tensors.other_reading(SINE)
    assert other is not None
    assert (SINE.shape, other.shape) == ((10, 1), (1, 10))
    assert tensors.other_reading(other) == SINE
    assert tensors.other_reading(Settings(rule="toy")) is None


def test_a_reading_that_is_too_large_to_run_is_none():
    printed = Settings(
        rule="sine", parameters={"as_printed": True}, window=100, rows=32, units=64, layers=3,
        epochs=60, networks=16,
    )  # fmt: skip
    assert tensors.other_reading(printed) is None


def test_bits_are_no_tensors_of_numbers():
    with pytest.raises(SettingError, match="about bits"):
        tensors.samples_of(Settings())
    with pytest.raises(SettingError, match="not about a series"):
        tensors.split_of(Settings(rule="toy"), 100)


def test_batches_are_told_with_what_is_left_over():
    said = tensors.batches_sentence(SINE)
    assert "9,990 samples" in said
    assert "312 batches of 32" in said
    assert "The 6 left over" in said
    assert tensors.batches_sentence(Settings(rule="toy")) == (
        "Your 3 samples are shuffled and dealt into one batch of 3, one update each."
    )
