"""Small models of sentiment with weights by chance, for tests."""

from typing import Any

import numpy as np

from rnnlab.network import Network
from rnnlab.sentiment.model import Phrases, Reader, SentimentModel

VOCABULARY = 2000


def made_reader(seed: int = 0, **options: Any) -> Reader:
    """A reader of float64 whose words matter: an embedding as it begins would say nothing."""
    asked = {"cell": "gru", "units": 5, "features": 4, "vocabulary": VOCABULARY} | options
    network = Network(outputs=1, last_step=True, **asked)
    rng = np.random.default_rng(seed)
    drawn = network.initial_weights(rng)
    weights = {name: rng.normal(0, 0.7, weight.shape) for name, weight in drawn.items()}
    return Reader(network, weights)


def made_model(name: str = "made", **options: Any) -> SentimentModel:
    """A model of one reader; options of a reader, and of a model, by name."""
    own = {"phrases", "weighing", "most_words", "padded_to", "readers"}
    given = {key: options.pop(key) for key in own & options.keys()}
    readers = given.pop("readers", None) or (made_reader(**options),)
    return SentimentModel(name, name.title(), "Made by chance.", readers, **given)


def made_phrases(seed: int = 0) -> Phrases:
    rng = np.random.default_rng(seed)
    keys = np.unique(rng.integers(4, 60 * VOCABULARY, 300))
    return Phrases(VOCABULARY, keys, rng.normal(size=len(keys)))
