"""The adding problem: its marks, its sums, and what is known of them without any network."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules.adding import AddingRule

RULE = AddingRule()
ENOUGH = 4
"""Standard errors within which a simulated mean must lie."""


def near(errors: np.ndarray, expected: float) -> bool:
    """Whether the mean of these is the expected one, as far as so few can say."""
    return abs(errors.mean() - expected) < ENOUGH * errors.std() / np.sqrt(len(errors))


@pytest.fixture(params=[2, 3, 5, 20, 50, 100])
def both(request):
    """Inputs (sequences, window, 2) and targets, those for training and for the test."""
    samples = RULE.samples(request.param)
    inputs = np.concatenate([samples.inputs, samples.test_inputs])
    return inputs.astype(float), np.concatenate([samples.targets, samples.test_targets])


def test_two_steps_are_marked_one_in_each_half(both):
    marks, window = both[0][..., 1], both[0].shape[1]
    half = window // 2
    assert np.isin(marks, (0, 1)).all()
    assert (marks[:, :half].sum(axis=1) == 1).all()
    assert (marks[:, half:].sum(axis=1) == 1).all()
    for part in (marks[:, :half], marks[:, half:]):  # every step as often as any other
        n_steps = part.shape[1]
        deviation = np.sqrt((1 - 1 / n_steps) / n_steps / len(part))
        assert (np.abs(part.mean(axis=0) - 1 / n_steps) < 5 * deviation + 1e-12).all()


def test_the_target_is_the_sum_of_the_two_marked_values(both):
    inputs, targets = both
    assert (inputs[..., 0] >= 0).all()
    assert (inputs[..., 0] < 1).all()
    for values, target in list(zip(inputs, targets, strict=True))[:200]:
        first, second = [value for value, mark in values if mark]
        assert target == pytest.approx(first + second, abs=1e-6)


def test_the_lines_are_what_simulated_predictors_reach(both):
    inputs, targets = both
    nothing, later = RULE.baselines(inputs.shape[1]).values()
    half = inputs.shape[1] // 2
    value = (inputs[:, half:, 0] * inputs[:, half:, 1]).sum(axis=1)
    assert near((targets - 1) ** 2, nothing)
    assert near((targets - value - 0.5) ** 2, later)
    assert near((targets - 0.9) ** 2, nothing + 0.01)  # 0.1767


def test_the_lines_are_those_of_every_pair_of_values():
    # Values in the middle of n equal parts of [0, 1] have the variance (1 - 1/n²) / 12.
    n = 400
    values = (np.arange(n) + 0.5) / n
    sums = values[:, None] + values
    assert list(RULE.baselines(50).values()) == pytest.approx([sums.var(), values.var()], rel=1e-5)
    assert list(RULE.baselines(50).values()) == pytest.approx([0.1667, 0.0833], abs=5e-5)
    assert np.mean((sums - 0.9) ** 2) == pytest.approx(0.1767, abs=5e-5)


def test_a_single_step_has_no_room_for_two_marks():
    for refuses in (RULE.samples, RULE.n_samples):
        with pytest.raises(SettingError, match="at least two steps"):
            refuses(1)
