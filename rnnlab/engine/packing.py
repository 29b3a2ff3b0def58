"""All weights of a network as one flat vector: optimizers then work on it in a single stroke."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Shapes = Mapping[str, tuple[int, ...]]


def pack(weights: Mapping[str, Any], shapes: Shapes) -> Array:
    """The weights by name as one float32 vector, in the order of `shapes`."""
    return np.concatenate([np.ravel(weights[name]) for name in shapes]).astype(np.float32)


def unpack(vector: Array, shapes: Shapes) -> dict[str, Array]:
    """The vector's parts by name, in their shapes."""
    ends = accumulate(map(math.prod, shapes.values()), initial=0)
    return {
        name: vector[start:end].reshape(shape)
        for (name, shape), (start, end) in zip(shapes.items(), pairwise(ends), strict=True)
    }


def unpack_tensor(vector: Any, shapes: Shapes) -> dict[str, Any]:
    """The same of a tensor (weights,) or (weights, networks): the networks stay last."""
    import tensorflow as tf

    ends = accumulate(map(math.prod, shapes.values()), initial=0)
    return {
        name: tf.reshape(vector[start:end], (*shape, *vector.shape[1:]))
        for (name, shape), (start, end) in zip(shapes.items(), pairwise(ends), strict=True)
    }
