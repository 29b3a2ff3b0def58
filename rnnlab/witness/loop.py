"""What Keras says of the loop that is written out in NumPy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import keras
import numpy as np

from rnnlab.handcheck.written_out import FEATURES, UNITS, KerasStates, Loop, start


def keras_states(loop: Loop) -> Iterator[KerasStates]:
    """The work of asking Keras: one event, with the states of its SimpleRNN.

    It calculates with 64-bit numbers, as NumPy does, so that only the formula is compared.
    """
    inputs, weights = start(loop)
    layer = _layer()
    own = [weights[name] for name in ("kernel", "recurrent_kernel", "bias")]
    # Stateless: the one layer serves every loop, in several threads at once.
    states, _ = layer.stateless_call(own, layer.non_trainable_variables, inputs[np.newaxis])
    yield KerasStates(np.asarray(states)[0])


@cache
def _layer() -> keras.layers.SimpleRNN:
    layer = keras.layers.SimpleRNN(UNITS, return_sequences=True, dtype="float64")
    layer.build((1, None, FEATURES))
    return layer
