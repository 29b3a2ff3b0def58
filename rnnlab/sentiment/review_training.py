"""A training on reviews: every knob once, the settings they make, what it reports, its curves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from rnnlab.cells.cell import Weights
from rnnlab.knobs import Configuration, knob
from rnnlab.network import Network
from rnnlab.optimizers import OPTIMIZERS
from rnnlab.progress import Event, Progress
from rnnlab.sentiment.files.sources import Upload
from rnnlab.settings import knobs as shared
from rnnlab.settings import limits, memory

BATCHES = (16, 32, 64, 128, 256)
REVIEWS = 20_000
"""How many reviews an epoch has, where the size of a run must be known before they are read."""
MAX_PRODUCTS = 1.2e12
"""Products of one run: some minutes on two cores."""
EVALUATION_BATCH = 256
"""How many reviews are evaluated at once."""
BYTES_OF_LOADING, BYTES_OF_REVIEWS = 250_000_000, 40_000_000
"""Bytes while IMDB's reviews are read, and of what is then kept of them."""
PRODUCT = 1.2e-10
"""Seconds for each of them there."""


@dataclass(frozen=True)
class ReviewTraining(Configuration):
    """One training on reviews, complete: with the same reviews it gives the same curve.

    The defaults are the article's. Raises `SettingError` for anything the lab does not offer.
    """

    cell: str = shared.CELL.field(
        help="What reads the words: a `SimpleRNN` as in the article, or an `LSTM` or `GRU`, which "
        "have gates."
    )
    words: int = knob(
        10_000,
        "Words known",
        "Only the most frequent words get a number of their own. All others count as “unknown”.",
        "data",
        low=1_000,
        high=20_000,
        step=1_000,
    )
    length: int = knob(
        500,
        "Words read",
        "How many words of a review are read: the last ones. Shorter reviews get zeros in front, "
        "as `pad_sequences` in Keras does it.",
        "data",
        low=20,
        high=500,
        step=20,
    )
    epochs: int = shared.EPOCHS.field(
        default=10, help="How often all reviews are read. Keras: `epochs`.", high=20
    )
    units: int = shared.UNITS.field(
        default=32, help="How many numbers the network carries from word to word. Keras: `units`."
    )
    features: int = knob(
        32,
        "Numbers a word",
        "The size of the embedding: how many numbers stand for one word. Keras: `output_dim`.",
        "network",
        low=1,
        high=64,
    )
    batch: int = knob(
        128,
        "Reviews an update",
        "How many reviews one update learns from; the last update of an epoch takes what is left. "
        "Keras: `batch_size`.",
        "training",
        choices=BATCHES,
    )
    optimizer: str = shared.OPTIMIZER.field(default="rmsprop")
    learning_rate: float = shared.LEARNING_RATE.field(default=0.001)
    validation_split: float = knob(
        0.2,
        "Held out",
        "The share of the reviews that the network is judged on and never learns from. Keras: "
        "`validation_split`.",
        "data",
        low=0.1,
        high=0.5,
        step=0.1,
    )
    seed: int = shared.SEED.field(
        help="The number that random numbers start from: those of the first weights, and of the "
        "order of the reviews in each epoch. The same seed gives the same curve."
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        limits.check_work(
            self._work, MAX_PRODUCTS, "training", "take fewer epochs, words read, or units"
        )
        memory.check_memory(
            self.peak_bytes, "training", "take fewer words read, units or reviews an update"
        )

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
    def peak_bytes(self) -> int:
        """The most bytes of memory that a worker takes for it."""
        slots = len(OPTIMIZERS[self.optimizer].initial_slots)
        window = memory.window_bytes(self.network, self.batch, self.length, slots)
        reading = memory.reading_bytes(self.network, EVALUATION_BATCH, self.length)
        return max(BYTES_OF_LOADING, BYTES_OF_REVIEWS + max(window, reading))

    @property
    def seconds(self) -> float:
        """About how long it takes, with as many reviews as IMDB has, where nobody else computes."""
        return PRODUCT * self._work

    @property
    def _work(self) -> float:
        n = self.network
        each_word = n.parameters - n.vocabulary * n.features + 6 * n.units
        return float(REVIEWS) * self.epochs * self.length * each_word


ARTICLE = ReviewTraining()
"""What the article does: 10,000 words, 500 of each review, SimpleRNN(32), ten epochs."""


@dataclass(frozen=True)
class ReviewTask:
    """What is to be done: how, and on which reviews; `None`: those that the lab has or gets."""

    settings: ReviewTraining
    upload: Upload | None = None

    @property
    def peak_bytes(self) -> int:
        """The most bytes of memory that a worker takes for it."""
        return self.settings.peak_bytes

    @property
    def private(self) -> bool:
        """Whether it holds what a visitor has uploaded."""
        return self.upload is not None


class Metrics(NamedTuple):
    """Mean loss in nats a review, and the share of reviews that are judged rightly."""

    loss: float
    accuracy: float


@dataclass(frozen=True)
class ReviewsRead(Event):
    """The reviews are read: how many to learn from, how many held out, and what to know of them.

    `repeated` have the same words as another one; equal ones are on one side.
    """

    name: str
    learnt_from: int
    held_out: int
    notices: tuple[str, ...] = ()
    repeated: int = 0


@dataclass(frozen=True, kw_only=True)
class ReviewProgress(Progress):
    """A training on reviews after some more updates.

    `training` is the mean over the reviews of this epoch so far, each as it was judged before the
    network learnt from its batch: what Keras shows. `validation` is how the network judged all
    held-out reviews after the epoch's last update, else None. `weights` travel with the result
    only.
    """

    training: Metrics
    validation: Metrics | None = None


class TurningPoint(NamedTuple):
    """Where validation turned: the epoch (from 1) with its least loss, and that loss."""

    epoch: int
    loss: float


@dataclass(frozen=True)
class Curves:
    """A training epoch by epoch, under the names that Keras' history has."""

    loss: tuple[float, ...] = ()
    accuracy: tuple[float, ...] = ()
    val_loss: tuple[float, ...] = ()
    val_accuracy: tuple[float, ...] = ()

    @classmethod
    def of(cls, events: Iterable[Event]) -> Self:
        """The epochs that are done and evaluated, of what a training reported."""
        epochs = [
            (*event.training, *event.validation)
            for event in events
            if isinstance(event, ReviewProgress) and event.validation is not None
        ]
        loss, accuracy, val_loss, val_accuracy = zip(*epochs, strict=True) if epochs else [()] * 4
        return cls(loss, accuracy, val_loss, val_accuracy)

    def __len__(self) -> int:
        return len(self.loss)

    @property
    def best(self) -> int:
        """The epoch, from 1, with the best validation accuracy, the first of equals."""
        return 1 + self.val_accuracy.index(max(self.val_accuracy))

    @property
    def turning_point(self) -> TurningPoint | None:
        """Where the validation loss is least, if it rose again afterwards."""
        if not self.val_loss or min(self.val_loss) == self.val_loss[-1]:
            return None
        least = min(self.val_loss)
        return TurningPoint(1 + self.val_loss.index(least), least)
