"""Bidirectional layers and pooling: the engine against NumPy's gradients and Keras' training."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest

from rnnlab import models, reference
from rnnlab.cells import CELLS
from rnnlab.engine import Architecture, Dials, Program, architecture, program, scan
from rnnlab.network import MEAN_MAX, Network
from rnnlab.settings import Settings
from tests.engine.windows import WIDE_UNITS, dials, some_batches, some_weights

ROWS, TIMESTEPS = 6, 5
BOTH = {"bidirectional": True}
POOLED = {"pooling": MEAN_MAX, "last_step": True}
NUMBER = {"outputs": 1, "classes": False}
WORDS = {"vocabulary": 40}
FEW_WORDS = {"vocabulary": 20}
"""There are 30 places: more than these words, fewer than those."""


def some_network(cell: str, *kinds: dict, **others) -> Network:
    options = {"cell": cell, "units": 4, "features": 3}
    for kind in kinds:
        options |= kind
    return Network(**options | others)


CASES = [
    some_network("simple_rnn", BOTH, WORDS, layers=2, outputs=1, last_step=True),
    some_network("simple_rnn", POOLED, NUMBER, activation="relu"),
    some_network("simple_rnn", BOTH, POOLED, FEW_WORDS, outputs=1, units=WIDE_UNITS["simple_rnn"]),
    some_network("lstm", BOTH, NUMBER, last_step=True, units=WIDE_UNITS["lstm"]),
    some_network("lstm", POOLED, WORDS, layers=2, outputs=3),
    some_network("lstm", BOTH, POOLED, outputs=2),
    some_network("gru", BOTH, outputs=2),
    some_network("gru", POOLED, FEW_WORDS, outputs=1),
    some_network("gru", BOTH, POOLED, WORDS, layers=2, outputs=1, units=WIDE_UNITS["gru"]),
]


def name_of(network: Network) -> str:
    words = [network.cell, f"{network.layers}x{network.units}"]
    words += ["both-ways"] * network.bidirectional + [network.pooling] * bool(network.pooling)
    words += ["last-step" if network.last_step else "each-step"]
    words += ["words"] * bool(network.vocabulary)
    words += ["sigmoid" if network.sigmoid else "classes" if network.classes else "numbers"]
    return "-".join(words)


EVERY_CASE = pytest.mark.parametrize("network", CASES, ids=name_of)


def assert_numpys_step(network: Network) -> None:
    """Whether plain gradient descent at rate 1, in the engine, makes the step of NumPy."""
    one = Architecture(network, "sgd", ROWS, TIMESTEPS)
    compiled, weights, batches = Program(one), some_weights(network), some_batches(one, 1)
    inputs, targets = batches.inputs[0, 0], batches.targets[0, 0]
    carry, chunk = compiled.run(compiled.begin([weights]), batches, Dials(1.0))

    exact = {name: value.astype(float) for name, value in weights.items()}
    trace = reference.forward(network, exact, inputs)
    assert chunk.losses[0, 0] == pytest.approx(reference.loss(network, trace, targets), abs=1e-6)
    said = trace.predicted[..., min(network.outputs, 2) - 1]
    np.testing.assert_allclose(chunk.predicted, said, atol=1e-5)
    gradient = reference.gradients(network, exact, inputs, targets, trace)
    assert min(np.abs(value).max() for value in gradient.values()) > 1e-4
    for name, value in compiled.weights(carry).items():
        np.testing.assert_allclose(exact[name] - value, gradient[name], atol=5e-6, err_msg=name)


@EVERY_CASE
def test_the_gradient_is_the_one_of_numpy(network):
    assert_numpys_step(network)


def test_the_gradient_of_a_long_window_is_the_one_of_numpy(monkeypatch):
    monkeypatch.setattr(scan, "LONG", 0)
    wide = {"units": WIDE_UNITS["simple_rnn"]}
    assert_numpys_step(some_network("simple_rnn", BOTH, WORDS, wide, outputs=1, last_step=True))


def test_every_cell_goes_both_ways_and_is_pooled():
    for kind in (BOTH, POOLED, BOTH | POOLED):
        said = [{name: getattr(one, name) for name in kind} == kind for one in CASES]
        assert {one.cell for one, is_it in zip(CASES, said, strict=True) if is_it} == {*CELLS}


@pytest.mark.parametrize(
    ("network", "optimizer", "clip"),
    [(CASES[0], "rmsprop", 0.0), (CASES[2], "adam", 0.3)],
    ids=["rmsprop", "adam clipped"],
)
def test_the_engine_and_keras_train_alike(network, optimizer, clip):
    one = Architecture(network, optimizer, ROWS, TIMESTEPS, with_clipping=clip > 0)
    weights, batches = some_weights(network), some_batches(one, 40, carry_state=False)
    settings = Settings(optimizer=optimizer, learning_rate=0.01, clip=clip)
    keras.utils.set_random_seed(1)
    model = models.keras_network(network)
    models.compile_for(model, network, settings)
    models.set_weights(model, network, weights)
    inputs, targets = (np.concatenate(part[:, 0]) for part in (batches.inputs, batches.targets))
    model.fit(inputs, targets, batch_size=ROWS, shuffle=False, verbose=0)
    expected = models.get_weights(model, network)

    compiled = program(one)
    carried, _ = compiled.run(compiled.begin([weights]), batches, Dials(0.01, clip=clip or 1.0))
    moved = [np.abs(value - weights[name]).max() for name, value in expected.items()]
    assert min(moved) > 0.003, "some weights hardly moved, so little was compared"
    for name, value in compiled.weights(carried).items():
        np.testing.assert_allclose(value, expected[name], atol=1e-4, err_msg=name)


def test_where_several_steps_are_the_largest_they_share_the_gradient_as_in_keras():
    # With relu and this bias, most outputs are 0 at most steps, and some at all of them.
    network = some_network("simple_rnn", POOLED, outputs=1, activation="relu")
    weights = some_weights(network)
    weights["rnn1_bias"] -= 0.5
    one = Architecture(network, "sgd", ROWS, TIMESTEPS)
    batches = some_batches(one, 1)
    outputs = reference.forward(network, weights, batches.inputs[0, 0]).layers[0].outputs
    assert (np.count_nonzero(outputs == outputs.max(axis=1, keepdims=True), axis=1) > 1).any()
    model = models.keras_network(network)
    models.compile_for(model, network, Settings(optimizer="sgd", learning_rate=1.0))
    models.set_weights(model, network, weights)
    model.train_on_batch(batches.inputs[0, 0], batches.targets[0, 0])
    compiled = program(one)
    carry, _ = compiled.run(compiled.begin([weights]), batches, Dials(1.0))
    for name, value in models.get_weights(model, network).items():
        np.testing.assert_allclose(compiled.weights(carry)[name], value, atol=1e-6, err_msg=name)


def test_networks_side_by_side_learn_as_each_would_alone():
    network = some_network("simple_rnn", BOTH, POOLED, FEW_WORDS, outputs=1, layers=2)
    together = Architecture(network, "adam", ROWS, TIMESTEPS, 2, with_dropout=True)
    compiled, batches = program(together), some_batches(together, 10)
    single = program(replace(together, networks=1))
    weights, turned = [some_weights(network, seed) for seed in (3, 4)], dials(together, dropout=0.4)
    carry, chunk = compiled.run(compiled.begin(weights), batches, turned)
    for number, start in enumerate(weights):
        mine = slice(number, number + 1)
        own = batches._replace(inputs=batches.inputs[:, mine], targets=batches.targets[:, mine])
        alone, told = single.run(
            single.begin([start]), own, turned._replace(seeds=turned.seeds[mine])
        )
        np.testing.assert_allclose(chunk.losses[:, number], told.losses[:, 0], atol=1e-4)
        for name, value in single.weights(alone).items():
            np.testing.assert_allclose(
                compiled.weights(carry, number)[name], value, atol=1e-4, err_msg=name
            )


def test_a_window_in_two_parts_teaches_what_it_teaches_as_a_whole(monkeypatch):
    network = some_network("simple_rnn", BOTH, POOLED, FEW_WORDS, outputs=1, layers=2)
    one = Architecture(network, "adam", ROWS, TIMESTEPS, with_dropout=True)
    batches, turned = some_batches(one, 10), dials(one, 0.01, dropout=0.4)
    told = []
    for worth, parts in ((1e99, 1), (0, 2)):
        monkeypatch.setattr(architecture, "WORTH_PARTS", worth)
        assert one.parts == parts
        compiled = Program(one)
        carry, chunk = compiled.run(compiled.begin([some_weights(network)]), batches, turned)
        told.append((*chunk, *compiled.weights(carry).values()))
    for found, expected in zip(*told, strict=True):
        np.testing.assert_allclose(found, expected, atol=2e-5)


def test_the_mask_of_dropout_hides_outputs_of_both_directions():
    # What the upper layer does not see teaches nothing: with nearly all hidden, the gradient of
    # the lower layer is nearly always zero, in either direction.
    network = some_network("simple_rnn", BOTH, layers=2, outputs=1)
    one = Architecture(network, "sgd", ROWS, TIMESTEPS, with_dropout=True)
    compiled, weights, batches = program(one), some_weights(network), some_batches(one, 1)
    for rate, taught in ((0.5, True), (0.99999, False)):
        carry, _ = compiled.run(compiled.begin([weights]), batches, dials(one, 1.0, dropout=rate))
        after = compiled.weights(carry)
        for name in ("rnn1_kernel", "rnn1_backward_kernel"):
            assert np.array_equal(after[name], weights[name]) is not taught


def test_every_window_of_a_bidirectional_network_begins_with_zeros():
    network = some_network("lstm", BOTH, outputs=2)
    one = Architecture(network, "sgd", ROWS, TIMESTEPS)
    compiled, batches = program(one), some_batches(one, 2, carry_state=True)
    start = compiled.begin([some_weights(network)])
    carry, chunk = compiled.run(start, batches, Dials(0.0))
    assert not carry.state.numpy().any()
    backwards = batches._replace(inputs=batches.inputs[::-1], targets=batches.targets[::-1])
    other = compiled.run(start, backwards, Dials(0.0))[1]
    np.testing.assert_array_equal(other.losses, chunk.losses[::-1])
