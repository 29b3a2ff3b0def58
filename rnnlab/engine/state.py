"""What goes into a training program, from call to call, and what comes out of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.operations import Tensor

Array = NDArray[np.float32]


class Hyperparameters(NamedTuple):
    """What can change without compiling anew; `seeds` has one number for each network."""

    learning_rate: float
    dropout: float = 0.0
    clip: float = 1.0
    seeds: tuple[int, ...] = (0,)


class TrainState(NamedTuple):
    """What goes from one update of a network to the next.

    `weights` (weights,), `slots` (slots, weights) of the optimizer, `state` (state, rows), and the
    `count` of updates done.
    """

    weights: Tensor
    slots: Tensor
    state: Tensor
    count: Tensor


TrainStates = tuple[TrainState, ...]
"""The state of each network of a run."""


class Chunk(NamedTuple):
    """The `losses` and `accuracies` of some updates, (updates, networks).

    `predicted` (rows, timesteps read) are the first network's predictions for the last of these
    windows: the probability of a 1, or the number.
    """

    losses: Array
    accuracies: Array
    predicted: Array
