"""A text cut into pieces of equal length, each of which begins with a sentence.

So every piece is read from a zero state, as every sentence is that somebody types; what does not
fit at a piece's end begins the next one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnlab.engine import Batches
from rnnlab.language.tokenizer import END, Ids


def starts_of_pieces(stream: Ids, timesteps: int) -> NDArray[np.int64]:
    """Where each piece of `timesteps` words begins; the next one after its last whole sentence."""
    ends = np.flatnonzero(stream == END) + 1
    found, start = [], 0
    while start + timesteps <= len(stream):
        found.append(start)
        whole = int(np.searchsorted(ends, start + timesteps, side="right"))
        last = int(ends[whole - 1]) if whole else 0
        start = last if last > start else start + timesteps
    return np.array(found, np.int64)


class Pieces(NamedTuple):
    """Rows of words and of the words that follow them, (pieces, timesteps)."""

    inputs: Ids
    targets: Ids

    @classmethod
    def of(cls, stream: Ids, timesteps: int) -> Pieces:
        """Every piece of a stream; `END` stands before its first word."""
        before = np.concatenate([[END], stream[:-1]]).astype(np.int32)
        places = starts_of_pieces(stream, timesteps)[:, None] + np.arange(timesteps)
        return cls(before[places], stream[places])

    def batches(self, chosen: NDArray[np.int64], noise: float, rng: np.random.Generator) -> Batches:
        """Updates on these pieces, (updates, rows); each from a zero state.

        A share `noise` of the words read is replaced by words drawn as often as they come, which
        smoothes what a network learns as n-grams are smoothed (Xie et al. 2017).
        """
        inputs: NDArray[Any] = self.inputs[chosen]
        if noise > 0:
            hit = (rng.random(inputs.shape) < noise) & (inputs != END)
            inputs = np.where(hit, rng.choice(self.targets.ravel(), inputs.shape), inputs)
        return Batches(inputs[:, None], self.targets[chosen][:, None], np.zeros(len(chosen)))
