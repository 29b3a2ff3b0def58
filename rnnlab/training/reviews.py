"""A network learns to judge reviews: the loop over epochs and updates."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Weights
from rnnlab.engine import Architecture, Batches, Chunk, Hyperparameters, TrainState, program
from rnnlab.engine.predictor import Predictor
from rnnlab.errors import TrainingError
from rnnlab.progress import Event
from rnnlab.sentiment.files.sources import Loading
from rnnlab.sentiment.review_training import (
    EVALUATION_BATCH,
    Metrics,
    ReviewProgress,
    ReviewsRead,
    ReviewTask,
    ReviewTraining,
)
from rnnlab.training.review_corpus import ReviewCorpus, held_out, load_corpus

EPSILON = 1e-7
"""A probability is held this far from 0 and 1 where its logarithm is taken, as in Keras."""

Indices = NDArray[np.intp]


def train_reviews(task: ReviewTask) -> Iterator[Event]:
    """Get the reviews, hold some out, and learn from the others.

    Yields `ReviewProgress` after some updates; the last event has the weights. Raises a
    `ReviewsError` about the reviews, a `TrainingError` when the loss is no longer a number. To
    stop, stop asking.
    """
    for event in load_corpus(task.upload):
        if isinstance(event, ReviewCorpus):
            corpus = event
        else:
            yield event
    training, validation = held_out(corpus, task.settings.validation_split)
    yield ReviewsRead(
        corpus.name, len(training), len(validation), corpus.notices, corpus.n_repeated
    )
    yield Loading("Compiling the network.")
    yield from learn(task.settings, training, validation)


def learn(
    settings: ReviewTraining, training: ReviewCorpus, validation: ReviewCorpus
) -> Iterator[ReviewProgress]:
    """Train on one corpus as `settings` say, and evaluate on the other after each epoch.

    The order of the reviews is drawn anew for each epoch. Batches have `settings.batch` reviews;
    the last one of an epoch has the rest, as in Keras.
    """
    trainer = ReviewTrainer(settings, training)
    started = time.perf_counter()
    steps = -(-len(training) // settings.batch)
    step = 0
    for epoch in range(1, settings.epochs + 1):
        n_reviews, total = 0, np.zeros(2)
        for indices in trainer.batches(epoch):
            chunk = trainer.update(indices, step)
            step += len(indices)
            n_reviews += indices.size
            rows = indices.shape[1]
            total += rows * np.array([chunk.losses.sum(), chunk.accuracies.sum()])
            ended = step == steps * epoch
            weights = trainer.weights
            yield ReviewProgress(
                step=step,
                steps=steps * settings.epochs,
                seconds=time.perf_counter() - started,
                epochs=settings.epochs,
                weights=weights,
                training=Metrics(*(total / n_reviews).tolist()),
                validation=evaluate(settings, weights, validation) if ended else None,
            )


class ReviewTrainer:
    """The weights on their way through the updates: in whole batches, and in the rest of one."""

    def __init__(self, settings: ReviewTraining, corpus: ReviewCorpus) -> None:
        self._settings, self._corpus = settings, corpus
        n_whole, rest = divmod(len(corpus), settings.batch)
        sizes = [settings.batch] * bool(n_whole) + [rest] * bool(rest)
        self._programs = {rows: program(architecture(settings, rows)) for rows in sizes}
        begun = {
            rows: compiled.begin([settings.first_weights])[0]
            for rows, compiled in self._programs.items()
        }
        self._states = {rows: start.state for rows, start in begun.items()}
        self._state: TrainState = begun[sizes[0]]

    @property
    def weights(self) -> Weights:
        """The current weights by name."""
        compiled = next(iter(self._programs.values()))
        return dict(compiled.weights((self._state,)))

    def batches(self, epoch: int) -> Iterator[Indices]:
        """The indices of an epoch's reviews, (updates, rows), as many as one call can take."""
        s, n = self._settings, len(self._corpus)
        order = np.random.default_rng([s.seed, 1, epoch]).permutation(n)
        whole = order[: n - n % s.batch].reshape(-1, s.batch)
        if len(whole):
            capacity = self._programs[s.batch].architecture.capacity
            yield from np.array_split(whole, -(-len(whole) // capacity))
        if n % s.batch:
            yield order[None, n - n % s.batch :]

    def update(self, indices: Indices, step: int) -> Chunk:
        """One update for each row of indices, after `step` others."""
        s, (n_updates, rows) = self._settings, indices.shape
        inputs = self._corpus.inputs(indices.ravel(), s.words, s.length)
        targets = self._corpus.labels[indices]
        batches = Batches(
            inputs.reshape(n_updates, 1, rows, s.length),
            targets[:, None, :, None],
            np.zeros(n_updates),
        )
        rate = Hyperparameters(s.learning_rate)
        before = self._state._replace(state=self._states[rows])
        (self._state,), chunk = self._programs[rows].run((before,), batches, rate)
        if not np.isfinite(chunk.losses).all():
            raise TrainingError(
                f"Before update {step + n_updates:,} the loss stopped being a number: the weights "
                f"ran away; take a learning rate below {s.learning_rate:g}."
            )
        return chunk


def architecture(settings: ReviewTraining, rows: int) -> Architecture:
    """What is compiled to learn from, or evaluate, so many reviews at once."""
    return Architecture(settings.network, settings.optimizer, rows, settings.length)


def prepare_train_reviews(task: ReviewTask) -> None:
    """Compile what `train_reviews` will need, but for the last batch of an epoch."""
    program(architecture(task.settings, task.settings.batch)).compile()


def evaluate(settings: ReviewTraining, weights: Weights, corpus: ReviewCorpus) -> Metrics:
    """Loss and accuracy on all reviews of a corpus; a probability of 0.5 counts as negative."""
    predictor = _predictor(architecture(settings, EVALUATION_BATCH))
    batches = []
    for start in range(0, len(corpus), EVALUATION_BATCH):
        indices = np.arange(start, min(start + EVALUATION_BATCH, len(corpus)))
        inputs = corpus.inputs(indices, settings.words, settings.length)
        batches.append(predictor.predict(weights, inputs)[:, 0])
    positive = np.concatenate(batches).astype(float)
    of_label = np.where(corpus.labels == 1, positive, 1 - positive)
    loss = -np.log(np.clip(of_label, EPSILON, 1 - EPSILON)).mean()
    return Metrics(float(loss), float(np.mean((positive > 0.5) == (corpus.labels == 1))))


@lru_cache(maxsize=16)
def _predictor(architecture: Architecture) -> Predictor:
    return Predictor(architecture)
