"""A network's weights: their shapes, names, counts and first values, against articles and Keras."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.errors import SettingError
from rnnlab.network import BACKWARD, MEAN_MAX, Network, layer_weights, network_names

TOY = Network(units=4, features=2, outputs=1, last_step=True, classes=False)
SINE = Network(cell="lstm", units=30, outputs=1, layers=2, last_step=True, classes=False)


def test_the_toy_network_has_the_33_parameters_of_the_article():
    assert TOY.parameters == 28 + 5


def test_two_lstm_layers_of_30_units_have_the_parameters_that_arithmetic_says():
    # Four gates; the lower layer reads 1 number and its 30 own, the upper 30 and its 30 own.
    lower, upper = 4 * 30 * (1 + 30 + 1), 4 * 30 * (30 + 30 + 1)
    assert SINE.parameters == lower + upper + 30 + 1


def test_weights_are_named_from_below_and_the_upper_layer_reads_the_lower():
    assert Network(units=3, features=5, outputs=2, layers=2).shapes == {
        "rnn1_kernel": (5, 3),
        "rnn1_recurrent_kernel": (3, 3),
        "rnn1_bias": (3,),
        "rnn2_kernel": (3, 3),
        "rnn2_recurrent_kernel": (3, 3),
        "rnn2_bias": (3,),
        "dense_kernel": (3, 2),
        "dense_bias": (2,),
    }


@pytest.mark.parametrize("cell", CELLS)
def test_initial_weights_have_the_shapes_and_differ_between_layers_and_directions(cell):
    network = Network(cell=cell, units=4, features=4, layers=2, bidirectional=True)
    drawn = network.initial_weights(np.random.default_rng(1))
    assert {name: value.shape for name, value in drawn.items()} == network.shapes
    assert list(drawn) == list(network.shapes)
    assert {value.dtype for value in drawn.values()} == {np.dtype(np.float32)}
    assert not np.array_equal(drawn["rnn1_kernel"], drawn["rnn2_kernel"])
    assert not np.array_equal(drawn["rnn1_kernel"], drawn["rnn1_backward_kernel"])


def test_the_read_out_is_spread_as_glorot_and_bengio_say():
    # Uniform in +-sqrt(6 / (rows + columns)), eq. 16 of their article: 0.1 for 590 and 10.
    kernel = Network(units=590, outputs=10).initial_weights(np.random.default_rng(3))
    assert 0.099 < np.abs(kernel["dense_kernel"]).max() <= 0.1
    assert np.std(kernel["dense_kernel"]) == pytest.approx(0.1 / np.sqrt(3), rel=0.03)
    assert not kernel["dense_bias"].any()


FILM_REVIEWS = Network(units=32, features=32, outputs=1, last_step=True, vocabulary=10_000)
"""The article's: Embedding(10000, 32), SimpleRNN(32), Dense(1, sigmoid)."""


def test_an_embedding_comes_first_and_is_spread_as_keras_spreads_it():
    assert FILM_REVIEWS.parameters == 320_000 + 2_080 + 33
    drawn = FILM_REVIEWS.initial_weights(np.random.default_rng(4))
    assert list(drawn) == list(FILM_REVIEWS.shapes)
    assert {name: value.shape for name, value in drawn.items()} == FILM_REVIEWS.shapes
    ours, theirs = drawn["embedding"], keras.layers.Embedding(10_000, 32)
    theirs.build()
    assert ours.dtype == np.float32
    for values in (ours, *theirs.get_weights()):  # uniform within 0.05, 320,000 of them
        assert 0.04999 < np.abs(values).max() <= 0.05
        assert np.std(values) == pytest.approx(0.05 / np.sqrt(3), rel=0.005)


@pytest.mark.parametrize(
    ("outputs", "classes", "sigmoid"), [(1, True, True), (2, True, False), (1, False, False)]
)
def test_one_output_for_classes_is_a_sigmoid(outputs, classes, sigmoid):
    assert Network(outputs=outputs, classes=classes).sigmoid is sigmoid


def test_words_are_read_as_ids_and_numbers_as_features():
    assert FILM_REVIEWS.input_shape(500) == (500,)
    assert Network(features=3).input_shape(7) == (7, 3)


@pytest.mark.parametrize("wrong", [-1, 10_000])
def test_ids_of_no_word_are_refused(wrong):
    FILM_REVIEWS.check_inputs(np.array([[0, 9_999]]))
    with pytest.raises(ValueError, match="The words are 0 to 9999"):
        FILM_REVIEWS.check_inputs(np.array([[5, wrong]]))


def test_an_unknown_cell_is_refused():
    with pytest.raises(SettingError, match="There is no cell called 'abacus'"):
        _ = Network(cell="abacus").shapes


def stacked_in_keras(network: Network) -> keras.Sequential:
    """The same two recurrent layers and the dense one, as Keras stacks them."""
    layer = getattr(keras.layers, network.cell_type.title)
    layers = [layer(network.units, return_sequences=True), layer(network.units)]
    if network.bidirectional:
        layers = [keras.layers.Bidirectional(recurrent) for recurrent in layers]
    dense = keras.layers.Dense(network.outputs)
    return keras.Sequential([keras.Input((None, network.features)), *layers, dense])


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_the_shapes_are_those_of_stacked_keras_layers_in_their_order(cell, both):
    network = Network(cell, units=4, features=3, layers=2, last_step=True, bidirectional=both)
    stacked = stacked_in_keras(network)
    assert list(network.shapes.values()) == [tuple(weight.shape) for weight in stacked.weights]
    assert network.parameters == stacked.count_params()
    backward = ["backward" in weight.path for weight in stacked.weights]
    assert ["backward" in name for name in network.shapes] == backward


def test_the_weights_of_either_direction_are_found_by_the_names_of_the_cell():
    weights = {name: name for name in Network(layers=2, bidirectional=True).shapes}
    own = ["kernel", "recurrent_kernel", "bias"]
    assert layer_weights(weights, 2) == {name: f"rnn2_{name}" for name in own}
    back = layer_weights(weights, 2, BACKWARD)
    assert back == {name: f"rnn2_backward_{name}" for name in own}
    assert network_names(back, 7, BACKWARD) == {
        f"rnn7_backward_{name}": f"rnn2_backward_{name}" for name in own
    }


@pytest.mark.parametrize(
    ("both", "pooling", "read"),
    [(False, "", 64), (True, "", 128), (False, MEAN_MAX, 128), (True, MEAN_MAX, 256)],
)
def test_the_read_out_has_a_row_for_each_number_it_reads(both, pooling, read):
    network = Network(units=64, last_step=True, bidirectional=both, pooling=pooling)
    assert network.shapes["dense_kernel"] == (read, 2)
    drawn = network.initial_weights(np.random.default_rng(1))
    assert list(drawn) == list(network.shapes)
    assert {name: value.shape for name, value in drawn.items()} == network.shapes


@pytest.mark.parametrize(("pooling", "last_step"), [(MEAN_MAX, False), ("median", True)])
def test_a_pooling_that_gives_no_single_answer_is_refused(pooling, last_step):
    with pytest.raises(ValueError, match=f"Pooling '{pooling}' is none"):
        Network(pooling=pooling, last_step=last_step)
