"""The weights of several judges."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.makers.sentiment.weighing import weighed
from rnnlab.sentiment.model import sigmoid


def test_the_weights_that_made_the_labels_are_found_again():
    """A logistic model with weights 0.5 and 2 and offset -1; the errors are some 1/sqrt(n)."""
    rng = np.random.default_rng(3)
    said = rng.normal(0, 2, (40_000, 2))
    labels = rng.random(40_000) < sigmoid(said @ [0.5, 2.0] - 1)
    found = weighed(said, labels)
    assert found.weights == pytest.approx([0.5, 2.0], abs=0.08)
    assert found.offset == pytest.approx(-1, abs=0.08)


def test_a_judge_who_guesses_counts_for_nothing():
    rng = np.random.default_rng(4)
    said = rng.normal(0, 2, (20_000, 2))
    labels = rng.random(20_000) < sigmoid(said[:, 0])
    assert abs(weighed(said, labels).weights[1]) < 0.05


def test_judges_who_are_always_right_do_not_run_away():
    said = np.array([[-1.0], [-2.0], [1.0], [2.0]])
    weights = weighed(said, np.array([0, 0, 1, 1])).weights
    assert np.isfinite(weights).all()
    assert weights[0] > 1


def test_at_the_best_weights_the_slope_is_nothing():
    """The mean probability is then the share of ones, by the offset's own equation."""
    rng = np.random.default_rng(5)
    said, labels = rng.normal(size=(500, 1)), rng.integers(0, 2, 500)
    found = weighed(said, labels)
    assert sigmoid(found.logits(said)).mean() == pytest.approx(labels.mean(), abs=1e-4)
