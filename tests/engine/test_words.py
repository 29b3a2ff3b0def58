"""Networks that read words: the engine against NumPy and Keras, and where it takes which way."""

from __future__ import annotations

from itertools import product

import keras
import numpy as np
import pytest
import tensorflow as tf

from rnnlab import models, reference
from rnnlab.cells import CELLS
from rnnlab.engine import (
    Architecture,
    Batches,
    Dials,
    Program,
    architecture,
    program,
    scan,
    words,
)
from rnnlab.network import Network
from rnnlab.settings import OPTIMIZERS, Settings
from tests.engine.windows import WIDE_UNITS, dials, some_batches, some_weights

ROWS, TIMESTEPS = 6, 5
"""There are 30 places: more than words in a vocabulary of 20, fewer than in one of 40."""
READ_OUTS = {
    "sigmoid of the last": {"outputs": 1, "last_step": True},
    "sigmoid of each": {"outputs": 1},
    "a dictionary": {"outputs": 12},
    "a number": {"outputs": 1, "classes": False, "last_step": True},
}
RATES = {"sgd": 0.1, "momentum": 0.3, "adagrad": 0.1, "rmsprop": 0.01, "adam": 0.01}


def reading_words(cell: str, vocabulary: int, **others) -> Network:
    return Network(**{"cell": cell, "units": 4, "features": 3, "vocabulary": vocabulary} | others)


@pytest.mark.parametrize(
    ("cell", "read_out", "vocabulary"),
    [
        ("simple_rnn", "sigmoid of the last", 20),
        ("simple_rnn", "a dictionary", 40),
        ("lstm", "sigmoid of each", 40),
        ("lstm", "a number", 20),
        ("gru", "sigmoid of the last", 40),
        ("gru", "a dictionary", 20),
    ],
)
def test_the_gradient_is_the_one_of_numpy(cell, read_out, vocabulary):
    network = reading_words(cell, vocabulary, **READ_OUTS[read_out])
    one = Architecture(network, "sgd", ROWS, TIMESTEPS)
    compiled, weights, batches = program(one), some_weights(network), some_batches(one, 1)
    inputs, targets = batches.inputs[0, 0], batches.targets[0, 0]
    carry, chunk = compiled.run(compiled.begin([weights]), batches, Dials(1.0))

    exact = {name: value.astype(float) for name, value in weights.items()}
    trace = reference.forward(network, exact, inputs)
    assert chunk.losses[0, 0] == pytest.approx(reference.loss(network, trace, targets), abs=1e-6)
    said = trace.predicted[..., min(network.outputs, 2) - 1]
    np.testing.assert_allclose(chunk.predicted, said, atol=1e-5)
    gradient = reference.gradients(network, exact, inputs, targets, trace)
    assert np.abs(gradient["embedding"]).max() > 1e-3
    for name, value in compiled.weights(carry).items():
        np.testing.assert_allclose(exact[name] - value, gradient[name], atol=5e-6, err_msg=name)


@pytest.mark.parametrize("last_step", [True, False], ids=["last step", "each step"])
@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_of_a_long_window_is_the_one_of_numpy(cell, last_step, monkeypatch):
    monkeypatch.setattr(scan, "LONG", 0)
    network = reading_words(cell, 20, units=WIDE_UNITS[cell], outputs=1, last_step=last_step)
    one = Architecture(network, "sgd", ROWS, TIMESTEPS)
    compiled, weights, batches = Program(one), some_weights(network), some_batches(one, 2)
    first, second = (
        Batches(inputs[None], targets[None], np.ones(1))
        for inputs, targets in zip(batches.inputs, batches.targets, strict=True)
    )
    warm, _ = compiled.run(compiled.begin([weights]), first, Dials(0.0))
    carry, _ = compiled.run(warm, second, Dials(1.0))

    exact = {name: value.astype(float) for name, value in weights.items()}
    states = reference.forward(network, exact, first.inputs[0, 0]).final_states
    inputs, targets = second.inputs[0, 0], second.targets[0, 0]
    trace = reference.forward(network, exact, inputs, states)
    gradient = reference.gradients(network, exact, inputs, targets, trace)
    for name, value in compiled.weights(carry).items():
        np.testing.assert_allclose(exact[name] - value, gradient[name], atol=5e-6, err_msg=name)


CASES = [
    (reading_words("simple_rnn", 20, **READ_OUTS["sigmoid of the last"]), "rmsprop", False, 0.0),
    (reading_words("simple_rnn", 20, **READ_OUTS["a dictionary"]), "momentum", True, 0.3),
    (reading_words("lstm", 40, layers=2, **READ_OUTS["a dictionary"]), "adam", True, 0.0),
    (reading_words("gru", 20, layers=2, **READ_OUTS["sigmoid of each"]), "adagrad", True, 0.0),
    (reading_words("gru", 40, **READ_OUTS["a number"]), "sgd", False, 0.0),
]


@pytest.mark.parametrize(
    ("network", "optimizer", "carry", "clip"), CASES, ids=lambda one: getattr(one, "cell", None)
)
def test_the_engine_and_keras_train_alike(network, optimizer, carry, clip):
    one = Architecture(network, optimizer, ROWS, TIMESTEPS, with_clipping=clip > 0)
    weights, batches = some_weights(network), some_batches(one, 40, carry_state=carry)
    settings = Settings(optimizer=optimizer, learning_rate=RATES[optimizer], clip=clip)
    keras.utils.set_random_seed(1)
    model = models.keras_network(network, ROWS, TIMESTEPS, stateful=carry)
    models.compile_for(model, network, settings)
    models.set_weights(model, network, weights)
    told = []
    for x, y in zip(batches.inputs[:, 0], batches.targets[:, 0], strict=True):
        model.reset_metrics()
        y = y if network.last_step or network.outputs > 1 else y[..., None]
        told.append(np.atleast_1d(model.train_on_batch(x, y)))
    expected = models.get_weights(model, network)

    compiled = program(one)
    carried, chunk = compiled.run(
        compiled.begin([weights]), batches, Dials(RATES[optimizer], clip=clip or 1.0)
    )
    losses, *accuracies = np.array(told).T
    assert np.abs(expected["embedding"] - weights["embedding"]).max() > 0.05
    np.testing.assert_allclose(chunk.losses[:, 0], losses, atol=1e-4)
    if network.classes:
        np.testing.assert_allclose(chunk.accuracies[:, 0], accuracies[0], atol=1e-6)
    for name, value in compiled.weights(carried).items():
        np.testing.assert_allclose(value, expected[name], atol=1e-4, err_msg=name)


def test_every_cell_and_every_optimizer_is_among_the_cases():
    assert {network.cell for network, *_ in CASES} == {*CELLS}
    assert {optimizer for _, optimizer, *_ in CASES} == {*OPTIMIZERS}


def test_networks_side_by_side_learn_words_as_each_would_alone():
    network = reading_words("gru", 20, outputs=1, layers=2)
    together = Architecture(network, "adam", ROWS, TIMESTEPS, 2, with_dropout=True)
    compiled, batches = program(together), some_batches(together, 10)
    single = program(Architecture(network, "adam", ROWS, TIMESTEPS, with_dropout=True))
    weights, turned = [some_weights(network, seed) for seed in (3, 4)], dials(together, dropout=0.4)
    carry, chunk = compiled.run(compiled.begin(weights), batches, turned)
    for number, start in enumerate(weights):
        own = batches._replace(
            inputs=batches.inputs[:, number : number + 1],
            targets=batches.targets[:, number : number + 1],
        )
        alone, told = single.run(
            single.begin([start]), own, turned._replace(seeds=turned.seeds[number : number + 1])
        )
        np.testing.assert_allclose(chunk.losses[:, number], told.losses[:, 0], atol=1e-4)
        for name, value in single.weights(alone).items():
            np.testing.assert_allclose(
                compiled.weights(carry, number)[name], value, atol=1e-4, err_msg=name
            )


@pytest.mark.parametrize("cell", ["simple_rnn", "lstm"])
def test_a_window_in_two_parts_teaches_what_it_teaches_as_a_whole(cell, monkeypatch):
    network = reading_words(cell, 20, outputs=1, layers=2)
    clipping = cell == "lstm"
    one = Architecture(network, "adam", ROWS, TIMESTEPS, with_dropout=True, with_clipping=clipping)
    batches, turned = some_batches(one, 10), dials(one, 0.01, dropout=0.4, clip=0.1)
    told = []
    for worth, parts in ((1e99, 1), (0, 2)):
        monkeypatch.setattr(architecture, "WORTH_PARTS", worth)
        assert one.parts == parts
        compiled = Program(one)
        compiled.compile()
        carry, chunk = compiled.run(compiled.begin([some_weights(network)]), batches, turned)
        told.append((*chunk, carry.state, *compiled.weights(carry).values()))
    for found, expected in zip(*told, strict=True):
        np.testing.assert_allclose(found, expected, atol=2e-5)


def test_the_network_of_film_reviews_goes_in_two_parts_and_one_without_words_never():
    reviews = Network(units=32, features=32, outputs=1, last_step=True, vocabulary=10_000)
    assert Architecture(reviews, "rmsprop", 128, 500).parts == 2
    assert Architecture(reviews, "rmsprop", 127, 500).parts == 1
    assert Architecture(reviews, "rmsprop", 4, 10).parts == 1
    assert Architecture(Network(units=64, layers=3), "adam", 500, 100).parts == 1


def test_ids_of_no_word_are_refused():
    one = Architecture(reading_words("gru", 20), "sgd", ROWS, TIMESTEPS)
    compiled, batches = Program(one), some_batches(one, 1)
    batches.inputs[0, 0, 3, 2] = 20
    with pytest.raises(ValueError, match="The words are 0 to 19"):
        compiled.run(compiled.begin([some_weights(one.network)]), batches, Dials(0.1))


@pytest.mark.parametrize(("vocabulary", "networks"), [*product([4, 50], [(), (3,)])])
def test_the_product_of_words_is_that_of_their_rows(vocabulary, networks):
    rng = np.random.default_rng(0)
    kernel, embedding = (rng.standard_normal((n, 2, *networks)) for n in (3, vocabulary))
    kernel, embedding = np.float32(kernel), np.float32(embedding)[:, [0, 1, 0]]
    ids = rng.integers(vocabulary, size=(5, *networks, 4))
    found = words.products(*map(tf.constant, (kernel, embedding, ids)))
    assert found.shape == (5, 2, *networks, 4)
    for place in np.ndindex(5, *networks, 4):
        t, *of, row = place
        word = embedding[(ids[place], slice(None), *of)]
        expected = word @ kernel[(slice(None), slice(None), *of)]
        np.testing.assert_allclose(found[(t, slice(None), *of, row)], expected, atol=1e-5)
