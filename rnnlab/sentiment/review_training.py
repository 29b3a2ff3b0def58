"""How a network learns to judge reviews: every knob once, and the settings they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from rnnlab.cells import CELLS
from rnnlab.cells.cell import Weights
from rnnlab.errors import SettingError
from rnnlab.knobs import Value, as_query, knob, knobs_of
from rnnlab.network import Network
from rnnlab.settings import LEARNING_RATES, OPTIMIZERS

BATCHES = (16, 32, 64, 128, 256)
REVIEWS = 20_000
"""How many reviews an epoch has, where the size of a run must be known before they are read."""
MOST_WORK = 1.2e12
"""Products of one run: some minutes on two cores."""
PRODUCT = 1.2e-10
"""Seconds for each of them there."""


@dataclass(frozen=True)
class ReviewTraining:
    """One training on reviews, complete: with the same reviews it gives the same curve.

    The defaults are the article's. Raises `SettingError` for anything the lab does not offer.
    """

    cell: str = knob(
        "simple_rnn",
        "Cell",
        "What reads the words: a SimpleRNN as in the article, or a cell with gates.",
        "network",
        choices=tuple(CELLS),
    )
    words: int = knob(
        10_000,
        "Words known",
        "The most frequent words have numbers of their own; all others count as “unknown”.",
        "data",
        low=1_000,
        high=20_000,
        step=1_000,
    )
    length: int = knob(
        500,
        "Words read",
        "How many words of a review are read: the last ones. Shorter reviews get zeros in front.",
        "data",
        low=20,
        high=500,
        step=20,
    )
    epochs: int = knob(
        10, "Epochs", "How often all reviews are read.", "training", low=1, high=20, step=1
    )
    units: int = knob(
        32, "Units", "How many numbers the network carries from word to word.", "network",
        low=1, high=64, step=1,
    )  # fmt: skip
    features: int = knob(
        32, "Numbers a word", "The size of the embedding: how many numbers stand for one word.",
        "network", low=1, high=64, step=1,
    )  # fmt: skip
    batch: int = knob(
        128,
        "Reviews an update",
        "How many reviews one update learns from. The last batch of an epoch is the rest.",
        "training",
        choices=BATCHES,
    )
    optimizer: str = knob(
        "rmsprop", "Optimizer", "How a gradient becomes a step.", "training", choices=OPTIMIZERS
    )
    learning_rate: float = knob(
        0.001, "Learning rate", "How large the steps are.", "training", choices=LEARNING_RATES
    )
    validation_split: float = knob(
        0.2,
        "Held out",
        "The share of the reviews that the network never learns from and is judged on.",
        "data",
        low=0.1,
        high=0.5,
        step=0.1,
    )
    seed: int = knob(
        1,
        "Seed",
        "Where the random numbers start: first weights, and the order of the reviews in each "
        "epoch. The same seed gives the same curve.",
        "training",
        low=0,
        high=9999,
    )

    def __post_init__(self) -> None:
        for name, one in KNOBS.items():
            object.__setattr__(self, name, one.check(getattr(self, name)))
        share = self._work / MOST_WORK
        if share > 1:
            raise SettingError(
                f"These settings ask for {share:.1f} times the work that one training may do: "
                "take fewer epochs, words read, or units."
            )

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> Self:
        """Settings from knob names and their values."""
        return cls(**values)  # type: ignore[arg-type]

    @property
    def values(self) -> dict[str, Value]:
        """The value of every knob by name."""
        return {name: getattr(self, name) for name in KNOBS}

    @property
    def network(self) -> Network:
        """The network that is trained: words through an embedding, one verdict at the end."""
        return Network(
            cell=self.cell,
            units=self.units,
            features=self.features,
            outputs=1,
            last_step=True,
            vocabulary=self.words,
        )

    @property
    def first_weights(self) -> Weights:
        """The weights that the network starts from."""
        return self.network.initial_weights(np.random.default_rng([self.seed, 0]))

    @property
    def seconds(self) -> float:
        """About how long it takes, with as many reviews as IMDB has, where nobody else computes."""
        return PRODUCT * self._work

    def to_query(self) -> dict[str, str]:
        """What a link holds: the knobs that differ from the article's."""
        return as_query(self.values, KNOBS)

    @property
    def _work(self) -> float:
        n = self.network
        each_word = n.parameters - n.vocabulary * n.features + 6 * n.units
        return float(REVIEWS) * self.epochs * self.length * each_word


KNOBS = knobs_of(ReviewTraining)
"""The knobs by field name."""

ARTICLE = ReviewTraining()
"""What the article does: 10,000 words, 500 of each review, SimpleRNN(32), ten epochs."""
