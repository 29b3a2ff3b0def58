"""What Keras' own layers and TensorFlow's gradients give for the calculations of the hand check.

They calculate with 64-bit numbers, as NumPy does, so that only the formulas are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from threading import Lock

import keras
import numpy as np
import tensorflow as tf

from rnnlab.cells import CELLS
from rnnlab.handcheck.backward import KerasAnswer
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.written_out import FEATURES, UNITS, KerasStates, Loop, start

# A layer is never given up, since Keras keeps some of its memory for ever: there is one for each
# kind and size that fits on a bench, however many steps it takes.
MAX_LAYERS = 256

# A layer's weights belong to one question at a time, and a worker answers several.
_lock = Lock()


def keras_answer(bench: Bench) -> Iterator[KerasAnswer]:
    """The work of asking Keras about a bench: one event, its outputs, loss and gradients."""
    with _lock:
        answer = _answer(bench)
    yield answer


def keras_states(loop: Loop) -> Iterator[KerasStates]:
    """The work of asking Keras about the written-out loop: one event, its SimpleRNN's states."""
    inputs, weights = start(loop)
    layer = _layer("simple_rnn", "tanh", FEATURES, UNITS)
    own = [weights[name] for name in ("kernel", "recurrent_kernel", "bias")]
    # Stateless: the one layer serves every loop, in several threads at once.
    states, _ = layer.stateless_call(own, layer.non_trainable_variables, inputs[np.newaxis])
    yield KerasStates(np.asarray(states)[0])


def _answer(bench: Bench) -> KerasAnswer:
    layer = _layer(bench.cell, bench.activation, bench.features, bench.units)
    layer.set_weights(list(bench.weights.values()))
    states = [tf.constant([row], tf.float64) for row in bench.state]
    with tf.GradientTape() as tape:
        outputs = layer(tf.constant([bench.inputs], tf.float64), initial_state=states)[0]
        loss = tf.reduce_sum(tf.square(outputs[-1] - bench.target_vector)) / 2
    by_weight = tape.gradient(loss, [weight.value for weight in layer.trainable_weights])
    gradients = {
        name: np.atleast_2d(gradient.numpy())
        for name, gradient in zip(bench.weights, by_weight, strict=True)
    }
    return KerasAnswer(outputs.numpy(), float(loss), gradients)


@lru_cache(maxsize=MAX_LAYERS)
def _layer(cell: str, activation: str, features: int, units: int) -> keras.layers.Layer:
    recurrent = getattr(keras.layers, CELLS[cell].title)
    layer = recurrent(units, activation=activation, return_sequences=True, dtype="float64")
    layer.build((None, None, features))
    return layer
