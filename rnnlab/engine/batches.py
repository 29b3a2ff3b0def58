"""What updates learn from: as a run makes it, and as a compiled program takes it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from rnnlab.cells.operations import Tensor
from rnnlab.engine.architecture import Architecture


class Batches(NamedTuple):
    """What some updates learn from.

    `inputs` (updates, networks, rows, timesteps, features), or the ids of words (updates, networks,
    rows, timesteps); `targets` (updates, networks, rows, timesteps read), class numbers or numbers;
    `keep` (updates,) is 1 where the update begins with the state in which the one before it ended,
    0 where it begins with zeros.
    """

    inputs: NDArray[Any]
    targets: NDArray[Any]
    keep: NDArray[Any]


class FedBatches(NamedTuple):
    """Batches as tensors for one architecture: with room for `capacity` updates, zeros at the end.

    Making them takes longer than many updates of a small network, so they are made once for all
    calls that read parts of them. `inputs` and `targets` are (capacity, …, networks, rows), without
    the axis of the networks where there is but one.
    """

    inputs: Tensor
    targets: Tensor
    keep: Tensor


def feed(architecture: Architecture, batches: Batches) -> FedBatches:
    """The batches of at most `capacity` updates as the architecture's program takes them.

    Raises a `ValueError` for ids of no word.
    """
    a = architecture
    a.network.check_inputs(batches.inputs)
    each = (a.networks,) if a.networks > 1 else ()

    def places(windows: NDArray[Any], shape: tuple[int, ...], dtype: type) -> Tensor:
        fed: NDArray[Any] = np.zeros((a.capacity, *shape, a.networks, a.rows), dtype)
        fed[: len(windows)] = np.moveaxis(windows, (1, 2), (-2, -1))
        return tf.convert_to_tensor(fed.reshape(a.capacity, *shape, *each, a.rows))

    return FedBatches(
        places(batches.inputs, a.network.input_shape(a.timesteps), a.input_type),
        places(batches.targets, (a.timesteps_read,), np.float32),
        tf.convert_to_tensor(np.resize(batches.keep.astype(np.float32), a.capacity)),
    )
