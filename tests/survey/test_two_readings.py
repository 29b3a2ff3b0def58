"""The article's code and its words: what is forced, what it costs, and why they differ."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.settings import Settings
from rnnlab.survey.two_readings import two_readings


@pytest.mark.parametrize("settings", [Settings(), Settings(rule="self-pair", seed=3)])
def test_both_are_made_whichever_is_chosen_and_counted_as_theory_says(settings):
    code, words = two_readings(settings)
    assert (code.name, words.name) == ("pair", "self-pair")
    assert (code.share, words.share) == (1 / 2, 1 / 3)
    assert (code.loss, words.loss) == pytest.approx((math.log(2) / 2, 2 / 3 * math.log(2)))
    for one in (code, words):
        assert one.counted == pytest.approx(one.share, abs=0.004)
        assert one.lost == pytest.approx(one.loss, abs=0.004)


def test_forced_steps_are_those_after_two_equal_bits():
    code, words = two_readings(Settings(rows=5, length=200))
    x, s = code.series.inputs, words.series.inputs
    for t in range(2, 1000):
        assert code.forced[t] == (x[t - 1] == x[t - 2])
        assert words.forced[t] == (s[t] == s[t - 1])
    assert not code.forced[0]
    assert not words.forced[0]


def test_a_forced_bit_breaks_its_pair():
    words = two_readings(Settings(rows=5, length=200))[1]
    assert not (words.forced[1:] & words.forced[:-1]).any()
    assert np.array_equal(words.series.targets[:-1], words.series.inputs[1:])


def test_noise_costs_both_more_and_leaves_the_forced_steps():
    # One target in ten is flipped: a forced step then costs H(0.1), whatever else.
    flip = -0.1 * math.log(0.1) - 0.9 * math.log(0.9)
    clean, noisy = two_readings(Settings()), two_readings(Settings(noise=0.1))
    for before, one in zip(clean, noisy, strict=True):
        assert one.counted == before.counted
        assert one.loss == pytest.approx(one.share * flip + (1 - one.share) * math.log(2))
        assert one.lost == pytest.approx(one.loss, abs=0.004)


def test_a_pair_further_back_does_not_change_the_readings():
    near, far = Settings(), Settings(parameters={"lag": 6})
    assert two_readings(near)[0].counted == two_readings(far)[0].counted
