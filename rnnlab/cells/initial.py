"""Initial weights as Keras draws them: the same distributions, from a generator of one's own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


def glorot_uniform(rng: np.random.Generator, rows: int, columns: int) -> Array:
    """A (rows, columns) kernel, uniform in ±sqrt(6 / (rows + columns)).

    Glorot & Bengio (2010), eq. 16; Keras' default for kernels.
    """
    limit = np.sqrt(6.0 / (rows + columns))
    return rng.uniform(-limit, limit, (rows, columns)).astype(np.float32)


def orthogonal(rng: np.random.Generator, rows: int, columns: int) -> Array:
    """A (rows, columns) kernel with orthonormal rows or columns, whichever are fewer.

    Saxe, McClelland & Ganguli (2014); Keras' default for recurrent kernels.
    """
    tall = rng.standard_normal((max(rows, columns), min(rows, columns)))
    basis, triangle = np.linalg.qr(tall)
    basis *= np.sign(np.diagonal(triangle))  # makes the draw uniform over rotations
    return (basis if rows >= columns else basis.T).astype(np.float32)
