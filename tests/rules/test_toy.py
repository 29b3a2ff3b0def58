"""The toy regression as the article prints it."""

from __future__ import annotations

import pytest

from rnnlab.rules import RULES

TOY = RULES["toy"]


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
