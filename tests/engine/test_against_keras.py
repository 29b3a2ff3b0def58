"""The engine trains as Keras does: each cell, activation and optimizer, state carried or not."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab import models
from rnnlab.cells import CELLS
from rnnlab.engine import program
from rnnlab.engine.activations import ACTIVATIONS
from rnnlab.engine.optimizers import OPTIMIZERS
from rnnlab.settings import Settings
from rnnlab.training import architecture, initial_weights

UPDATES = 100
RATES = {"adagrad": 0.2, "sgd": 0.5, "relu": 0.02}
OTHER_RATE = 0.01
EVERY_ONE_ONCE = [("tanh", optimizer) for optimizer in OPTIMIZERS]
EVERY_ONE_ONCE += [(activation, "adam") for activation in ACTIVATIONS if activation != "tanh"]


def echo_windows(settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    """Coin flips and their echo one step later, (windows, rows, timesteps)."""
    rng = np.random.default_rng(4)
    steps = UPDATES * settings.window
    bits = rng.integers(2, size=(settings.rows, steps + 1))
    cut = (settings.rows, UPDATES, settings.window)
    return bits[:, 1:].reshape(cut).swapaxes(0, 1), bits[:, :-1].reshape(cut).swapaxes(0, 1)


def keras_run(settings: Settings, weights: dict, inputs: np.ndarray, targets: np.ndarray) -> tuple:
    """Loss and accuracy of every update, shape (2, updates), and the weights after the last."""
    model = models.keras_model(settings)
    models.set_weights(model, settings, weights)
    history = []
    for x, y in zip(inputs[..., None].astype(np.float32), targets, strict=True):
        model.reset_metrics()
        history.append(model.train_on_batch(x, y))
    return np.array(history).T, models.get_weights(model, settings)


@pytest.mark.parametrize("carry", [True, False], ids=["carried", "reset"])
@pytest.mark.parametrize(("activation", "optimizer"), EVERY_ONE_ONCE)
@pytest.mark.parametrize("cell", CELLS)
def test_the_engine_and_keras_train_alike(cell, activation, optimizer, carry):
    rate = RATES.get(optimizer, RATES.get(activation, OTHER_RATE))
    settings = Settings(
        cell=cell,
        activation=activation,
        optimizer=optimizer,
        carry_state=carry,
        learning_rate=rate,
        rows=8,
        window=6,
        units=5,
    )
    weights = initial_weights(settings, np.random.default_rng(2))
    inputs, targets = echo_windows(settings)
    (losses, accuracies), expected = keras_run(settings, weights, inputs, targets)

    compiled = program(architecture(settings))
    carried, chunk = compiled.run(
        compiled.begin(weights), inputs, targets, learning_rate=rate, carry_state=carry
    )

    moved = max(np.abs(value - weights[name]).max() for name, value in expected.items())
    assert moved > 0.1, "the weights hardly moved, so little was compared"
    np.testing.assert_allclose(chunk.losses, losses, atol=1e-4)
    np.testing.assert_allclose(chunk.accuracies, accuracies, atol=1e-6)
    for name, value in compiled.weights(carried).items():
        np.testing.assert_allclose(value, expected[name], atol=1e-4, err_msg=name)
