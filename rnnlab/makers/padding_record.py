"""Measure what padding does to the article's network, as the page about padding tells it.

python -m rnnlab.makers padding_record [--reviews PATH]

It pads 500 steps in front, behind and in front with a mask: for the network that travels with the
lab, and for one that is trained so from the same first weights.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Weights
from rnnlab.engine import Architecture, Batches, Hyperparameters, program
from rnnlab.engine.predictor import Predictor
from rnnlab.lengths.article import EPOCHS
from rnnlab.lengths.settings import BEHIND, IN_FRONT, MASKED
from rnnlab.makers import say
from rnnlab.sentiment.files.sources import VARIABLE
from rnnlab.sentiment.model import shipped
from rnnlab.sentiment.review_training import ARTICLE, EVALUATION_BATCH
from rnnlab.sentiment.vocabulary import PADDING
from rnnlab.training import by_length
from rnnlab.training.by_length import Batch
from rnnlab.training.review_corpus import ReviewCorpus, held_out, load_corpus

Indices = NDArray[np.intp]

WINDOWS = (140, 180, 240, 340, ARTICLE.length)
"""Steps that are compiled for reviews under a mask, which are sorted by length."""


def architecture(rows: int, window: int = ARTICLE.length) -> Architecture:
    """The article's network on sequences of unequal length: so many of them, in such a window."""
    network, optimizer = ARTICLE.network, ARTICLE.optimizer
    return Architecture(network, optimizer, rows, window, with_lengths=True)


def padded(corpus: ReviewCorpus, indices: Indices, way: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Reviews, (reviews, steps), and for how many steps each is read.

    Under a mask no step is done: such a review is read from its first word to its last.
    """
    in_front = corpus.inputs(indices, ARTICLE.words, ARTICLE.length)
    whole = np.full(len(in_front), ARTICLE.length)
    if way == IN_FRONT:
        return in_front, whole
    lengths = (in_front != PADDING).sum(axis=1)
    steps = np.arange(ARTICLE.length) - lengths[:, None]  # below 0 at the words
    behind = np.take_along_axis(in_front, steps % ARTICLE.length, axis=1)
    return np.where(steps < 0, behind, PADDING), lengths if way == MASKED else whole


def accuracy(weights: Weights, corpus: ReviewCorpus, way: str) -> float:
    """The share of right verdicts on all reviews of a corpus."""
    predictor, right = Predictor(architecture(EVALUATION_BATCH)), 0
    ends = range(EVALUATION_BATCH, len(corpus), EVALUATION_BATCH)
    for indices in np.split(np.arange(len(corpus)), ends):
        inputs, lengths = padded(corpus, indices, way)
        positive = predictor.predict(weights, inputs, lengths)[:, 0] > 0.5
        right += int((positive == (corpus.labels[indices] == 1)).sum())
    return right / len(corpus)


def train(training: ReviewCorpus, way: str) -> Iterator[Weights]:
    """The weights after each epoch; what is left over for no whole batch is not learnt from."""
    programs = {window: program(architecture(ARTICLE.batch, window)) for window in windows(way)}
    states = programs[ARTICLE.length].begin([ARTICLE.first_weights])
    rate = Hyperparameters(ARTICLE.learning_rate)
    for epoch in range(1, EPOCHS + 1):
        for batch in batches(training, way, epoch):
            learnt = learnt_from(training, way, batch)
            states, _ = programs[batch.window].run(states, learnt, rate)
        yield programs[ARTICLE.length].weights(states)


def windows(way: str) -> tuple[int, ...]:
    """How many steps are compiled: of padded reviews all, under a mask a few windows."""
    return WINDOWS if way == MASKED else WINDOWS[-1:]


def batches(training: ReviewCorpus, way: str, epoch: int) -> Iterator[Batch]:
    """The updates of an epoch: as reviews are drawn, or under a mask sorted by length in pools."""
    rng = np.random.default_rng([ARTICLE.seed, 1, epoch])
    if way == MASKED:
        steps = np.array([min(len(ids) + 1, ARTICLE.length) for ids in training.ids])
        yield from by_length.batches(steps, ARTICLE.batch, WINDOWS, rng)  # one is for `START`
        return
    order = rng.permutation(len(training))
    for indices in order[: len(order) // ARTICLE.batch * ARTICLE.batch].reshape(-1, ARTICLE.batch):
        yield Batch(indices, ARTICLE.length)


def learnt_from(training: ReviewCorpus, way: str, batch: Batch) -> Batches:
    """What an update learns from, in as many steps as its window has."""
    inputs, lengths = padded(training, batch.indices, way)
    targets = training.labels[batch.indices].reshape(1, 1, -1, 1)
    return Batches(inputs[None, None, :, : batch.window], targets, np.zeros(1), lengths[None, None])


def main(arguments: Sequence[str]) -> None:
    """Print all figures."""
    parser = ArgumentParser(prog="python -m rnnlab.makers padding_record")
    parser.add_argument("--reviews", help=f"where the reviews are, as in {VARIABLE}")
    reviews = parser.parse_args(arguments).reviews
    if reviews:
        os.environ[VARIABLE] = reviews
    *_, corpus = (event for event in load_corpus(None) if isinstance(event, ReviewCorpus))
    training, validation = held_out(corpus, ARTICLE.validation_split)
    own = shipped("article").readers[0].weights
    for way in (IN_FRONT, BEHIND, MASKED):
        say(f"{way}: as trained {accuracy(own, validation, way):.4f}")
        for epoch, weights in enumerate(train(training, way), 1):
            say(f"{way}, trained so, epoch {epoch}: {accuracy(weights, validation, way):.4f}")
