"""What a model says of texts: a probability, and that in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.sentiment import forward
from rnnlab.sentiment.model import SentimentModel, probability
from rnnlab.sentiment.padding import padded
from rnnlab.sentiment.vocabulary import START, Ids

VERDICTS = (
    (0.9, "clearly positive"),
    (0.6, "rather positive"),
    (0.4, "undecided"),
    (0.1, "rather negative"),
    (0.0, "clearly negative"),
)
"""Each word with the least probability from which it is said."""


def in_words(chance: float) -> str:
    """The verdict in words; the probability is rounded to percents before, as it is shown."""
    return next(words for least, words in VERDICTS if round(chance, 2) >= least)


def probabilities(model: SentimentModel, texts: Sequence[str]) -> NDArray[Any]:
    """For each text the probability that it is positive. Texts without words are judged as well."""
    return probability(logits(model, [model.vocabulary.ids_of(text) for text in texts]))


def logits(model: SentimentModel, texts: Sequence[Ids]) -> Floats:
    """What the model says to each text, given as the ids of its words: (texts,)."""
    read = [as_read(model, ids) for ids in texts]
    said: Floats = np.mean([forward.logits(one, read) for one in model.readers], axis=0)
    return _together(model, said, texts)


def logits_so_far(model: SentimentModel, ids: Ids) -> Floats:
    """What a causal model says before the first word and after each: (ids + 1,)."""
    read = as_read(model, ids)
    so_far = [forward.logits_so_far(one, read) for one in model.readers]
    said: Floats = np.mean(so_far, axis=0)[-(len(ids) + 1) :]
    return model.scale * said + model.offset


def as_read(model: SentimentModel, ids: Ids) -> Ids:
    """The ids that a model's networks read: the last words, with what stands before them."""
    if model.padded_to:
        rows: Ids = padded([ids[-model.most_words :]], model.padded_to)
        return rows.reshape(-1)
    return np.concatenate([np.array([START], np.int32), ids[-model.most_words :]])


def _together(model: SentimentModel, said: Floats, texts: Sequence[Ids]) -> Floats:
    if model.phrases is not None:
        last = [ids[-model.most_words :] for ids in texts]
        said = said + np.array([model.phrases.logit(ids) for ids in last], said.dtype)
    return model.scale * said + model.offset
