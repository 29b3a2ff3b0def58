"""How much each part of a model counts, which goes by how long a text is.

A logit of 1 says more of a text of two words than of one of two hundred, and a network that has
learnt from single sentences knows nothing of whole reviews. So a word also moves a running verdict
by making the text longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnlab.cells.cell import Floats


@dataclass(frozen=True)
class Weighing:
    """The weight of each part's logit, and what is added to their sum, at some lengths of a text.

    `lengths` are numbers of words, rising; `weights[k]` are those of the parts at the k-th, and
    `offsets[k]` is the number added there. Between two lengths all of them lie on a line over
    ln(1 + words), before the first and behind the last they stay as they are.
    """

    lengths: tuple[int, ...]
    weights: tuple[tuple[float, ...], ...]
    offsets: tuple[float, ...]

    def __post_init__(self) -> None:
        n, parts = len(self.lengths), {len(weights) for weights in self.weights}
        if not n == len(self.weights) == len(self.offsets) or len(parts) != 1:
            raise ValueError(f"{n} lengths need as many weights of all parts, and offsets: {self}.")
        if any(np.diff(self.lengths) <= 0):
            raise ValueError(f"Lengths rise, but here they are {self.lengths}.")

    @classmethod
    def at_any_length(cls, weights: tuple[float, ...], offset: float = 0.0) -> Self:
        """The same for texts of all lengths."""
        return cls((0,), (weights,), (offset,))

    @property
    def n_parts(self) -> int:
        """How many logits are weighed."""
        return len(self.weights[0])

    def weights_at(self, n_words: ArrayLike) -> Floats:
        """The weights of the parts for texts of so many words: (texts, parts)."""
        weights: Floats = hat_functions(self.lengths, n_words) @ np.array(self.weights)
        return weights

    def logits(self, parts: Floats, n_words: ArrayLike) -> Floats:
        """The weighted sums (texts,) of the parts' logits (texts, parts), for their lengths."""
        offsets = hat_functions(self.lengths, n_words) @ np.array(self.offsets)
        summed: Floats = (self.weights_at(n_words) * parts).sum(axis=1) + offsets
        return summed


def hat_functions(lengths: tuple[int, ...], n_words: ArrayLike) -> NDArray[Any]:
    """How near texts of so many words are to each length: (texts, lengths), in each row 1 in all.

    The basis of linear interpolation over ln(1 + words): 1 at a length itself, and between two as
    much of one as is missing of the other.
    """
    at = np.log1p(np.asarray(n_words, dtype=float)).ravel()
    knots = np.log1p(lengths)
    return np.stack([np.interp(at, knots, unit) for unit in np.eye(len(knots))], axis=1)
