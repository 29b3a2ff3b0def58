"""Reviews made up of a few words, that a network learns to judge within a second."""

from dataclasses import replace

import numpy as np

from rnnlab.sentiment.files.reviews import Reviews
from rnnlab.sentiment.review_training import ReviewTraining
from rnnlab.training.review_corpus import ReviewCorpus

GOOD, BAD = ("great", "wonderful", "best"), ("bad", "worst", "boring")
OTHERS = ("the", "film", "was", "and", "it", "this", "story")

SMALL = ReviewTraining(
    words=1_000, length=20, epochs=3, units=4, features=4, batch=16, learning_rate=0.01
)


def made_up(number: int, seed: int = 0) -> Reviews:
    """So many reviews of 2 to 12 words, of which one is good or bad; every other is positive."""
    rng = np.random.default_rng(seed)
    texts = []
    for place in range(number):
        words = list(rng.choice(OTHERS, rng.integers(1, 12)))
        words.insert(int(rng.integers(len(words) + 1)), rng.choice((BAD, GOOD)[place % 2]))
        texts.append(" ".join(words))
    return Reviews(tuple(texts), tuple(place % 2 for place in range(number)), "made up")


def corpus(number: int, seed: int = 0) -> ReviewCorpus:
    return ReviewCorpus.of(made_up(number, seed))


def small(**values: object) -> ReviewTraining:
    return replace(SMALL, **values)
