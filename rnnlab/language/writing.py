"""Letting a model write: word after word by chance, with a temperature and the k likeliest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rnnlab.language.dictionary import END, UNKNOWN, Ids

Floats = NDArray[np.float64]


class NextWord(Protocol):
    """Whatever gives the chance of every next word."""

    def next(self, ids: Sequence[int]) -> Floats | None:
        """The chances (vocabulary,) after these words, or None where it never says them."""


def sharpened(chances: Floats, temperature: float, most: int = 0) -> Floats:
    """The chances to draw from: p to the power 1 / temperature, of the `most` likeliest words.

    A temperature of 0 takes the likeliest word; `most` = 0 leaves all in. `UNKNOWN` is never drawn.
    """
    kept = np.where(np.arange(len(chances)) == UNKNOWN, 0.0, chances)
    if temperature == 0 or most == 1:
        only: Floats = np.eye(len(kept))[int(kept.argmax())]
        return only
    if 0 < most < len(kept):
        order = np.argsort(-kept, kind="stable")
        kept[order[most:]] = 0.0
    logs = np.log(np.where(kept > 0, kept, 1.0)) / temperature
    powers = np.where(kept > 0, np.exp(logs - logs[kept > 0].max()), 0.0)
    shares: Floats = powers / powers.sum()
    return shares


def write(
    model: NextWord,
    begin: Sequence[int] | Ids,
    rng: np.random.Generator,
    *,
    temperature: float = 1.0,
    most: int = 0,
    longest: int = 40,
) -> list[int]:
    """What the model makes of this beginning, the beginning included, up to `END` or `longest`."""
    said = [int(one) for one in begin]
    while len(said) < longest:
        chances = model.next(said)
        if chances is None:
            break
        word = int(rng.choice(len(chances), p=sharpened(chances, temperature, most)))
        if word == END:
            return [*said, END]
        said.append(word)
    return said
