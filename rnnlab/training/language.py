"""Training of next-word networks: settings in, progress out, with the best weights at the end.

A text is cut into sequences of equal length, each of which begins with a sentence. So each is read
from a zero state, as every sentence is that somebody types; what does not fit at the end of a
sequence begins the next one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnlab.engine import Architecture, Batches, Chunk, Hyperparameters, program
from rnnlab.errors import TrainingError
from rnnlab.language.model import LanguageModel
from rnnlab.language.settings import ROWS, TIMESTEPS, LanguageProgress, LanguageSettings
from rnnlab.language.tokenizer import END, Ids

CLIP = 1.0
FINAL_RATE = 0.02
"""The share of the learning rate that is left at the end."""

POINTS = 24
"""About so many points a run has on the curve."""

EARLY = (2, 8, 25)
"""After so many updates there are points as well: most is learnt at the start."""

SNAPSHOT_BYTES = 4e6
MAX_SNAPSHOTS = 12
"""Weights travel while a run goes on, but not too many."""

PATIENCE = 4
"""Epochs with nothing better after which a run ends."""

DATA = 1
"""Sets the generator of the order of sequences apart from that of first weights."""


def train(settings: LanguageSettings) -> Iterator[LanguageProgress]:
    """Train so, yielding `LanguageProgress` now and then; the last has the best weights.

    The learning rate falls along half a cosine (Loshchilov & Hutter 2017). Raises `TrainingError`
    when the loss is no longer a number. To stop, stop iterating.
    """
    began = time.perf_counter()
    corpus = settings.data
    network = settings.network(corpus.dictionary.size)
    schedule = _Schedule(settings)
    compiled = program(architecture(settings))
    compiled.compile()
    states = compiled.begin([settings.first_weights(corpus)])
    progress: LanguageProgress | None = None
    n_snapshots = int(min(MAX_SNAPSHOTS, max(2, SNAPSHOT_BYTES / (4 * network.parameters))))
    for start, end in schedule.chunks(compiled.architecture.capacity):
        rate = schedule.learning_rate(start)
        batches = schedule.batches(start, end)
        states, chunk = compiled.run(states, batches, Hyperparameters(rate, clip=CLIP))
        model = LanguageModel(network, compiled.weights(states))
        _check_finite(chunk, model, end, settings.learning_rate)
        after_chunk = LanguageProgress(
            step=end,
            steps=schedule.steps,
            epochs=settings.epochs,
            loss=float(chunk.losses.mean()),
            validation_loss=float(model.losses(corpus.validation).mean()),
            learning_rate=rate,
            seconds=time.perf_counter() - began,
            snapshot=schedule.snapshots(start, n_snapshots) < schedule.snapshots(end, n_snapshots),
            weights=model.weights,
        )
        progress = after_chunk if progress is None else after_chunk.after(progress)
        if end < schedule.steps and progress.epochs_done - progress.best_epochs < PATIENCE:
            yield progress
        else:
            break
    if progress is not None:
        best = LanguageModel(network, progress.weights or {})
        yield replace(progress, test_loss=float(best.losses(corpus.test).mean()))


def architecture(settings: LanguageSettings) -> Architecture:
    """What is compiled to train so."""
    network = settings.network(settings.data.dictionary.size)
    return Architecture(network, "adam", ROWS, TIMESTEPS, with_clipping=True)


def prepare_train(settings: LanguageSettings) -> None:
    """Compile what `train` will need."""
    program(architecture(settings)).compile()


class TrainingSequences(NamedTuple):
    """Rows of words and of the words that follow them, (sequences, timesteps)."""

    inputs: Ids
    targets: Ids

    @classmethod
    def of(cls, stream: Ids, timesteps: int) -> TrainingSequences:
        """Every sequence of a stream; `END` stands before its first word."""
        previous = np.concatenate([[END], stream[:-1]]).astype(np.int32)
        index = sequence_starts(stream, timesteps)[:, None] + np.arange(timesteps)
        return cls(previous[index], stream[index])

    def batches(self, chosen: NDArray[np.int64], noise: float, rng: np.random.Generator) -> Batches:
        """Updates on the chosen sequences, (updates, rows); each from a zero state.

        A share `noise` of the words read is replaced by words drawn as often as they come, which
        smoothes what a network learns as n-grams are smoothed (Xie et al. 2017).
        """
        inputs: NDArray[Any] = self.inputs[chosen]
        if noise > 0:
            replaced = (rng.random(inputs.shape) < noise) & (inputs != END)
            inputs = np.where(replaced, rng.choice(self.targets.ravel(), inputs.shape), inputs)
        return Batches(inputs[:, None], self.targets[chosen][:, None], np.zeros(len(chosen)))


def sequence_starts(stream: Ids, timesteps: int) -> NDArray[np.int64]:
    """Where each sequence begins: after the last sentence that the previous one holds whole."""
    ends = np.flatnonzero(stream == END) + 1
    starts, start = [], 0
    while start + timesteps <= len(stream):
        starts.append(start)
        n_whole = int(np.searchsorted(ends, start + timesteps, side="right"))
        last_end = int(ends[n_whole - 1]) if n_whole else 0
        start = last_end if last_end > start else start + timesteps
    return np.array(starts, np.int64)


class _Schedule:
    """Which sequences each update learns from, and how fast."""

    def __init__(self, settings: LanguageSettings) -> None:
        self._settings = settings
        self._sequences = TrainingSequences.of(settings.data.training, TIMESTEPS)
        self._steps_per_epoch = max(1, len(self._sequences.inputs) // ROWS)
        self.steps = self._steps_per_epoch * settings.epochs

    def chunks(self, capacity: int) -> Iterator[tuple[int, int]]:
        """The first update of each chunk and the one after its last; no chunk in two epochs."""
        steps, epochs = self._steps_per_epoch, self._settings.epochs
        parts = max(1, -(-POINTS // epochs), -(-steps // capacity))
        ends = np.linspace(0, steps, min(parts, steps) + 1).round().astype(int)
        early = [end for end in EARLY if end < ends[1]]
        for epoch in range(epochs):
            for start, end in pairwise(sorted({*ends.tolist(), *(early if epoch == 0 else [])})):
                yield epoch * steps + start, epoch * steps + end

    def learning_rate(self, step: int) -> float:
        """The learning rate after so many updates."""
        share = (1 + math.cos(math.pi * step / self.steps)) / 2
        return self._settings.learning_rate * max(FINAL_RATE, share)

    def batches(self, start: int, end: int) -> Batches:
        """What these updates learn from: sequences in an order that each epoch draws anew."""
        epoch, first = divmod(start, self._steps_per_epoch)
        seed, n_sequences = self._settings.seed, len(self._sequences.inputs)
        permutation = np.random.default_rng([seed, DATA, epoch]).permutation(n_sequences)
        # As many as an epoch takes; where there are too few for one update, they repeat.
        order = np.resize(permutation, (self._steps_per_epoch, ROWS))
        rng = np.random.default_rng([seed, DATA, epoch, first])
        return self._sequences.batches(
            order[first : first + end - start], self._settings.replaced, rng
        )

    def snapshots(self, step: int, total: int) -> int:
        """How many snapshots there should be after so many updates: most of them early."""
        return int(total * math.sqrt(step / self.steps))


def _check_finite(chunk: Chunk, model: LanguageModel, step: int, rate: float) -> None:
    """Raise if a loss, or a weight after it, is not a number."""
    if not all(np.isfinite(values).all() for values in (chunk.losses, *model.weights.values())):
        raise TrainingError(
            f"By update {step:,} the loss stopped being a number: the weights ran away. Try a "
            f"learning rate below {rate:g}."
        )
