"""The activations a cell can have: each a function and its derivative, written by its output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


class Activation(NamedTuple):
    """A function, its derivative as a function of the *output*, and its formula (LaTeX)."""

    function: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    formula: str


ACTIVATIONS: dict[str, Activation] = {
    "tanh": Activation(np.tanh, lambda y: 1 - y * y, r"\tanh"),
    "relu": Activation(
        lambda x: np.maximum(x, 0), lambda y: (y > 0).astype(y.dtype), r"\max(0, \cdot)"
    ),
    "linear": Activation(lambda x: x, np.ones_like, r"\mathrm{id}"),
}


def sigmoid(x: Floats) -> Floats:
    """1 / (1 + exp(-x)), written with tanh so that it cannot overflow."""
    half: Floats = 0.5 * np.tanh(0.5 * x) + 0.5
    return half
