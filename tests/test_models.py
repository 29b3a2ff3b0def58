"""The Keras model of a run: the network that the settings describe."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from rnnlab import models, reference
from rnnlab.cells import CELLS, cell
from rnnlab.settings import OPTIMIZERS, Settings

SMALL = {"rows": 3, "window": 4, "units": 5, "length": 100}


def some_weights(settings: Settings, seed: int = 0) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    shapes = reference.weight_shapes(cell(settings.cell), 1, settings.units)
    return {name: rng.uniform(-1, 1, shape).astype(np.float32) for name, shape in shapes.items()}


def some_inputs(rows: int = 3, timesteps: int = 4) -> np.ndarray:
    return np.random.default_rng(1).integers(2, size=(rows, timesteps, 1)).astype(np.float32)


@pytest.mark.parametrize("name", CELLS)
def test_the_model_says_what_numpy_says(name):
    settings = Settings(cell=name, activation="relu", **SMALL)
    model = models.keras_model(settings)
    weights = some_weights(settings)
    models.set_weights(model, settings, weights)
    said = model(some_inputs())
    trace = reference.forward(cell(name), weights, some_inputs(), "relu")
    np.testing.assert_allclose(said, trace.probabilities, atol=1e-6)


@pytest.mark.parametrize("name", CELLS)
def test_weights_go_into_the_model_and_come_back(name):
    settings = Settings(cell=name, **SMALL)
    model = models.keras_model(settings)
    weights = some_weights(settings)
    models.set_weights(model, settings, weights)
    back = models.get_weights(model, settings)
    assert list(back) == list(weights)
    for key, value in weights.items():
        np.testing.assert_array_equal(back[key], value)
    np.testing.assert_array_equal(model.layers[-1].kernel, weights["dense_kernel"])


@pytest.mark.parametrize("carry", [True, False])
def test_the_state_is_carried_if_the_settings_say_so(carry):
    settings = Settings(carry_state=carry, **SMALL)
    model = models.keras_model(settings)
    models.set_weights(model, settings, some_weights(settings))
    first, second = (model(some_inputs()).numpy() for _ in range(2))
    assert np.array_equal(first, second) is not carry
    models.forget(model)
    np.testing.assert_array_equal(model(some_inputs()).numpy(), first)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_optimizer_is_the_one_of_the_settings(name):
    model = models.keras_model(Settings(optimizer=name, learning_rate=0.3, **SMALL))
    assert type(model.optimizer).__name__.lower() == name
    assert float(model.optimizer.learning_rate) == pytest.approx(0.3)


def test_adagrad_starts_from_the_accumulator_of_the_article():
    model = models.keras_model(Settings(optimizer="adagrad", **SMALL))
    assert isinstance(model.optimizer, keras.optimizers.Adagrad)
    assert model.optimizer.get_config()["initial_accumulator_value"] == 0.1


def test_batches_are_the_windows_one_after_the_other():
    windows = np.arange(3 * 2 * 4).reshape(3, 2, 4).swapaxes(0, 1)  # as a series cut into rows
    cut = models.batches(windows)
    assert cut.shape == (6, 4, 1)
    np.testing.assert_array_equal(cut[:3, :, 0], windows[0])
    np.testing.assert_array_equal(cut[3:, :, 0], windows[1])
