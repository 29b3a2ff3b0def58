"""What units hold, and how far gates are open."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.insight.crowd import crowd
from rnnlab.insight.gates import gate_means, gates, gates_sentence, quantities
from rnnlab.insight.states import held, states_sentence
from rnnlab.insight.stretch import stretch
from rnnlab.settings import Settings
from tests.insight.networks import echo_settings, random, shift_register, zeros


def test_each_unit_of_a_shift_register_holds_its_own_lag():
    settings = echo_settings()
    found = held(crowd(settings, shift_register(settings, reads=3)))
    np.testing.assert_allclose(np.diag(found.correlation), 1, atol=1e-9)
    off = found.correlation[:5] - np.eye(5)
    assert np.abs(off).max() < 0.1, "fair coins hardly go with each other"


def test_the_sentence_names_the_unit_and_its_lag():
    settings = echo_settings(units=1)
    weights = zeros(settings)
    weights["rnn1_kernel"][:] = -1
    said = states_sentence(settings, weights, stretch(settings, weights))
    assert "unit 1" in said
    assert "opposite" in said
    assert "this very step (correlation -1.00)" in said


def test_dead_units_hold_nothing():
    settings = echo_settings()
    assert not held(crowd(settings, zeros(settings))).correlation.any()
    said = states_sentence(settings, zeros(settings), stretch(settings, zeros(settings)))
    assert "none does" in said


def test_of_numbers_it_is_told_how_full_the_units_are():
    settings = Settings.of({"rule": "toy", "units": 4})
    weights = zeros(settings)
    weights["rnn1_bias"][:2] = 9
    said = states_sentence(settings, weights, stretch(settings, weights))
    assert "0.50 away from zero" in said
    assert "2 of 4" in said


def test_the_gates_are_what_the_equations_squash_between_0_and_1():
    assert gates("simple_rnn") == ()
    assert gates("lstm") == ("i", "f", "o")
    assert gates("gru") == ("z", "r")
    assert quantities("lstm")[0] == quantities("gru")[0] == quantities("simple_rnn")[0] == "h"


@pytest.mark.parametrize("rule", ["pair", "toy"])
@pytest.mark.parametrize("cell", CELLS)
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
    assert "gate f: it is open widest, 0.83 on average" in gates_sentence(settings, means)


def test_a_cell_without_gates_says_so():
    settings = Settings.of({"rule": "pair"})
    assert "no gates" in gates_sentence(settings, gate_means(settings, zeros(settings)))
