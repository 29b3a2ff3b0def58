"""What plays on Home is the rule, and a network that knows it."""

from __future__ import annotations

import math

import numpy as np

from rnnlab.ui.home import playing


def test_equal_flips_force_the_opposite_bit_and_the_network_is_sure_of_it():
    played = playing._played()
    steps = list(
        zip(
            played["before"],
            played["targets"],
            played["forced"],
            played["said"],
            strict=True,
        )
    )
    assert len(steps) == len(played["inputs"]) == len(played["states"]) == playing.STEPS
    assert {forced for _, _, forced, _ in steps} == {True, False}
    for (first, second), came, forced, said in steps:
        assert forced == (first == second)
        if forced:
            assert came == 1 - first
            assert abs(said - 100 * came) <= 3
        else:
            assert 35 <= said <= 65


def test_its_weights_reach_the_best_possible_loss_on_fresh_bits():
    rng = np.random.default_rng(11)
    settings, weights = playing.SETTINGS, playing.weights()
    series = settings.bit_rule.clean_series(rng, 20_000)
    state, losses = np.zeros(settings.units), []
    for x, y in zip(series.inputs, series.targets, strict=True):
        state = np.tanh(
            x * weights["rnn1_kernel"][0]
            + state @ weights["rnn1_recurrent_kernel"]
            + weights["rnn1_bias"]
        )
        logits = state @ weights["dense_kernel"] + weights["dense_bias"]
        losses.append(np.logaddexp.reduce(logits) - logits[y])
    # Half of the bits cost nothing, half cost ln 2: standard error of the mean 0.0025.
    assert abs(float(np.mean(losses)) - math.log(2) / 2) < 0.012
