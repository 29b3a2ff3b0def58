"""A network as a Keras model, its weights by the lab's names, and the file to take away.

This is what one would write without the lab; the engine is tested and timed against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import keras

from rnnlab.cells.cell import Weights
from rnnlab.cells.initial import KERAS, FirstWeights
from rnnlab.network import Network
from rnnlab.optimizers import OPTIMIZERS
from rnnlab.progress import SavedModel
from rnnlab.settings import Settings, Trained


def keras_model(settings: Settings) -> keras.Model:
    """The network of a run, compiled for it. It starts from weights that Keras draws.

    It takes (rows, timesteps, features) and gives (rows, timesteps, classes), or (rows, 1) if it
    predicts a number at the end. The number of rows is fixed only where the state is carried.
    """
    timesteps, _ = settings.shape
    rows = settings.rows if settings.carry_state else None
    n = settings.network
    model = keras_network(n, rows, timesteps, settings.carry_state, settings.first)
    return compile_for(model, settings.network, settings)


def keras_network(
    network: Network,
    rows: int | None = None,
    timesteps: int | None = None,
    stateful: bool = False,
    first: FirstWeights = KERAS,
) -> keras.Model:
    """Any network as a model that is not compiled; None leaves rows or timesteps free.

    The layer that a cell stands for is Keras' of the same title. With `stateful` each batch goes
    on from the states in which the one before it ended, and `rows` must be given; a bidirectional
    network cannot, and a `ValueError` says so.
    """
    if stateful and network.bidirectional:
        raise ValueError("A bidirectional network starts every batch from zero.")
    features = () if network.vocabulary else (network.features,)
    inputs = keras.Input(batch_shape=(rows, timesteps, *features))
    below = list(_recurrent_layers(network, stateful, first))
    activation = "sigmoid" if network.sigmoid else "softmax" if network.classes else "linear"
    dense = keras.layers.Dense(network.outputs, activation=activation)
    if not network.pooling:
        return keras.Sequential([inputs, *below, dense])
    outputs = inputs
    for layer in below:
        outputs = layer(outputs)
    means = keras.layers.GlobalAveragePooling1D()(outputs)
    maxima = keras.layers.GlobalMaxPooling1D()(outputs)
    return keras.Model(inputs, dense(keras.layers.Concatenate()([means, maxima])))


def compile_for(model: keras.Model, network: Network, settings: Settings) -> keras.Model:
    """The model, compiled with the loss of its network and the optimizer of a run."""
    loss, metrics = "mean_squared_error", []
    if network.classes:
        loss, metrics = "sparse_categorical_crossentropy", ["accuracy"]
        loss = "binary_crossentropy" if network.sigmoid else loss
    model.compile(_optimizer(settings), loss, metrics=metrics)
    return model


def reset_states(model: keras.Model) -> None:
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


def saved(settings: Settings, weights: Weights) -> SavedModel:
    """The trained network as files of Keras, in float32 whatever Keras is set to here.

    Once loaded, it predicts and evaluates any number of rows of any number of timesteps, each from
    a state of zero. It can also be trained further, with a fresh optimizer of the run's kind.
    """
    model = keras_network(settings.network)
    set_weights(model, settings.network, weights)
    with TemporaryDirectory() as folder:
        path, path_of_weights = Path(folder) / "net.keras", Path(folder) / "net.weights.h5"
        model.save_weights(
            path_of_weights
        )  # before there is an optimizer, whose state it would hold
        compile_for(model, settings.network, settings)
        model.optimizer.build(model.trainable_variables)  # else the file cannot be loaded as it is
        model.save(path)
        return SavedModel(path.read_bytes(), path_of_weights.read_bytes(), keras.__version__)


def keras_file(trained: Trained) -> Iterator[SavedModel]:
    """The work of saving a network: one event, which holds the files."""
    yield saved(trained.settings, trained.weights)


def _recurrent_layers(
    network: Network, stateful: bool, first: FirstWeights
) -> Iterator[keras.layers.Layer]:
    """The layers below the dense one."""
    recurrent = getattr(keras.layers, network.cell_type.title)
    if network.vocabulary:
        yield keras.layers.Embedding(network.vocabulary, network.features)
    for layer in range(1, network.layers + 1):
        if layer > 1 and network.dropout > 0:
            yield keras.layers.Dropout(network.dropout)
        own = recurrent(
            network.units,
            activation=network.activation,
            return_sequences=layer < network.layers
            or not network.last_step
            or bool(network.pooling),
            stateful=stateful,
            **_initial(network, first),
        )
        yield keras.layers.Bidirectional(own) if network.bidirectional else own


def _initial(network: Network, first: FirstWeights) -> dict[str, Any]:
    """The options of a layer that choose its first weights, where they are not Keras' own."""
    options: dict[str, Any] = {}
    if first.gain != KERAS.gain:
        options["recurrent_initializer"] = keras.initializers.Orthogonal(gain=first.gain)
    if network.cell == "lstm" and not first.unit_forget_bias:
        options["unit_forget_bias"] = False
    return options


def _optimizer(settings: Settings) -> keras.optimizers.Optimizer:
    """An optimizer with Keras' defaults, but for its rate and what the settings add."""
    optimizer = OPTIMIZERS[settings.optimizer]
    options = {"learning_rate": settings.learning_rate, **optimizer.keras_options}
    if settings.clip > 0:
        options["global_clipnorm"] = settings.clip
    return getattr(keras.optimizers, optimizer.keras_class)(**options)
