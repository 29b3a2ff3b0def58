"""Keras models of networks and runs: they say what NumPy says, and can be taken away."""

from __future__ import annotations

from itertools import product

import keras
import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.cells.initial import FirstWeights
from rnnlab.keras_models import network as models
from rnnlab.network import MEAN_MAX, Network
from rnnlab.optimizers import OPTIMIZERS
from rnnlab.settings import Settings
from tests.keras_models.twins import SMALL, numpys_outputs, some_inputs, some_weights


@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("cell", CELLS)
def test_keras_says_what_numpy_says(cell, layers):
    for last_step, classes in product([False, True], [True, False]):
        network = Network(
            cell=cell,
            units=4,
            features=2,
            outputs=3 if classes else 1,
            layers=layers,
            last_step=last_step,
            classes=classes,
            dropout=0.5,  # which is for training only
        )
        model, weights = models.keras_network(network), some_weights(network)
        models.set_weights(model, network, weights)
        expected = numpys_outputs(network, weights, some_inputs(network))
        assert model(some_inputs(network)).shape == expected.shape
        np.testing.assert_allclose(model(some_inputs(network)), expected, atol=1e-6)


@pytest.mark.parametrize(("outputs", "last_step"), [(1, True), (1, False), (9, False)])
@pytest.mark.parametrize("cell", CELLS)
def test_keras_says_of_words_what_numpy_says(cell, outputs, last_step):
    network = Network(
        cell=cell, units=4, features=3, outputs=outputs, layers=2, last_step=last_step, vocabulary=9
    )
    model, weights = models.keras_network(network), some_weights(network)
    models.set_weights(model, network, weights)
    inputs = np.array([[0, 8, 8, 0], [3, 3, 3, 3], [1, 2, 7, 8]])
    expected = numpys_outputs(network, weights, inputs)
    np.testing.assert_allclose(model(inputs), expected, atol=1e-6)
    kinds = [type(layer).__name__ for layer in model.layers]
    assert kinds == ["Embedding", network.cell_type.title, network.cell_type.title, "Dense"]
    assert model.layers[-1].activation.__name__ == ("sigmoid" if outputs == 1 else "softmax")


@pytest.mark.parametrize(
    "options",
    [
        {"layers": 2, "bidirectional": True},
        {"layers": 2, "bidirectional": True, "last_step": True, "dropout": 0.5},
        {"pooling": MEAN_MAX, "last_step": True, "vocabulary": 9},
        {"layers": 2, "bidirectional": True, "pooling": MEAN_MAX, "last_step": True},
    ],
    ids=["each step", "last step", "pooled words", "pooled"],
)
@pytest.mark.parametrize("cell", CELLS)
def test_keras_says_both_ways_and_of_a_pooling_what_numpy_says(cell, options):
    network = Network(cell=cell, units=4, features=2, outputs=1, **options)
    model, weights = models.keras_network(network), some_weights(network)
    models.set_weights(model, network, weights)
    expected = numpys_outputs(network, weights, some_inputs(network))
    assert model(some_inputs(network)).shape == expected.shape
    np.testing.assert_allclose(model(some_inputs(network)), expected, atol=1e-6)
    back = models.get_weights(model, network)
    for name, value in weights.items():
        np.testing.assert_array_equal(back[name], value)


def test_a_bidirectional_network_carries_no_state():
    with pytest.raises(ValueError, match="starts every batch from zero"):
        models.keras_network(Network(bidirectional=True), 3, 4, stateful=True)


def test_the_network_of_film_reviews_is_the_one_of_the_article():
    network = Network(units=32, features=32, outputs=1, last_step=True, vocabulary=10_000)
    model = models.keras_network(network)
    models.compile_for(model, network, Settings(optimizer="rmsprop", learning_rate=0.001))
    # Embedding(10000, 32), SimpleRNN(32), Dense(1, sigmoid); RMSprop, binary cross-entropy.
    assert [layer.count_params() for layer in model.layers] == [320_000, 2_080, 33]
    assert model.layers[0].mask_zero is False
    inputs, targets = np.array([[0, 5, 9_999], [4, 4, 4]]), np.array([[1], [0]])
    predicted = model.predict(inputs, verbose=0)
    expected = -np.log([predicted[0, 0], 1 - predicted[1, 0]]).mean()
    loss, accuracy = model.evaluate(inputs, targets, verbose=0)
    assert loss == pytest.approx(expected, rel=1e-5)
    assert accuracy == np.mean((predicted > 0.5) == targets)


@pytest.mark.parametrize("activation", ["relu", "linear"])
@pytest.mark.parametrize("cell", CELLS)
def test_keras_uses_the_activation_of_the_network(cell, activation):
    network = Network(cell=cell, units=4, activation=activation)
    model, weights = models.keras_network(network), some_weights(network)
    models.set_weights(model, network, weights)
    expected = numpys_outputs(network, weights, some_inputs(network))
    np.testing.assert_allclose(model(some_inputs(network)), expected, atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_weights_go_into_the_model_and_come_back(cell):
    settings = Settings(cell=cell, layers=2, dropout=0.5, **SMALL)
    model, network = models.keras_model(settings), settings.network
    weights = some_weights(network)
    models.set_weights(model, network, weights)
    back = models.get_weights(model, network)
    assert list(back) == list(weights)
    for key, value in weights.items():
        np.testing.assert_array_equal(back[key], value)
    np.testing.assert_array_equal(model.layers[-1].kernel, weights["dense_kernel"])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("both", [True, False])
def test_keras_begins_with_the_first_weights_that_are_chosen(cell, both):
    network = Network(cell=cell, units=4, layers=2, bidirectional=both)
    model = models.keras_network(network, first=FirstWeights(0.5, unit_forget_bias=False))
    for name, value in models.get_weights(model, network).items():
        if "recurrent" in name:
            lengths = np.linalg.svd(value, compute_uv=False)
            np.testing.assert_allclose(lengths, 0.5, atol=1e-5)
        assert "bias" not in name or not value.any()


@pytest.mark.parametrize("carry", [True, False])
def test_the_states_are_carried_if_the_settings_say_so(carry):
    settings = Settings(carry_state=carry, layers=2, **SMALL)
    model, network = models.keras_model(settings), settings.network
    weights, inputs = some_weights(network), some_inputs(settings.network)
    models.set_weights(model, network, weights)
    first, second = (model(inputs).numpy() for _ in range(2))
    trace = reference.forward(network, weights, inputs)
    again = reference.forward(network, weights, inputs, trace.final_states if carry else None)
    np.testing.assert_allclose(first, trace.predicted, atol=1e-6)
    np.testing.assert_allclose(second, again.predicted, atol=1e-6)
    assert np.array_equal(first, second) is not carry
    models.reset_states(model)
    np.testing.assert_array_equal(model(inputs).numpy(), first)


def test_dropout_hides_between_layers_and_only_in_training():
    model = models.keras_model(Settings(layers=3, dropout=0.5, **SMALL))
    kinds = [type(layer).__name__ for layer in model.layers]
    assert kinds == ["SimpleRNN", "Dropout", "SimpleRNN", "Dropout", "SimpleRNN", "Dense"]
    assert {layer.rate for layer in model.layers[1:4:2]} == {0.5}


def test_a_run_on_numbers_reads_the_last_step_and_is_judged_by_its_squared_error():
    settings = Settings(rule="toy", units=4)
    model, weights = models.keras_model(settings), some_weights(settings.network)
    models.set_weights(model, settings.network, weights)
    inputs = np.array([[[1, 2], [2, 3], [3, 4]], [[5, 6], [6, 7], [7, 8]]], np.float32)
    outputs, targets = numpys_outputs(settings.network, weights, inputs), np.array([10.0, 20.0])
    expected = np.mean((outputs[:, 0] - targets) ** 2)
    assert model.evaluate(inputs, targets, verbose=0) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_optimizer_is_the_one_of_the_settings(name):
    settings = Settings(optimizer=name, learning_rate=0.3, clip=3.0, **SMALL)
    optimizer = models.keras_model(settings).optimizer
    assert type(optimizer).__name__ == OPTIMIZERS[name].keras_class
    config = optimizer.get_config()
    assert config["learning_rate"] == pytest.approx(0.3)
    assert (config["global_clipnorm"], config["clipnorm"]) == (3.0, None)
    expected = dict(OPTIMIZERS[name].keras_options)
    assert {option: config[option] for option in expected} == expected


def test_nothing_is_clipped_unless_the_settings_say_so():
    assert models.keras_model(Settings(**SMALL)).optimizer.global_clipnorm is None


def test_adagrad_starts_from_the_accumulator_of_the_article():
    model = models.keras_model(Settings(optimizer="adagrad", **SMALL))
    assert isinstance(model.optimizer, keras.optimizers.Adagrad)
    assert model.optimizer.get_config()["initial_accumulator_value"] == 0.1
