"""What every rule on numbers must keep."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from rnnlab.errors import SettingError
from tests.rules.cases import EVERY_SAMPLE_RULE, EVERY_SAMPLE_SETTING, shortest_window

FIELDS = ("inputs", "targets", "test_inputs", "test_targets")


@EVERY_SAMPLE_SETTING
@pytest.mark.parametrize("window", [0, 1])
def test_a_window_without_room_for_a_sample_is_refused_everywhere(rule, window):
    if window < shortest_window(rule) and rule.fixed_settings.get("window") is None:
        for refuses in (rule.samples, rule.n_samples):
            with pytest.raises(SettingError):
                refuses(window)


@EVERY_SAMPLE_SETTING
@pytest.mark.parametrize("window", [1, 2, 10, 100])
def test_samples_have_the_shape_that_the_rule_announces(rule, window):
    window = max(window, shortest_window(rule))
    samples = rule.samples(window)
    n = rule.n_samples(window)
    n_test = len(samples.test_targets)
    assert n > 0
    assert n_test > 0
    assert samples.inputs.shape == (n, *rule.shape(window))
    assert samples.targets.shape == (n,)
    assert samples.test_inputs.shape == (n_test, *rule.shape(window))
    for field in FIELDS:
        numbers = getattr(samples, field)
        assert numbers.dtype == np.float32
        assert np.isfinite(numbers).all()


@EVERY_SAMPLE_SETTING
def test_samples_are_the_same_every_time(rule):
    first, again = rule.samples(4), rule.samples(4)
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(first, field), getattr(again, field))


@EVERY_SAMPLE_SETTING
def test_an_epoch_has_as_many_updates_as_it_has_full_batches(rule):
    n = len(rule.samples(3).targets)
    for rows in (1, 2, 3, 32):
        batches = len(range(0, n - rows + 1, rows))
        assert rule.updates_per_epoch(rows, 2000, 3) == batches


@EVERY_SAMPLE_SETTING
@pytest.mark.parametrize("window", [1, 2, 10])
def test_the_recipe_gives_the_very_samples(rule, window, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if hasattr(rule, "own"):
        (tmp_path / "series.txt").write_text(rule.own.text)
    window = max(window, shortest_window(rule))
    names = {"np": np, "window": window}
    exec(rule.numpy_code(), names)
    samples = rule.samples(window)
    for field, name in zip(FIELDS, ("x", "y", "x_test", "y_test"), strict=True):
        assert names[name].dtype == np.float32
        np.testing.assert_array_equal(names[name], getattr(samples, field))


@EVERY_SAMPLE_SETTING
@pytest.mark.parametrize("window", [1, 3, 50])
def test_baselines_are_errors_from_the_worst_to_the_best(rule, window):
    errors = list(rule.baselines(window).values())
    assert errors
    assert all(worse >= better for worse, better in itertools.pairwise(errors))
    assert errors[-1] >= 0


@EVERY_SAMPLE_SETTING
def test_who_always_says_the_mean_is_among_the_baselines(rule):
    samples = rule.samples(3)
    spread = float(np.mean((samples.test_targets - samples.targets.mean()) ** 2))
    [said] = [
        error for label, error in rule.baselines(3).items() if label.startswith("always the mean")
    ]
    assert said == pytest.approx(spread, rel=0.02)  # the first targets begin after a window


@EVERY_SAMPLE_RULE
def test_what_has_no_meaning_for_samples_is_settled(rule):
    assert {"length", "fresh_data", "carry_state"} <= rule.fixed_settings.keys()
    assert rule.fixed_settings["carry_state"] is False
    assert rule.fixed_settings["fresh_data"] is False


@EVERY_SAMPLE_RULE
def test_a_number_leads_back_to_the_unit_of_the_data(rule):
    assert rule.scale > 0
    assert np.isfinite(rule.centre)
