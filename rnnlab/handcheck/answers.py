"""What Keras says to a bench, as it travels from the compute side, and how far answers differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from rnnlab.cells.cell import Floats, Weights
from rnnlab.progress import Event


@dataclass(frozen=True, eq=False)
class KerasAnswer(Event):
    """What the work `rnnlab.witness.bench:keras_answer` tells of a bench, in float64.

    `outputs` (timesteps, units) are the layer's, `loss` half the squared distance of the last one
    from the target, `gradients` TensorFlow's of that loss by weight name, in the shapes of the
    bench's matrices.
    """

    outputs: Floats
    loss: float
    gradients: Weights


def difference(one: ArrayLike, other: ArrayLike) -> float:
    """The largest absolute difference of two arrays of the same shape; nan if either has one.

    `ValueError` if the shapes differ: NumPy would stretch one of them without a word.
    """
    first: np.ndarray[Any, Any] = np.asarray(one, dtype=np.float64)
    second: np.ndarray[Any, Any] = np.asarray(other, dtype=np.float64)
    if first.shape != second.shape:
        raise ValueError(f"Shapes {first.shape} and {second.shape} cannot be compared.")
    return float(np.abs(first - second).max())
