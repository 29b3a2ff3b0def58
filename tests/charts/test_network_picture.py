"""The picture of a network: its numbers are the network's, and what it says follows from them."""

import json

import numpy as np
import pytest

from rnnlab.charts.network_picture import MOST_STEPS, MOST_UNITS, network_picture, network_sentence
from rnnlab.settings import Settings
from tests.ui.moments import CASES

EVERY_CASE = pytest.mark.parametrize("settings", CASES.values(), ids=CASES)


def picture_of(settings: Settings) -> dict:
    return network_picture(settings, settings.first_weights(), 7)


def hundredths(values: object) -> np.ndarray:
    return np.array(values, dtype=float) / 100


@EVERY_CASE
def test_every_array_fits_to_the_others_and_it_is_small(settings):
    picture = picture_of(settings)
    sizes = [len(units) for units in picture["units"]]
    assert len(sizes) == settings.layers
    n_steps, n_features = np.shape(picture["inputs"])
    assert 1 <= n_steps <= MOST_STEPS
    assert len(picture["targets"]) == len(picture["said"]) == n_steps
    for layer, size in enumerate(sizes):
        below = sizes[layer - 1] if layer else n_features
        assert np.shape(picture["kernels"][layer]) == (below, size)
        assert np.shape(picture["recurrent"][layer]) == (size, size)
        assert np.shape(picture["states"][layer]) == (n_steps, size)
        assert np.shape(picture["before"][layer]) == (n_steps, size)
    assert len(picture["dense"]) == sizes[-1]
    assert len(json.dumps(picture, separators=(",", ":"))) < 3500


@EVERY_CASE
def test_what_was_held_before_is_what_was_held_a_step_earlier_or_nothing(settings):
    picture = picture_of(settings)
    for states, before in zip(picture["states"], picture["before"], strict=True):
        for earlier, later in zip(states, before[1:], strict=False):
            assert later in (earlier, [0] * len(earlier))


@pytest.mark.parametrize("case", ["pair", "echo", "one-step"])
def test_a_simple_rnn_can_be_computed_from_what_is_drawn(case):
    settings = CASES[case]
    weights, picture = settings.first_weights(), picture_of(settings)
    (kernel,), (recurrent,) = picture["kernels"], picture["recurrent"]
    sums = hundredths(picture["inputs"]) @ hundredths(kernel)
    sums += hundredths(picture["before"][0]) @ hundredths(recurrent) + weights["rnn1_bias"]
    states = hundredths(picture["states"][0])
    assert states == pytest.approx(np.tanh(sums), abs=0.05)
    logit = states @ hundredths(picture["dense"]) + np.diff(weights["dense_bias"])
    assert hundredths(picture["said"]) == pytest.approx(1 / (1 + np.exp(-logit)), abs=0.05)


def test_of_a_wide_layer_the_units_with_the_strongest_lines_are_drawn_and_that_is_said():
    settings = CASES["long"]  # 64 units
    weights = settings.first_weights()
    (units,) = network_picture(settings, weights, 0)["units"]
    strength = np.abs(weights["dense_kernel"]).sum(axis=1)
    strongest = np.argsort(strength)[-MOST_UNITS[1] :] + 1
    assert units == sorted(strongest)
    assert "64" in network_sentence(settings, weights)
    assert "64" not in network_sentence(CASES["pair"], CASES["pair"].first_weights())


def test_the_lines_of_a_cell_with_gates_are_those_of_its_proposal():
    for case, place in (("deep-lstm", 2), ("gru", 2)):
        settings = CASES[case]
        n, weights = settings.units, settings.first_weights()
        part = weights["rnn1_kernel"][:, place * n : (place + 1) * n]
        drawn = hundredths(picture_of(settings)["kernels"][0])
        assert drawn == pytest.approx(part, abs=0.006)


def test_numbers_that_are_not_asked_for_have_no_target():
    picture = picture_of(CASES["sine"])
    assert picture["targets"][:-1] == picture["said"][:-1] == [None] * 9
    assert picture["targets"][-1] is not None
    assert not picture["bits"]
