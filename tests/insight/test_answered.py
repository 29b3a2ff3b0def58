"""The answers to test samples: those of a network whose answers are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.insight.answered import MOST_SAMPLES, answered, answered_sentence
from rnnlab.settings import Settings

ADDING = Settings.of({"rule": "adding", "window": 20, "units": 2, "activation": "linear"})


def constant(said: float) -> dict:
    """A network that always says the same."""
    weights = {name: np.zeros(shape) for name, shape in ADDING.network.shapes.items()}
    return weights | {"dense_bias": np.array([said])}


def test_who_always_says_one_is_as_wrong_as_its_line():
    one = answered(ADDING, constant(1.0))
    assert np.array_equal(one.predicted, np.ones(MOST_SAMPLES))
    assert one.baselines == {
        "always the mean, 1": pytest.approx(math.sqrt(1 / 6)),
        "knows only the later number": pytest.approx(math.sqrt(1 / 12)),
    }
    # The standard error of the mean of (u + v - 1)^2, whose variance is 1/15 - 1/36.
    error = math.sqrt((1 / 15 - 1 / 36) / MOST_SAMPLES)
    assert one.error**2 == pytest.approx(1 / 6, abs=4 * error)


def test_who_adds_all_numbers_says_their_sum():
    # A linear unit with U = 1 adds up its inputs; the other stays at 0.
    weights = constant(0.0)
    weights["rnn1_kernel"][0, 0] = weights["rnn1_recurrent_kernel"][0, 0] = 1
    weights["dense_kernel"][0, 0] = 1
    samples = ADDING.sample_rule.samples(20)
    sums = samples.test_inputs[:MOST_SAMPLES, :, 0].sum(axis=1)
    adder = answered(ADDING, weights)
    np.testing.assert_allclose(adder.predicted, sums, rtol=1e-5)
    assert adder.error > 5
    assert f"{adder.error:.3g}" in answered_sentence(adder)
