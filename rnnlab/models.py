"""A run's network as a Keras model, and its weights by the lab's names.

This is what one would write without the lab; the engine is tested and timed against it.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from rnnlab.cells import cell
from rnnlab.cells.cell import Weights
from rnnlab.reference import N_CLASSES, weight_shapes
from rnnlab.settings import Settings

FEATURES = 1


def keras_model(settings: Settings) -> keras.Model:
    """The network, compiled with the run's optimizer. It starts from weights that Keras draws.

    It takes (rows, timesteps, 1) and gives (rows, timesteps, classes). The layer that a cell
    stands for is Keras' of the same title; an optimizer has Keras' defaults but for its rate.
    """
    optimizer = keras.optimizers.get(settings.optimizer)
    optimizer.learning_rate = settings.learning_rate
    recurrent = getattr(keras.layers, cell(settings.cell).title)
    model = keras.Sequential(
        [
            keras.Input(batch_shape=(settings.rows, settings.window, FEATURES)),
            recurrent(
                settings.units,
                activation=settings.activation,
                return_sequences=True,
                stateful=settings.carry_state,
            ),
            keras.layers.Dense(N_CLASSES, activation="softmax"),
        ]
    )
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def forget(model: keras.Model) -> None:
    """Set the state that the model carries from batch to batch to zero."""
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_states()


def get_weights(model: keras.Model, settings: Settings) -> Weights:
    """The model's weights by name."""
    return dict(zip(_names(settings), model.get_weights(), strict=True))


def set_weights(model: keras.Model, settings: Settings, weights: Weights) -> None:
    """Give the model these weights."""
    model.set_weights([weights[name] for name in _names(settings)])


def batches(windows: NDArray[Any]) -> NDArray[Any]:
    """Windows (windows, rows, timesteps) below each other, (windows * rows, timesteps, 1).

    So `fit` takes inputs and targets, with `batch_size=rows` and `shuffle=False`.
    """
    n_windows, rows, timesteps = windows.shape
    return np.ascontiguousarray(windows).reshape(n_windows * rows, timesteps, FEATURES)


def _names(settings: Settings) -> tuple[str, ...]:
    """The weights in Keras' order, which is the order of the cells' shapes."""
    return tuple(weight_shapes(cell(settings.cell), FEATURES, settings.units))
