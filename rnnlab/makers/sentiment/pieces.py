"""A network learns from pieces of reviews, of every length: so that it can judge a single sentence.

Trained on whole reviews alone, a network has never seen a text end after five words. All pieces of
an update have one length, so that nothing is filled up with zeros. The word vectors are given and
stay as they are: with labels for 25,000 reviews there is too little to learn 1,000,000 numbers
from, and all that the network learnt of "dull" it can use for "tedious".

Beside them it may learn from short texts that have labels of their own (`short_texts`): a review
that says "not bad" may end either way, so pieces hardly teach what "not" does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats, Weights
from rnnlab.engine import Architecture, Batches, Hyperparameters, program
from rnnlab.errors import TrainingError
from rnnlab.makers.sentiment.short_texts import ShortTexts
from rnnlab.network import Network
from rnnlab.sentiment.vocabulary import START, UNKNOWN
from rnnlab.training.review_corpus import ReviewCorpus

LENGTHS = (8, 12, 16, 25, 40, 64, 100, 160, 250)
FEWEST, MOST = 32, 256
"""Pieces that an update reads."""
REPORT_EVERY = 200
"""Updates."""
NEVER_HIDDEN = 3
WARM_UP = 100
AVERAGED = 0.25
"""Of the updates, at the end: the mean of their weights is better than the last of them."""


@dataclass(frozen=True)
class PieceTraining:
    """How a network learns from pieces: `updates` of them, of about `words` words each.

    `lengths` are those of the pieces. `unknown` is the share of words that are hidden, so that none
    is relied on; in texts of at most `NEVER_HIDDEN` words there is none. `short` are the shares of
    updates that read short texts, by the sources of these. The learning rate rises for `WARM_UP`
    updates, stays for the first half and then falls to nothing; the weights are the mean of those
    of the last quarter of updates.
    """

    network: Network
    updates: int
    learning_rate: float = 0.002
    words: int = 4096
    unknown: float = 0.1
    seed: int = 1
    short: tuple[float, ...] = ()
    lengths: tuple[int, ...] = LENGTHS

    def rows(self, length: int) -> int:
        """How many pieces of this length an update reads."""
        return min(MOST, max(FEWEST, self.words // length))

    def learning_rate_at(self, update: int) -> float:
        """The learning rate of an update, from 0."""
        falling = min(1.0, 2 * (1 - update / self.updates))
        return self.learning_rate * falling * min(1.0, (update + 1) / WARM_UP)


def learn_pieces(
    training: PieceTraining,
    vectors: Floats,
    corpus: ReviewCorpus,
    report: Callable[[int, float], None],
    short: Sequence[ShortTexts] = (),
) -> Weights:
    """The weights after all updates; `report` gets the number of updates and the loss now and then.

    `vectors` (words, features) are the embedding; of `short` there are as many as shares in
    `training`. Raises a `TrainingError` when the loss is no longer a number.
    """
    rng = np.random.default_rng(training.seed)
    network = replace(training.network, vocabulary=0)
    lengths = sorted({*training.lengths, *(length for texts in short for length in texts.lengths)})
    programs = {length: program(_architecture(training, network, length)) for length in lengths}
    first = network.initial_weights(rng)
    begun = {length: compiled.begin([first])[0] for length, compiled in programs.items()}
    draw = _drawer(training, corpus, short)
    state, losses, mean = begun[lengths[0]], [], Mean()
    for update in range(training.updates):
        ids, labels = draw(rng)
        length = ids.shape[1] - 1
        batches = Batches(vectors[ids][None, None], labels[None, None, :, None], np.zeros(1))
        state = state._replace(state=begun[length].state)
        rate = Hyperparameters(training.learning_rate_at(update))
        (state,), chunk = programs[length].run((state,), batches, rate)
        losses.append(float(chunk.losses[0, 0]))
        if update >= (1 - AVERAGED) * training.updates:
            mean.add(state.weights)
        if (update + 1) % REPORT_EVERY == 0:
            _check(losses, update)
            report(update + 1, float(np.mean(losses)))
            losses.clear()
    weights = programs[lengths[0]].weights((state._replace(weights=mean.value),))
    return {"embedding": vectors} | dict(weights)


@dataclass
class Mean:
    """The mean of vectors that come one after another."""

    value: Any = 0.0
    number: int = 0

    def add(self, vector: Any) -> None:
        """Take another one into account."""
        self.number += 1
        self.value = self.value + (vector - self.value) / self.number


def _architecture(training: PieceTraining, network: Network, length: int) -> Architecture:
    rows = training.rows(length)
    return Architecture(network, "adam", rows, length + 1, with_clipping=True)


def _drawer(
    training: PieceTraining, corpus: ReviewCorpus, short: Sequence[ShortTexts]
) -> Callable[[np.random.Generator], tuple[NDArray[np.intp], NDArray[Any]]]:
    """What an update reads: texts of one length, as the network reads them, and their labels."""
    long_enough = _long_enough(training, corpus)
    shares = [1 - sum(training.short), *training.short]

    def draw(rng: np.random.Generator) -> tuple[NDArray[np.intp], NDArray[Any]]:
        source = int(rng.choice(len(shares), p=shares))
        texts: tuple[NDArray[Any], NDArray[Any]]
        if source:
            length = short[source - 1].any_length(rng)
            texts = short[source - 1].drawn(length, training.rows(length), rng)
        else:
            length = int(rng.choice(training.lengths))
            texts = _drawn(training, corpus, long_enough[length], length, rng)
        return _as_read(training, texts[0], rng), texts[1]

    return draw


def _long_enough(training: PieceTraining, corpus: ReviewCorpus) -> dict[int, NDArray[np.intp]]:
    """The reviews, by index, that have at least so many words, for each length of a piece."""
    sizes = np.array([len(ids) for ids in corpus.ids])
    long_enough = {length: np.flatnonzero(sizes >= length) for length in training.lengths}
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
) -> tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]]]:
    """Random pieces of so many words, (rows, length), and their labels."""
    chosen = among[rng.integers(len(among), size=training.rows(length))]
    ids = np.empty((len(chosen), length), np.intp)
    for row, index in zip(ids, chosen, strict=True):
        text = corpus.ids[index]
        first = rng.integers(len(text) - length + 1)
        row[:] = text[first : first + length]
    return ids, corpus.labels[chosen]


def _as_read(
    training: PieceTraining, ids: NDArray[np.integer[Any]], rng: np.random.Generator
) -> NDArray[np.intp]:
    """Texts behind `START`, (rows, 1 + length), with some of their words hidden."""
    share = training.unknown if ids.shape[1] > NEVER_HIDDEN else 0.0
    hidden = (rng.random(ids.shape) < share) | (ids >= training.network.vocabulary)
    read = np.full((len(ids), 1 + ids.shape[1]), START, np.intp)
    read[:, 1:] = np.where(hidden, UNKNOWN, ids)
    return read


def _check(losses: list[float], update: int) -> None:
    if not np.isfinite(losses).all():
        raise TrainingError(
            f"Before update {update + 1:,} the loss stopped being a number: the weights ran away; "
            "take a smaller learning rate."
        )
