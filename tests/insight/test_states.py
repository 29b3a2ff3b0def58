"""What the units and gates of a network do, against networks of which one knows it."""

import re

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.insight.fresh_data import fresh_data
from rnnlab.insight.states import (
    excerpt_length,
    excerpt_of,
    gate_means,
    gates,
    gates_sentence,
    input_correlations,
    quantities,
    states_sentence,
)
from rnnlab.reference import forward
from rnnlab.settings import Settings
from tests.insight.networks import echo_settings, random, shift_register, zeros

EVERY_CELL = pytest.mark.parametrize("cell", CELLS)


def test_a_shift_register_holds_the_inputs_that_the_picture_shows():
    settings = echo_settings()
    excerpt = excerpt_of(settings, shift_register(settings, reads=3))
    assert excerpt.inputs.shape == (40, 1)
    for lag in range(1, 5):
        np.testing.assert_array_equal(
            excerpt.layers[0]["h"][lag:, lag], excerpt.inputs[: 40 - lag, 0], strict=False
        )
    np.testing.assert_allclose(excerpt.predicted, excerpt.targets, atol=1e-4)
    np.testing.assert_array_equal(excerpt.target_probabilities, excerpt.targets)


def test_a_state_that_is_carried_is_warm_from_the_first_step_on():
    settings = echo_settings()
    excerpt = excerpt_of(settings, shift_register(settings, reads=3))
    assert excerpt.predicted[:3] == pytest.approx(excerpt.targets[:3], abs=1e-4)
    assert excerpt.targets[:3].any(), "there is something to remember from before"
    assert excerpt.resets == ()


@EVERY_CELL
def test_a_state_that_is_not_carried_begins_anew_in_every_window(cell):
    settings = Settings.of({"rule": "pair", "cell": cell, "carry_state": False, "window": 7})
    weights = random(settings)
    excerpt = excerpt_of(settings, weights)
    assert excerpt.resets == (0, 7, 14, 21, 28, 35)
    for start in excerpt.resets:
        alone = forward(settings.network, weights, excerpt.inputs[None, start : start + 7])
        np.testing.assert_allclose(
            excerpt.predicted[start : start + 7], alone.predicted[0, :, 1], rtol=1e-12
        )


@EVERY_CELL
def test_every_quantity_of_the_cell_is_there_for_every_layer_step_and_unit(cell):
    settings = Settings.of({"rule": "pair", "cell": cell, "layers": 2, "units": 3})
    excerpt = excerpt_of(settings, random(settings))
    assert len(excerpt.layers) == 2
    for layer in excerpt.layers:
        assert list(layer) == list(CELLS[cell].equations)
        assert {values.shape for values in layer.values()} == {(40, 3)}


@pytest.mark.parametrize("units", [1, 6, 64])
def test_there_are_never_more_cells_than_can_be_drawn(units):
    settings = Settings.of({"rule": "pair", "units": units})
    assert 20 <= excerpt_length(settings) <= 40
    assert excerpt_length(settings) * (units + 4) <= 2000
    assert excerpt_of(settings, random(settings)).n_steps == excerpt_length(settings)


def test_another_seed_gives_other_bits_and_the_same_seed_the_same():
    settings = echo_settings()
    weights = shift_register(settings, reads=3)
    first, same, other = (excerpt_of(settings, weights, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.inputs, same.inputs)
    assert (first.inputs != other.inputs).any()


def test_a_sample_has_a_target_and_a_prediction_at_its_last_step_only():
    settings = Settings.of({"rule": "toy", "units": 4})
    weights = random(settings)
    excerpt = excerpt_of(settings, weights, sample=1)
    assert excerpt.inputs.tolist() == [[5, 6], [6, 7], [7, 8]]
    assert excerpt.targets[-1] == 20
    assert (
        excerpt.predicted[-1] == forward(settings.network, weights, excerpt.inputs[None]).predicted
    )
    assert np.isnan(excerpt.targets[:-1]).all()
    assert np.isnan(excerpt.predicted[:-1]).all()
    assert excerpt.target_probabilities is None


def test_each_unit_of_a_shift_register_holds_its_own_lag():
    settings = echo_settings()
    data = fresh_data(settings, shift_register(settings, reads=3))
    correlations = input_correlations(data)
    np.testing.assert_allclose(np.diag(correlations), 1, atol=1e-9)
    off = correlations[:5] - np.eye(5)
    assert np.abs(off).max() < 0.1, "fair coins hardly go with each other"


def test_the_sentence_names_the_unit_and_its_lag():
    settings = echo_settings(units=1)
    weights = zeros(settings)
    weights["rnn1_kernel"][:] = -1
    sentence = states_sentence(settings, weights, excerpt_of(settings, weights))
    assert "unit 1" in sentence
    assert "opposite" in sentence
    assert "this very step (correlation -1.00)" in sentence


def test_dead_units_hold_nothing():
    settings = echo_settings()
    assert not input_correlations(fresh_data(settings, zeros(settings))).any()
    sentence = states_sentence(settings, zeros(settings), excerpt_of(settings, zeros(settings)))
    assert "none does" in sentence


def test_of_numbers_the_sentence_says_how_full_the_units_are():
    settings = Settings.of({"rule": "toy", "units": 4})
    weights = zeros(settings)
    weights["rnn1_bias"][:2] = 9
    sentence = states_sentence(settings, weights, excerpt_of(settings, weights))
    assert "0.50 away from zero" in sentence
    assert "2 of 4" in sentence


def test_the_gates_are_what_the_equations_squash_between_0_and_1():
    assert gates("simple_rnn") == ()
    assert gates("lstm") == ("i", "f", "o")
    assert gates("gru") == ("z", "r")
    assert quantities("lstm")[0] == quantities("gru")[0] == quantities("simple_rnn")[0] == "h"


@pytest.mark.parametrize("rule", ["pair", "toy"])
@EVERY_CELL
def test_the_means_lie_between_0_and_1_for_every_unit_and_gate(cell, rule):
    settings = Settings.of({"rule": rule, "cell": cell, "units": 3, "layers": 2})
    means = gate_means(settings, random(settings), layer=2)
    assert tuple(means) == gates(cell)
    for values in means.values():
        assert values.shape == (3,)
        assert ((values > 0) & (values < 1)).all()


def test_a_gate_whose_bias_is_far_above_zero_is_open():
    settings = Settings.of({"rule": "pair", "cell": "lstm", "units": 3})
    weights = zeros(settings)
    weights["rnn1_bias"][3:6] = 10, 10, 0  # of f, the second gate
    means = gate_means(settings, weights)
    assert means["f"] == pytest.approx([1, 1, 0.5], abs=1e-4)
    assert means["i"] == pytest.approx(0.5)
    assert re.search(r"gate f: [^.]* 0\.83 on average", gates_sentence(settings, means))


def test_a_cell_without_gates_says_so():
    settings = Settings.of({"rule": "pair"})
    assert "no gates" in gates_sentence(settings, gate_means(settings, zeros(settings)))
