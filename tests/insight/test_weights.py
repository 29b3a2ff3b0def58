"""Weights counted and shown: the articles' own numbers, and nothing lost on the way."""

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.insight.weights import (
    colour_limit,
    gates_of,
    layer_sums,
    weight_matrix,
    weight_rows,
    weights_sentence,
)
from rnnlab.network import Network
from rnnlab.settings import Settings
from tests.insight.networks import random, zeros

TOY = Settings.of({"rule": "toy", "units": 4})


def test_the_toy_has_the_articles_28_and_5_parameters():
    assert layer_sums(TOY.network) == {
        "layer 1": "2 × 4 + 4 × 4 + 4 = 28",
        "read-out": "4 × 1 + 1 = 5",
    }
    assert [row.symbol for row in weight_rows(TOY.network)] == ["W", "U", "b", "V", "c"]
    assert [row.formula for row in weight_rows(TOY.network)][:2] == ["2 × 4", "4 × 4"]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("layers", "both"), [(1, False), (3, False), (2, True)])
def test_the_counts_add_up_to_the_network(cell, layers, both):
    network = Network(cell=cell, layers=layers, units=5, features=2, bidirectional=both)
    rows = weight_rows(network)
    assert sum(row.count for row in rows) == network.parameters
    assert [row.name for row in rows] == list(network.shapes)
    for written_out in layer_sums(network).values():
        products, total = written_out.split(" = ")
        assert eval(products.replace("×", "*")) == int(total)


def test_the_layer_that_reads_back_is_counted_for_itself():
    assert layer_sums(Network(units=4, features=2, outputs=1, bidirectional=True)) == {
        "layer 1": "2 × 4 + 4 × 4 + 4 = 28",
        "layer 1, back": "2 × 4 + 4 × 4 + 4 = 28",
        "read-out": "8 × 1 + 1 = 9",
    }


def test_the_gates_of_a_weight_come_in_keras_order():
    assert gates_of(Network(cell="lstm"), "rnn1_kernel") == ("i", "f", "g", "o")
    assert gates_of(Network(cell="gru"), "rnn1_kernel") == ("z", "r", "n")
    assert gates_of(Network(cell="simple_rnn"), "rnn1_kernel") == ("",)
    assert gates_of(Network(cell="lstm"), "dense_kernel") == ("",)


@pytest.mark.parametrize("cell", CELLS)
def test_the_gates_side_by_side_are_the_whole_weight(cell):
    settings = Settings.of({"rule": "pair", "cell": cell})
    before, after = random(settings, 1), random(settings, 2)
    for name in settings.network.shapes:
        by_gate = [
            weight_matrix(settings.network, name, before, after, gate)
            for gate in gates_of(settings.network, name)
        ]
        whole = np.concatenate([matrix.after for matrix in by_gate], axis=1)
        np.testing.assert_array_equal(whole, np.atleast_2d(after[name]))
        whole = np.concatenate([matrix.before for matrix in by_gate], axis=1)
        np.testing.assert_array_equal(whole, np.atleast_2d(before[name]))


@pytest.mark.parametrize(
    ("largest", "limit"),
    [(0.0, 0.1), (0.25, 0.3), (0.3, 0.3), (1.0, 1.0), (1.2, 2.0), (6.4, 10.0), (30.0, 30.0)],
)
def test_the_colours_end_at_a_round_number_that_is_large_enough(largest, limit):
    assert colour_limit(np.array([0.0, -largest])) == limit


def test_the_sentence_tells_the_largest_change():
    before = zeros(TOY)
    after = zeros(TOY)
    after["rnn1_recurrent_kernel"][1, 2] = -1.5
    sentence = weights_sentence(TOY.network, before, after)
    assert "Of 33 weights" in sentence
    assert "place (2, 3) of U (rnn1_recurrent_kernel)" in sentence
    assert "from 0.00 to -1.50" in sentence
    assert "nothing has changed" in weights_sentence(TOY.network, before, before)
