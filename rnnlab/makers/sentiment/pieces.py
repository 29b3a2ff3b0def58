"""A network learns from pieces of reviews, of every length: so that it can judge a single sentence.

Trained on whole reviews alone, a network has never seen a text end after five words. All pieces of
an update have one length, so that nothing is filled up with zeros. The numbers that stand for the
words are given and stay as they are: with labels for 25,000 reviews there is too little to learn
1,000,000 numbers from, and all that the network learnt of "dull" it can use for "tedious".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats, Weights
from rnnlab.engine import Architecture, Batches, Carry, Dials, program
from rnnlab.errors import TrainingError
from rnnlab.network import Network
from rnnlab.sentiment.vocabulary import START, UNKNOWN
from rnnlab.training.reviews.corpus import Corpus

LENGTHS = (8, 12, 16, 25, 40, 64, 100, 160, 250)
FEWEST, MOST = 32, 256
TOLD = 200


@dataclass(frozen=True)
class Pieces:
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

    def rate(self, update: int) -> float:
        """The learning rate of an update, from 0."""
        return self.learning_rate * min(1.0, 2 * (1 - update / self.updates))


def learn_pieces(
    pieces: Pieces, vectors: Floats, corpus: Corpus, tell: Callable[[int, float], None]
) -> Weights:
    """The weights after all updates; `tell` hears now and then the number of updates and the loss.

    `vectors` (words, features) stand for the words. Raises a `TrainingError` when the loss is no
    longer a number.
    """
    rng = np.random.default_rng(pieces.seed)
    network = replace(pieces.network, vocabulary=0)
    programs = {length: program(_architecture(pieces, network, length)) for length in LENGTHS}
    begun = {length: one.begin([network.initial_weights(rng)]) for length, one in programs.items()}
    long_enough = _long_enough(corpus)
    carry, losses = begun[LENGTHS[0]], []
    for update in range(pieces.updates):
        length = int(rng.choice(LENGTHS))
        ids, labels = _drawn(pieces, corpus, long_enough[length], length, rng)
        batches = Batches(vectors[ids][None, None], labels[None, None, :, None], np.zeros(1))
        carry = carry._replace(state=begun[length].state)
        carry, chunk = programs[length].run(carry, batches, Dials(pieces.rate(update)))
        losses.append(float(chunk.losses[0, 0]))
        if (update + 1) % TOLD == 0:
            _check(losses, update)
            tell(update + 1, float(np.mean(losses)))
            losses.clear()
    return {"embedding": vectors} | _weights(programs[LENGTHS[0]], carry)


def _weights(one: Any, carry: Carry) -> Weights:
    return dict(one.weights(carry))


def _architecture(pieces: Pieces, network: Network, length: int) -> Architecture:
    rows = pieces.rows(length)
    return Architecture(network, "adam", rows, length + 1, with_clipping=True)


def _long_enough(corpus: Corpus) -> dict[int, NDArray[np.intp]]:
    sizes = np.array([len(ids) for ids in corpus.ids])
    found = {length: np.flatnonzero(sizes >= length) for length in LENGTHS}
    for length, places in found.items():
        if not len(places):
            raise TrainingError(f"No review of '{corpus.name}' has {length} words; add some.")
    return found


def _drawn(
    pieces: Pieces,
    corpus: Corpus,
    among: NDArray[np.intp],
    length: int,
    rng: np.random.Generator,
) -> tuple[NDArray[np.intp], NDArray[np.integer[Any]]]:
    """Random pieces of so many words behind `START`, (rows, 1 + length), and their labels."""
    chosen = among[rng.integers(len(among), size=pieces.rows(length))]
    ids = np.full((len(chosen), 1 + length), START, np.intp)
    for row, place in zip(ids, chosen, strict=True):
        text = corpus.ids[place]
        first = rng.integers(len(text) - length + 1)
        row[1:] = text[first : first + length]
    hidden = rng.random((len(chosen), length)) < pieces.unknown
    ids[:, 1:][hidden | (ids[:, 1:] >= pieces.network.vocabulary)] = UNKNOWN
    return ids, corpus.labels[chosen]


def _check(losses: list[float], update: int) -> None:
    if not np.isfinite(losses).all():
        raise TrainingError(
            f"Before update {update + 1:,} the loss stopped being a number: the weights ran away; "
            "take a smaller learning rate."
        )
