"""The sine wave and the toy: the article's points, windows and numbers; the sine's recurrence."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules.sine import SineRule
from rnnlab.rules.toy import ToyRule

SINE, PRINTED, TOY = SineRule(), SineRule(as_printed=True), ToyRule()


def test_the_points_of_the_article():
    train, test = SINE.train_test_values()
    assert len(train) == 10_000
    assert len(test) == 1_000
    # Both ends belong to a piece; the step is 100/9999.
    for value, place in [
        (train[0], 0),
        (train[1], 100 / 9999),
        (train[-1], 100),
        (test[0], 100),
        (test[1], 100 + 10 / 999),
        (test[-1], 110),
    ]:
        assert value == pytest.approx(math.sin(place), abs=6e-8)


def test_windows_are_consecutive_values_and_the_target_the_next():
    train, test = SINE.train_test_values()
    samples = SINE.samples(10)
    assert samples.inputs.shape == (9_990, 10, 1)
    assert samples.test_inputs.shape == (990, 10, 1)
    for first in (0, 1, 777, 9_989):
        assert samples.inputs[first, :, 0].tolist() == train[first : first + 10].tolist()
        assert samples.targets[first] == train[first + 10]
    assert samples.test_inputs[0, :, 0].tolist() == test[:10].tolist()
    assert samples.test_targets[-1] == test[-1]


def test_the_windows_of_the_article_are_these_but_for_the_last():
    # Its loop, with its TIMESTEPS = 10: for i in range(len(seq) - TIMESTEPS - 1).
    train, _ = SINE.train_test_values()
    x, y = [], []
    for i in range(len(train) - 10 - 1):
        x.append([train[i : i + 10]])
        y.append([train[i + 10]])
    samples = PRINTED.samples(10)
    np.testing.assert_array_equal(samples.inputs[:-1], np.array(x))
    np.testing.assert_array_equal(samples.targets[:-1], np.array(y)[:, 0])


def test_as_printed_a_window_is_one_step():
    assert SINE.shape(10) == (10, 1)
    assert PRINTED.shape(10) == (1, 10)
    meant, printed = SINE.samples(10), PRINTED.samples(10)
    assert meant.inputs[5, :, 0].tolist() == printed.inputs[5, 0, :].tolist()
    assert meant.targets.tolist() == printed.targets.tolist()
    assert SINE.baselines(10) == PRINTED.baselines(10)


def test_the_recurrence_is_that_of_a_sine():
    a, b = SINE.recurrence()
    assert a == pytest.approx(2 * math.cos(100 / 9999), abs=1e-8)
    assert b == pytest.approx(-1, abs=1e-8)


def test_the_baselines_are_those_of_a_sine():
    baselines = SINE.baselines(10)
    assert list(baselines) == ["always the mean", "same as last value", "two-term recurrence"]
    # x[t+1] - x[t] = w cos t to first order; the places of the test's targets run over one turn
    # and a half: the mean of cos^2 is 1/2 + (sin 2b - sin 2a) / (4 (b - a)).
    start, end, w = 100 + 10 * 10 / 999, 110, 10 / 999
    cos2 = 0.5 + (math.sin(2 * end) - math.sin(2 * start)) / (4 * (end - start))
    assert baselines["same as last value"] == pytest.approx(w**2 * cos2, rel=0.01)
    assert baselines["two-term recurrence"] < 1e-13  # rounding to single precision, squared


def test_windows_of_one_value_have_no_recurrence():
    assert list(SINE.baselines(1)) == ["always the mean", "same as last value"]
    assert list(SINE.baselines(2))[2:] == ["two-term recurrence"]


@pytest.mark.parametrize("window", [0, 10_000])
def test_windows_that_do_not_fit_are_refused(window):
    with pytest.raises(SettingError, match=f"between 1 and 9999 values.* but it is {window}"):
        SINE.n_samples(window)


def test_the_article_has_three_sequences_of_three_steps_with_two_features():
    samples = TOY.samples(3)
    assert samples.inputs.shape == (3, *TOY.shape(3)) == (3, 3, 2)
    assert samples.inputs[1].tolist() == [[5, 6], [6, 7], [7, 8]]
    assert samples.inputs[:, -1, -1].tolist() == [4, 8, 12]
    assert samples.targets.tolist() == [10, 20, 30]


def test_the_test_is_on_the_same_three():
    samples = TOY.samples(3)
    assert samples.test_inputs.tolist() == samples.inputs.tolist()
    assert samples.test_targets.tolist() == samples.targets.tolist()


def test_rows_and_window_are_settled_and_an_epoch_is_one_update():
    assert TOY.fixed_settings["rows"] == 3
    assert TOY.fixed_settings["window"] == 3
    assert TOY.updates_per_epoch(3, TOY.fixed_settings["length"], 3) == 1


def test_who_always_says_20_is_wrong_by_66_point_67():
    assert TOY.baselines(3) == {"always the mean, 20": pytest.approx(66.67, abs=0.005)}
