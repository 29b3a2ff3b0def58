"""What every rule on numbers must keep."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.rules.found import EVERY_SAMPLE_RULE, EVERY_SAMPLE_SETTING

FIELDS = ("inputs", "targets", "test_inputs", "test_targets")


@EVERY_SAMPLE_SETTING
@pytest.mark.parametrize("window", [1, 2, 10, 100])
def test_samples_have_the_shape_that_the_rule_announces(tried, parameters, window):
    samples = tried.samples(window, **parameters)
    n = tried.n_samples(window, **parameters)
    n_test = len(samples.test_targets)
    assert n > 0
    assert n_test > 0
    assert samples.inputs.shape == (n, *tried.shape(window, **parameters))
    assert samples.targets.shape == (n,)
    assert samples.test_inputs.shape == (n_test, *tried.shape(window, **parameters))
    for field in FIELDS:
        numbers = getattr(samples, field)
        assert numbers.dtype == np.float32
        assert np.isfinite(numbers).all()


@EVERY_SAMPLE_SETTING
def test_samples_are_the_same_every_time(tried, parameters):
    first, again = tried.samples(4, **parameters), tried.samples(4, **parameters)
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(first, field), getattr(again, field))


@EVERY_SAMPLE_SETTING
def test_an_epoch_has_as_many_updates_as_it_has_full_batches(tried, parameters):
    n = len(tried.samples(3, **parameters).targets)
    for rows in (1, 2, 3, 32):
        batches = len(range(0, n - rows + 1, rows))
        assert tried.updates_per_epoch(rows, 2000, 3, **parameters) == batches


@EVERY_SAMPLE_SETTING
@pytest.mark.parametrize("window", [1, 2, 10])
def test_the_recipe_gives_the_very_samples(tried, parameters, window, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if hasattr(tried, "own"):
        (tmp_path / "series.txt").write_text(tried.own.text)
    names = {"np": np, "window": window}
    exec(tried.recipe(**parameters), names)
    samples = tried.samples(window, **parameters)
    for field, name in zip(FIELDS, ("x", "y", "x_test", "y_test"), strict=True):
        assert names[name].dtype == np.float32
        np.testing.assert_array_equal(names[name], getattr(samples, field))


@EVERY_SAMPLE_SETTING
@pytest.mark.parametrize("window", [1, 3, 50])
def test_baselines_are_errors_from_the_worst_to_the_best(tried, parameters, window):
    errors = list(tried.baselines(window, **parameters).values())
    assert errors
    assert all(worse >= better for worse, better in itertools.pairwise(errors))
    assert errors[-1] >= 0


@EVERY_SAMPLE_SETTING
def test_who_always_says_the_mean_is_among_the_baselines(tried, parameters):
    samples = tried.samples(3, **parameters)
    spread = float(np.mean((samples.test_targets - samples.targets.mean()) ** 2))
    [said] = [
        error
        for label, error in tried.baselines(3, **parameters).items()
        if label.startswith("always the mean")
    ]
    assert said == pytest.approx(spread, rel=0.02)  # the first targets begin after a window


@EVERY_SAMPLE_RULE
def test_what_has_no_meaning_for_samples_is_settled(tried):
    assert {"length", "fresh_data", "carry_state"} <= tried.settled.keys()
    assert tried.settled["carry_state"] is False
    assert tried.settled["fresh_data"] is False


@EVERY_SAMPLE_RULE
def test_a_number_leads_back_to_the_unit_of_the_data(tried):
    assert tried.scale > 0
    assert np.isfinite(tried.centre)
