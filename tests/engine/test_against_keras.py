"""The engine and Keras, trained alike: every loss, every accuracy, and the weights at the end."""

import math
from dataclasses import dataclass
from itertools import cycle

import keras
import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.engine import Architecture, Batches, Hyperparameters, Program, program
from rnnlab.engine.operations import WIDE
from rnnlab.keras_models import network as models
from rnnlab.network import Network
from rnnlab.optimizers import OPTIMIZERS
from rnnlab.settings import Settings
from tests.engine.windows import (
    BOTH,
    FEW_WORDS,
    NUMBER,
    POOLED,
    ROWS,
    TIMESTEPS,
    WIDE_UNITS,
    WORDS,
    name_of,
    some_batches,
    some_network,
    some_weights,
)

UPDATES = 100
RATES = dict.fromkeys(OPTIMIZERS, 0.05) | {
    "sgd": 0.3,
    "adagrad": 0.1,
    "rmsprop": 0.005,
    "adam": 0.01,
}


@dataclass(frozen=True)
class Case:
    """A network and how it is trained."""

    network: Network
    optimizer: str
    carry: bool = True
    clip: float = 0.0
    rows: int = 8
    timesteps: int = 6

    def __str__(self) -> str:
        carried = "carried" if self.carry else "reset"
        clipped = ["clipped"] * (self.clip > 0)
        return "-".join([name_of(self.network), self.optimizer, carried, *clipped])

    @property
    def architecture(self) -> Architecture:
        return Architecture(
            self.network, self.optimizer, self.rows, self.timesteps, with_clipping=self.clip > 0
        )

    @property
    def settings(self) -> Settings:
        """Only what a model is compiled with."""
        rate = RATES[self.optimizer]
        return Settings(optimizer=self.optimizer, learning_rate=rate, clip=self.clip)


WIDE_IN_TWO_LAYERS = [
    Case(
        Network(cell=cell, units=WIDE_UNITS[cell], features=3, layers=2),
        optimizer,
        carry=cell != "gru",
        clip=0.1,
        rows=16,
    )
    for cell, optimizer in zip(CELLS, cycle(["momentum", "adam", "adagrad"]), strict=False)
]
OTHERS = [
    Case(Network(units=5, layers=3, features=2, last_step=True, **NUMBER), "adam", carry=False),
    Case(
        Network(cell="gru", units=24, features=2, last_step=True, **NUMBER), "sgd", rows=16, clip=1
    ),
    Case(Network(units=26, activation="relu", features=24, **NUMBER), "adam"),
    Case(Network(cell="gru", units=5, activation="relu", last_step=True), "momentum", carry=False),
    # Reset, since the memory of a carried one grows until rounding errors decide on its curve.
    Case(Network(cell="lstm", units=5, activation="relu", features=2), "adam", False, clip=0.1),
    Case(Network(cell="gru", units=5, activation="linear", layers=2, **NUMBER), "rmsprop"),
]
SMALL = [
    Case(Network(cell=cell, units=5), optimizer, carry=optimizer != "rmsprop")
    for cell, optimizer in zip(cycle(CELLS), OPTIMIZERS, strict=False)
]
ON_WORDS = [
    Case(some_network("simple_rnn", FEW_WORDS, outputs=1, last_step=True), "rmsprop", False),
    Case(some_network("simple_rnn", FEW_WORDS, outputs=12), "momentum", clip=0.3),
    Case(some_network("lstm", WORDS, layers=2, outputs=12), "adam"),
    Case(some_network("gru", FEW_WORDS, layers=2, outputs=1), "adagrad"),
    Case(some_network("gru", WORDS, NUMBER, last_step=True), "sgd", carry=False),
    Case(
        some_network("simple_rnn", BOTH, WORDS, layers=2, outputs=1, last_step=True),
        "rmsprop",
        carry=False,
    ),
    Case(
        some_network("simple_rnn", BOTH, POOLED, FEW_WORDS, outputs=1, units=26),
        "adam",
        carry=False,
        clip=0.3,
    ),
]
# Not their product: an optimizer never sees a cell, only gradients, and is held against Keras' own
# by itself; the gradients of each cell are held against NumPy's.
CASES = SMALL + WIDE_IN_TWO_LAYERS + OTHERS + ON_WORDS


def keras_run(case: Case, weights: dict, batches: Batches) -> tuple[np.ndarray, np.ndarray, dict]:
    """Loss and accuracy of every update, and the weights after the last."""
    keras.utils.set_random_seed(1)
    network = case.network
    model = models.keras_network(network, case.rows, case.timesteps, stateful=case.carry)
    models.compile_for(model, network, case.settings)
    models.set_weights(model, network, weights)
    metrics = []
    for x, y in zip(batches.inputs[:, 0], batches.targets[:, 0], strict=True):
        model.reset_metrics()
        y = y if network.last_step or network.outputs > 1 else y[..., None]
        metrics.append(np.atleast_1d(model.train_on_batch(x, y)))
    losses, *accuracies = np.array(metrics).T
    return losses, np.array(accuracies), models.get_weights(model, network)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engine_and_keras_train_alike(case):
    weights = some_weights(case.network)
    updates = 40 if case.network.vocabulary else UPDATES
    batches = some_batches(case.architecture, updates, carry_state=case.carry)
    losses, accuracies, expected = keras_run(case, weights, batches)

    compiled = Program(case.architecture)
    rate = Hyperparameters(RATES[case.optimizer], clip=case.clip or 1.0)
    after, chunk = compiled.run(compiled.begin([weights]), batches, rate)

    moved = max(np.abs(value - weights[name]).max() for name, value in expected.items())
    assert moved > 0.05, "the weights hardly moved, so little was compared"
    np.testing.assert_allclose(chunk.losses[:, 0], losses, atol=1e-4)
    if case.network.classes:
        np.testing.assert_allclose(chunk.accuracies[:, 0], accuracies[0], atol=1e-6)
    for name, value in compiled.weights(after).items():
        np.testing.assert_allclose(value, expected[name], atol=1e-4, err_msg=name)
    if case.clip > 0:
        free = compiled.run(compiled.begin([weights]), batches, rate._replace(clip=1e6))[1]
        assert np.abs(free.losses - chunk.losses).max() > 1e-3, "nothing was clipped"


def test_the_cases_lie_on_both_sides_of_the_switch_between_sums_and_matrix_products():
    for case in WIDE_IN_TWO_LAYERS:
        cell, units = case.network.cell, case.network.units
        narrower = Network(cell=cell, units=units - 2)
        for name in ("rnn1_recurrent_kernel", "rnn2_kernel"):
            assert math.prod(case.network.shapes[name]) >= WIDE
        assert math.prod(narrower.shapes["rnn1_recurrent_kernel"]) < WIDE
    for case in SMALL:
        assert max(map(math.prod, case.network.shapes.values())) < WIDE
    assert any(math.prod(case.network.shapes["rnn1_kernel"]) >= WIDE for case in OTHERS)


def test_where_several_steps_are_the_largest_they_share_the_gradient_as_in_keras():
    # With relu and this bias, most outputs are 0 at most steps, and some at all of them.
    network = some_network("simple_rnn", POOLED, outputs=1, activation="relu")
    weights = some_weights(network)
    weights["rnn1_bias"] -= 0.5
    architecture = Architecture(network, "sgd", ROWS, TIMESTEPS)
    batches = some_batches(architecture, 1)
    outputs = reference.forward(network, weights, batches.inputs[0, 0]).layers[0].outputs
    assert (np.count_nonzero(outputs == outputs.max(axis=1, keepdims=True), axis=1) > 1).any()
    model = models.keras_network(network)
    models.compile_for(model, network, Settings(optimizer="sgd", learning_rate=1.0))
    models.set_weights(model, network, weights)
    model.train_on_batch(batches.inputs[0, 0], batches.targets[0, 0])
    compiled = program(architecture)
    after, _ = compiled.run(compiled.begin([weights]), batches, Hyperparameters(1.0))
    for name, value in models.get_weights(model, network).items():
        np.testing.assert_allclose(compiled.weights(after)[name], value, atol=1e-6, err_msg=name)
