"""A network learns from pieces of reviews, of every length: so that it can judge a single sentence.

Trained on whole reviews alone, a network has never seen a text end after five words. All pieces of
an update have one length, so that nothing is filled up with zeros. The word vectors are given and
stay as they are: with labels for 25,000 reviews there is too little to learn 1,000,000 numbers
from, and all that the network learnt of "dull" it can use for "tedious".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats, Weights
from rnnlab.engine import Architecture, Batches, Hyperparameters, program
from rnnlab.errors import TrainingError
from rnnlab.network import Network
from rnnlab.sentiment.vocabulary import START, UNKNOWN
from rnnlab.training.review_corpus import ReviewCorpus

LENGTHS = (8, 12, 16, 25, 40, 64, 100, 160, 250)
FEWEST, MOST = 32, 256
"""Pieces that an update reads."""
REPORT_EVERY = 200
"""Updates."""


@dataclass(frozen=True)
class PieceTraining:
    """How a network learns from pieces: `updates` of them, of about `words` words each.

    `unknown` is the share of words that are hidden, so that none is relied on. The learning rate
    stays for the first half and then falls to nothing.
    """

    network: Network
    updates: int
    learning_rate: float = 0.002
    words: int = 4096
    unknown: float = 0.1
    seed: int = 1

    def rows(self, length: int) -> int:
        """How many pieces of this length an update reads."""
        return min(MOST, max(FEWEST, self.words // length))

    def learning_rate_at(self, update: int) -> float:
        """The learning rate of an update, from 0."""
        return self.learning_rate * min(1.0, 2 * (1 - update / self.updates))


def learn_pieces(
    training: PieceTraining,
    vectors: Floats,
    corpus: ReviewCorpus,
    report: Callable[[int, float], None],
) -> Weights:
    """The weights after all updates; `report` gets the number of updates and the loss now and then.

    `vectors` (words, features) are the embedding. Raises a `TrainingError` when the loss is no
    longer a number.
    """
    rng = np.random.default_rng(training.seed)
    network = replace(training.network, vocabulary=0)
    programs = {length: program(_architecture(training, network, length)) for length in LENGTHS}
    begun = {
        length: compiled.begin([network.initial_weights(rng)])
        for length, compiled in programs.items()
    }
    long_enough = _long_enough(corpus)
    state, losses = begun[LENGTHS[0]], []
    for update in range(training.updates):
        length = int(rng.choice(LENGTHS))
        ids, labels = _drawn(training, corpus, long_enough[length], length, rng)
        batches = Batches(vectors[ids][None, None], labels[None, None, :, None], np.zeros(1))
        state = state._replace(state=begun[length].state)
        rate = Hyperparameters(training.learning_rate_at(update))
        state, chunk = programs[length].run(state, batches, rate)
        losses.append(float(chunk.losses[0, 0]))
        if (update + 1) % REPORT_EVERY == 0:
            _check(losses, update)
            report(update + 1, float(np.mean(losses)))
            losses.clear()
    return {"embedding": vectors} | dict(programs[LENGTHS[0]].weights(state))


def _architecture(training: PieceTraining, network: Network, length: int) -> Architecture:
    rows = training.rows(length)
    return Architecture(network, "adam", rows, length + 1, with_clipping=True)


def _long_enough(corpus: ReviewCorpus) -> dict[int, NDArray[np.intp]]:
    """The reviews, by index, that have at least so many words, for each length of a piece."""
    sizes = np.array([len(ids) for ids in corpus.ids])
    long_enough = {length: np.flatnonzero(sizes >= length) for length in LENGTHS}
    for length, indices in long_enough.items():
        if not len(indices):
            raise TrainingError(f"No review of '{corpus.name}' has {length} words; add some.")
    return long_enough


def _drawn(
    training: PieceTraining,
    corpus: ReviewCorpus,
    among: NDArray[np.intp],
    length: int,
    rng: np.random.Generator,
) -> tuple[NDArray[np.intp], NDArray[np.integer[Any]]]:
    """Random pieces of so many words behind `START`, (rows, 1 + length), and their labels."""
    chosen = among[rng.integers(len(among), size=training.rows(length))]
    ids = np.full((len(chosen), 1 + length), START, np.intp)
    for row, index in zip(ids, chosen, strict=True):
        text = corpus.ids[index]
        first = rng.integers(len(text) - length + 1)
        row[1:] = text[first : first + length]
    hidden = rng.random((len(chosen), length)) < training.unknown
    ids[:, 1:][hidden | (ids[:, 1:] >= training.network.vocabulary)] = UNKNOWN
    return ids, corpus.labels[chosen]


def _check(losses: list[float], update: int) -> None:
    if not np.isfinite(losses).all():
        raise TrainingError(
            f"Before update {update + 1:,} the loss stopped being a number: the weights ran away; "
            "take a smaller learning rate."
        )
