"""The engine trains as Keras does: from equal weights, on equal batches, with equal results."""

from __future__ import annotations

import math
from dataclasses import dataclass

import keras
import numpy as np
import pytest

from rnnlab import models
from rnnlab.cells import CELLS
from rnnlab.engine import Architecture, Batches, Dials, Program
from rnnlab.engine.products import WIDE
from rnnlab.network import Network
from rnnlab.settings import OPTIMIZERS, Settings
from tests.engine.windows import WIDE_UNITS, some_batches, some_weights

UPDATES = 100
RATES = {"sgd": 0.3, "momentum": 0.05, "adagrad": 0.1, "rmsprop": 0.005, "adam": 0.01}
NUMBERS = {"classes": False, "outputs": 1}


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
        n = self.network
        words = [n.cell, self.optimizer, n.activation, f"{n.layers}x{n.units}"]
        words += [f"{n.features}-features", "classes" if n.classes else "numbers"]
        words += ["last-step" if n.last_step else "each-step"]
        words += ["carried" if self.carry else "reset"] + ["clipped"] * (self.clip > 0)
        return "-".join(words)

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
    for cell, optimizer in [("simple_rnn", "momentum"), ("lstm", "adam"), ("gru", "adagrad")]
]
OTHERS = [
    Case(Network(units=5, layers=3, features=2, last_step=True, **NUMBERS), "adam", carry=False),
    Case(
        Network(cell="gru", units=24, features=2, last_step=True, **NUMBERS), "sgd", rows=16, clip=1
    ),
    Case(Network(units=26, activation="relu", features=24, **NUMBERS), "adam"),
    Case(Network(cell="gru", units=5, activation="relu", last_step=True), "momentum", carry=False),
    # Reset, since the memory of a carried one grows until rounding errors decide on its curve.
    Case(Network(cell="lstm", units=5, activation="relu", features=2), "adam", False, clip=0.1),
    Case(Network(cell="gru", units=5, activation="linear", layers=2, **NUMBERS), "rmsprop"),
]
SMALL = [
    Case(Network(units=5), "sgd"),
    Case(Network(cell="lstm", units=5), "rmsprop", carry=False),
    Case(Network(cell="gru", units=5), "adam"),
]
CASES = SMALL + WIDE_IN_TWO_LAYERS + OTHERS


def keras_run(case: Case, weights: dict, batches: Batches) -> tuple[np.ndarray, np.ndarray, dict]:
    """Loss and accuracy of every update, and the weights after the last."""
    keras.utils.set_random_seed(1)
    network = case.network
    model = models.keras_network(network, case.rows, case.timesteps, stateful=case.carry)
    models.compile_for(model, network, case.settings)
    models.set_weights(model, network, weights)
    told = []
    for x, y in zip(batches.inputs[:, 0], batches.targets[:, 0], strict=True):
        model.reset_metrics()
        y = y if network.last_step or network.classes else y[..., None]
        told.append(np.atleast_1d(model.train_on_batch(x, y)))
    losses, *accuracies = np.array(told).T
    return losses, np.array(accuracies), models.get_weights(model, network)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engine_and_keras_train_alike(case):
    weights = some_weights(case.network)
    batches = some_batches(case.architecture, UPDATES, carry_state=case.carry)
    losses, accuracies, expected = keras_run(case, weights, batches)

    compiled = Program(case.architecture)
    dials = Dials(RATES[case.optimizer], clip=case.clip or 1.0)
    carried, chunk = compiled.run(compiled.begin([weights]), batches, dials)

    moved = max(np.abs(value - weights[name]).max() for name, value in expected.items())
    assert moved > 0.05, "the weights hardly moved, so little was compared"
    np.testing.assert_allclose(chunk.losses[:, 0], losses, atol=1e-4)
    if case.network.classes:
        np.testing.assert_allclose(chunk.accuracies[:, 0], accuracies[0], atol=1e-6)
    for name, value in compiled.weights(carried).items():
        np.testing.assert_allclose(value, expected[name], atol=1e-4, err_msg=name)
    if case.clip > 0:
        free = compiled.run(compiled.begin([weights]), batches, dials._replace(clip=1e6))[1]
        assert np.abs(free.losses - chunk.losses).max() > 1e-3, "nothing was clipped"


def test_every_cell_and_every_optimizer_is_among_the_cases():
    # Their product is not: an optimizer never sees a cell, only gradients, and is held against
    # Keras' own by itself; the gradients of each cell are held against NumPy's.
    assert {case.network.cell for case in CASES} == {*CELLS}
    assert {case.optimizer for case in CASES} == {*OPTIMIZERS}


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
