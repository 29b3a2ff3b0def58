"""Which words matter: the verdict on a text without each of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.sentiment import judging
from rnnlab.sentiment.model import SentimentModel, probability
from rnnlab.sentiment.reading import Reading

MOST_STEPS = 45_000
"""Words that the networks of a model read to find out; it takes about a tenth of a second."""


@dataclass(frozen=True)
class LeftOut:
    """One word of a text; `place` counts from 0 among the words that were read.

    `without` is the probability of a positive text if this word is left out.
    """

    place: int
    word: str
    without: float


@dataclass(frozen=True)
class Importance:
    """The verdict on a text, and on the text without each of some words.

    `words` come with the one first that moves the verdict most. They are `tried` of all `n_words`.
    """

    probability: float
    words: tuple[LeftOut, ...]
    n_words: int

    @property
    def tried(self) -> int:
        """How many words were left out, one at a time."""
        return len(self.words)


def leave_one_out(model: SentimentModel, reading: Reading) -> Importance:
    """Leave out each word of a reading in turn.

    Of a long text, those that moved the running verdict most.
    """
    ids, n = reading.ids, len(reading.ids)
    each = (model.padded_to or n) * len(model.readers)
    most = max(1, MOST_STEPS // max(1, each))
    likely = np.sort(np.argsort(-abs(reading.shifts), kind="stable")[:most])
    without = judging.logits(model, [np.delete(ids, place) for place in likely])
    said = probability(without)
    words = reading.words
    order = np.argsort(-abs(without - judging.logits(model, [ids])[0]), kind="stable")
    left_out = [LeftOut(int(likely[k]), words[likely[k]], float(said[k])) for k in order]
    return Importance(reading.probability, tuple(left_out), n)
