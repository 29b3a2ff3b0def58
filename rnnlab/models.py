"""A network as a Keras model, its weights by the lab's names, and the file to take away.

This is what one would write without the lab; the engine is tested and timed against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Weights
from rnnlab.network import Network
from rnnlab.saved import SavedModel, Trained
from rnnlab.settings import Settings

MOMENTUM = 0.9


def keras_model(settings: Settings) -> keras.Model:
    """The network of a run, compiled for it. It starts from weights that Keras draws.

    It takes (rows, timesteps, features) and gives (rows, timesteps, classes), or (rows, 1) if it
    says a number at the end. The number of rows is fixed only where the state is carried.
    """
    timesteps, _ = settings.shape
    rows = settings.rows if settings.carry_state else None
    model = keras_network(settings.network, rows, timesteps, settings.carry_state)
    return compile_for(model, settings.network, settings)


def keras_network(
    network: Network, rows: int | None = None, timesteps: int | None = None, stateful: bool = False
) -> keras.Model:
    """Any network as a model that is not compiled; None leaves rows or timesteps free.

    The layer that a cell stands for is Keras' of the same title. With `stateful` each batch goes
    on from the states in which the one before it ended, and `rows` must be given; a bidirectional
    network cannot, and a `ValueError` says so.
    """
    if stateful and network.bidirectional:
        raise ValueError("A bidirectional network starts every batch from zero.")
    of_a_step = () if network.vocabulary else (network.features,)
    inputs = keras.Input(batch_shape=(rows, timesteps, *of_a_step))
    below = list(_recurrent_layers(network, stateful))
    activation = "sigmoid" if network.sigmoid else "softmax" if network.classes else "linear"
    dense = keras.layers.Dense(network.outputs, activation=activation)
    if not network.pooling:
        return keras.Sequential([inputs, *below, dense])
    said = inputs
    for layer in below:
        said = layer(said)
    pooled = keras.layers.GlobalAveragePooling1D()(said), keras.layers.GlobalMaxPooling1D()(said)
    return keras.Model(inputs, dense(keras.layers.Concatenate()(pooled)))


def compile_for(model: keras.Model, network: Network, settings: Settings) -> keras.Model:
    """The model, compiled with the loss of its network and the optimizer of a run."""
    loss, metrics = "mean_squared_error", []
    if network.classes:
        loss, metrics = "sparse_categorical_crossentropy", ["accuracy"]
        loss = "binary_crossentropy" if network.sigmoid else loss
    model.compile(_optimizer(settings), loss, metrics=metrics)
    return model


def forget(model: keras.Model) -> None:
    """Set the states that the model carries from batch to batch to zero."""
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_states()


def get_weights(model: keras.Model, network: Network) -> Weights:
    """The model's weights by name."""
    return dict(zip(network.shapes, model.get_weights(), strict=True))


def set_weights(model: keras.Model, network: Network, weights: Weights) -> None:
    """Give the model these weights."""
    model.set_weights([weights[name] for name in network.shapes])


def batches(windows: NDArray[Any]) -> NDArray[Any]:
    """Windows (windows, rows, timesteps) below each other, (windows * rows, timesteps, 1).

    So `fit` takes inputs and targets, with `batch_size=rows` and `shuffle=False`.
    """
    n_windows, rows, timesteps = windows.shape
    return np.ascontiguousarray(windows).reshape(n_windows * rows, timesteps, 1)


def saved(settings: Settings, weights: Weights) -> bytes:
    """The trained network as the content of a `.keras` file.

    Who loads it can predict and evaluate as many rows of as many timesteps as wanted: each starts
    from a state of zero. It also goes on training, with the run's optimizer, new.
    """
    model = keras_network(settings.network)
    set_weights(model, settings.network, weights)
    compile_for(model, settings.network, settings)
    model.optimizer.build(model.trainable_variables)  # else the file cannot be loaded as it is
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.keras"
        model.save(path)
        return path.read_bytes()


def keras_file(trained: Trained) -> Iterator[SavedModel]:
    """The work of saving a network: one event, which holds the file."""
    yield SavedModel(saved(trained.settings, trained.weights))


def _recurrent_layers(network: Network, stateful: bool) -> Iterator[keras.layers.Layer]:
    """What stands below the dense layer."""
    recurrent = getattr(keras.layers, network.cell_type.title)
    if network.vocabulary:
        yield keras.layers.Embedding(network.vocabulary, network.features)
    for layer in range(1, network.layers + 1):
        if layer > 1 and network.dropout > 0:
            yield keras.layers.Dropout(network.dropout)
        one = recurrent(
            network.units,
            activation=network.activation,
            return_sequences=layer < network.layers
            or not network.last_step
            or bool(network.pooling),
            stateful=stateful,
        )
        yield keras.layers.Bidirectional(one) if network.bidirectional else one


def _optimizer(settings: Settings) -> keras.optimizers.Optimizer:
    """An optimizer with Keras' defaults, but for its rate and what the settings add."""
    options: dict[str, Any] = {"learning_rate": settings.learning_rate}
    if settings.clip > 0:
        options["global_clipnorm"] = settings.clip
    if settings.optimizer == "momentum":
        return keras.optimizers.SGD(momentum=MOMENTUM, **options)
    return keras.optimizers.get({"class_name": settings.optimizer, "config": options})
