"""Initial weights as Keras draws them: the same distributions, from a generator of one's own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True)
class FirstWeights:
    """What of the first weights can be chosen; without any choice they are Keras' own.

    Recurrent kernels are orthogonal times `gain`, as of Keras' `Orthogonal(gain)`. The biases of
    an LSTM's forget gates are 1 with `unit_forget_bias`, else 0: Jozefowicz, Zaremba & Sutskever
    (2015) found that 1 closes most of the gap between cells.
    """

    gain: float = 1.0
    unit_forget_bias: bool = True


KERAS = FirstWeights()


def glorot_uniform(rng: np.random.Generator, rows: int, columns: int) -> Array:
    """A (rows, columns) kernel, uniform in ±sqrt(6 / (rows + columns)).

    Glorot & Bengio (2010), eq. 16; Keras' default for kernels.
    """
    limit = np.sqrt(6.0 / (rows + columns))
    return rng.uniform(-limit, limit, (rows, columns)).astype(np.float32)


def orthogonal(rng: np.random.Generator, rows: int, columns: int, gain: float = 1.0) -> Array:
    """A (rows, columns) kernel with orthonormal rows or columns, whichever are fewer, times `gain`.

    Saxe, McClelland & Ganguli (2014); Keras' default for recurrent kernels, with a gain of 1.
    """
    tall = rng.standard_normal((max(rows, columns), min(rows, columns)))
    basis, triangle = np.linalg.qr(tall)
    basis *= np.sign(np.diagonal(triangle))  # makes the draw uniform over rotations
    return (gain * (basis if rows >= columns else basis.T)).astype(np.float32)
