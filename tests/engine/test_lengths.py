"""Sequences of unequal length: what stands behind their end is as if it were not there."""

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.engine import Architecture, Batches, Hyperparameters, Program
from rnnlab.engine.predictor import Predictor
from rnnlab.network import Network
from tests.engine.windows import (
    BOTH,
    NUMBER,
    POOLED,
    ROWS,
    TIMESTEPS,
    WORDS,
    exact,
    name_of,
    some_batches,
    some_network,
    some_weights,
)

LENGTHS = np.array([5, 1, 3, 2, 5, 4])
IS_READ = np.arange(TIMESTEPS) < LENGTHS[:, None]
LAST = {"last_step": True, "outputs": 1}


def networks_of(cell: str) -> list[Network]:
    return [
        some_network(cell, LAST, layers=2),
        some_network(cell, LAST, NUMBER, units=30),
        some_network(cell, LAST, BOTH, WORDS, layers=2),
        some_network(cell, POOLED, outputs=3),
        some_network(cell, POOLED, BOTH, WORDS, outputs=1),
    ]


EVERY_NETWORK = pytest.mark.parametrize(
    "network", [network for cell in CELLS for network in networks_of(cell)], ids=name_of
)


def sequences(network: Network, networks: int = 1) -> tuple[Architecture, Batches]:
    architecture = Architecture(network, "sgd", ROWS, TIMESTEPS, with_lengths=True)
    lengths = np.stack([np.roll(LENGTHS, k) for k in range(networks)])[None]
    batches = some_batches(architecture, 1, networks=networks)
    return architecture, batches._replace(keep=np.zeros(1), lengths=lengths)


def numpys(network: Network, weights: dict, batches: Batches) -> tuple[reference.Trace, dict]:
    inputs, targets = batches.inputs[0, 0], batches.targets[0, 0]
    trace = reference.forward(network, exact(weights), inputs, time_mask=IS_READ)
    return trace, reference.gradients(network, exact(weights), inputs, targets, trace)


@EVERY_NETWORK
def test_loss_and_gradient_are_those_of_numpy_under_a_mask(network: Network) -> None:
    architecture, batches = sequences(network)
    weights = some_weights(network)
    compiled = Program(architecture)
    after, chunk = compiled.run(compiled.begin([weights]), batches, Hyperparameters(1.0))
    trace, gradient = numpys(network, weights, batches)
    expected = reference.loss(network, trace, batches.targets[0, 0])
    assert chunk.losses[0, 0] == pytest.approx(expected, abs=1e-6)
    for name, value in compiled.weights(after).items():
        step = exact(weights)[name] - value
        np.testing.assert_allclose(step, gradient[name], atol=5e-6, err_msg=name)
    predictor = Predictor(architecture)
    read = predictor.predict(weights, batches.inputs[0, 0], LENGTHS)
    predicted = trace.predicted[..., min(network.outputs, 2) - 1]
    np.testing.assert_allclose(read, predicted, atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_what_stands_behind_the_end_changes_nothing(cell: str) -> None:
    network = some_network(cell, LAST, BOTH)
    architecture, batches = sequences(network)
    compiled, weights = Program(architecture), some_weights(network)
    other = batches.inputs.copy()
    other[0, 0][~IS_READ] = 9.0
    both = [
        compiled.run(compiled.begin([weights]), own, Hyperparameters(1.0))
        for own in (batches, batches._replace(inputs=other))
    ]
    assert both[0][1].losses == both[1][1].losses
    ((one,), _), ((another,), _) = both
    np.testing.assert_array_equal(one.weights, another.weights)
    assert not np.any(one.state), "the next sequences begin with zeros"


def test_networks_side_by_side_have_lengths_of_their_own() -> None:
    network = some_network("lstm", LAST)
    architecture, batches = sequences(network, networks=2)
    weights = [some_weights(network, seed) for seed in (1, 2)]
    compiled = Program(architecture)
    _, chunk = compiled.run(compiled.begin(weights), batches, Hyperparameters(0.1, seeds=(0, 0)))
    for number, own in enumerate(weights):
        part = Batches(
            batches.inputs[:, [number]],
            batches.targets[:, [number]],
            batches.keep,
            batches.lengths[:, [number]],
        )
        _, of_one = compiled.run(compiled.begin([own]), part, Hyperparameters(0.1))
        assert chunk.losses[0, number] == of_one.losses[0, 0]


@pytest.mark.parametrize("padding", ["pre", "post"])
@pytest.mark.parametrize("both", [False, True], ids=["one", "both"])
@pytest.mark.parametrize("cell", CELLS)
def test_keras_learns_the_same_with_a_mask_wherever_the_padding_is(cell, both, padding) -> None:
    import keras
    from keras import layers

    network = some_network(cell, LAST, vocabulary=9, bidirectional=both)
    architecture = Architecture(network, "sgd", ROWS, TIMESTEPS, with_lengths=True)
    weights, rng = some_weights(network), np.random.default_rng(3)
    words = [rng.integers(1, 9, n) for n in LENGTHS]
    targets = rng.integers(2, size=(ROWS, 1))

    layer = getattr(layers, network.cell_type.title)(network.units)
    model = keras.Sequential(
        [
            keras.Input((TIMESTEPS,), dtype="int32"),
            layers.Embedding(9, network.features, mask_zero=True),
            layers.Bidirectional(layer) if both else layer,
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.SGD(0.5), "binary_crossentropy")
    model.set_weights(list(weights.values()))
    padded = keras.utils.pad_sequences(words, TIMESTEPS, padding=padding)
    losses = [float(model.train_on_batch(padded, targets)) for _ in range(3)]

    rows = np.zeros((ROWS, TIMESTEPS), int)
    for row, own in zip(rows, words, strict=True):
        row[: len(own)] = own
    three = Batches(
        np.tile(rows, (3, 1, 1, 1)),
        np.tile(targets, (3, 1, 1, 1)),
        np.zeros(3),
        np.tile(LENGTHS, (3, 1, 1)),
    )
    compiled = Program(architecture)
    after, chunk = compiled.run(compiled.begin([weights]), three, Hyperparameters(0.5))
    np.testing.assert_allclose(chunk.losses[:, 0], losses, atol=1e-5)
    for (name, own), theirs in zip(
        compiled.weights(after).items(), model.get_weights(), strict=True
    ):
        np.testing.assert_allclose(own, theirs, atol=1e-5, err_msg=name)


@pytest.mark.parametrize("wrong", [np.zeros((1, 1, ROWS)), np.full((1, 1, ROWS), 6), None])
def test_lengths_that_do_not_fit_are_refused(wrong: np.ndarray | None) -> None:
    architecture, batches = sequences(some_network("gru", LAST))
    compiled = Program(architecture)
    state = compiled.begin([some_weights(architecture.network)])
    with pytest.raises(ValueError, match="engths"):
        compiled.run(state, batches._replace(lengths=wrong), Hyperparameters(0.1))


def test_a_network_that_answers_at_every_step_has_no_lengths() -> None:
    with pytest.raises(ValueError, match="one answer"):
        Architecture(some_network("gru"), "sgd", ROWS, TIMESTEPS, with_lengths=True)
