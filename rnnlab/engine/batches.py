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
    0 where it begins with zeros. Where the architecture has lengths, `lengths` (updates, networks,
    rows) says for how many time steps each row is read: it is a whole sequence, from its start.
    """

    inputs: NDArray[Any]
    targets: NDArray[Any]
    keep: NDArray[Any]
    lengths: NDArray[Any] | None = None

    def part(self, start: int, end: int) -> Batches:
        """What the updates from `start` to before `end` learn from."""
        own = slice(start, end)
        lengths = None if self.lengths is None else self.lengths[own]
        return Batches(self.inputs[own], self.targets[own], self.keep[own], lengths)


class FedBatches(NamedTuple):
    """One network's batches as tensors: with room for `capacity` updates, zeros at the end.

    Making them takes longer than many updates of a small network, so they are made once for all
    calls that read parts of them. `inputs` and `targets` are (capacity, …, rows). `lengths` are
    there with lengths only.
    """

    inputs: Tensor
    targets: Tensor
    keep: Tensor
    lengths: Tensor | tuple[()] = ()


def feed(architecture: Architecture, batches: Batches) -> tuple[FedBatches, ...]:
    """The batches of at most `capacity` updates as the architecture's program takes them.

    They are those of each network.

    Raises a `ValueError` for ids of no word, and for lengths that are no part of the window.
    """
    a = architecture
    a.network.check_inputs(batches.inputs)
    check_lengths(a, batches.lengths)
    keep = tf.convert_to_tensor(np.resize(batches.keep.astype(np.float32), a.capacity))

    def fed(windows: NDArray[Any], shape: tuple[int, ...], dtype: type) -> Tensor:
        room: NDArray[Any] = np.zeros((a.capacity, *shape, a.rows), dtype)
        room[: len(windows)] = np.moveaxis(windows, 1, -1)
        return tf.convert_to_tensor(room)

    return tuple(
        FedBatches(
            fed(batches.inputs[:, k], a.network.input_shape(a.timesteps), a.input_type),
            fed(batches.targets[:, k], (a.timesteps_read,), np.float32),
            keep,
            () if batches.lengths is None else fed(batches.lengths[:, k], (), np.int32),
        )
        for k in range(batches.inputs.shape[1])
    )


def check_lengths(architecture: Architecture, lengths: NDArray[Any] | None) -> None:
    """Raise a `ValueError` unless there are lengths where they belong, each of 1 to all steps."""
    if (lengths is not None) != architecture.with_lengths:
        raise ValueError("Lengths belong to an architecture with lengths, and to no other.")
    if lengths is not None and lengths.size:
        lowest, highest = lengths.min(), lengths.max()
        if lowest < 1 or highest > architecture.timesteps:
            raise ValueError(
                f"Lengths are 1 to {architecture.timesteps}, but {lowest} to {highest} came in."
            )
