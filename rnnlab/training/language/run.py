"""A run on words as an iterator of progress; the weights that say held-out sentences best stay."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from rnnlab.engine import Architecture, Batches, Chunk, Dials, program
from rnnlab.errors import TrainingError
from rnnlab.language.model import LanguageModel
from rnnlab.language.progress import LanguageProgress
from rnnlab.language.settings import ROWS, TIMESTEPS, WordSettings
from rnnlab.training.language.pieces import Pieces

CLIP = 1.0
LEAST_RATE = 0.02
"""The share of the learning rate that is left at the end."""

POINTS = 24
"""About so many points a run has on the curve."""

EARLY = (2, 8, 25)
"""After so many updates there are points as well: most is learnt at the start."""

BYTES_OF_SNAPSHOTS = 4e6
MOST_SNAPSHOTS = 12
"""Weights travel while a run goes on, but not too many."""

PATIENCE = 4
"""Rounds with nothing better after which a run ends."""

DATA = 1
"""Sets the generator of the order of pieces apart from that of first weights."""


def train(settings: WordSettings) -> Iterator[LanguageProgress]:
    """Train so, yielding `LanguageProgress` now and then; the last has the best weights.

    The learning rate falls along half a cosine (Loshchilov & Hutter 2017). Raises `TrainingError`
    when the loss is no longer a number. To stop, stop asking.
    """
    began = time.perf_counter()
    corpus = settings.data
    network = settings.network(corpus.dictionary.size)
    updates = _Updates(settings)
    compiled = program(Architecture(network, "adam", ROWS, TIMESTEPS, with_clipping=True))
    compiled.compile()
    carry = compiled.begin([settings.first_weights(corpus)])
    told: LanguageProgress | None = None
    n_snapshots = int(min(MOST_SNAPSHOTS, max(2, BYTES_OF_SNAPSHOTS / (4 * network.parameters))))
    for start, end in updates.chunks(compiled.architecture.capacity):
        rate = updates.rate(start)
        carry, chunk = compiled.run(carry, updates.batches(start, end), Dials(rate, clip=CLIP))
        model = LanguageModel(network, compiled.weights(carry))
        _check_finite(chunk, model, end, settings.learning_rate)
        now = LanguageProgress(
            step=end,
            steps=updates.total,
            epochs=settings.epochs,
            loss=float(chunk.losses.mean()),
            validation_loss=float(model.losses(corpus.validation).mean()),
            learning_rate=rate,
            seconds=time.perf_counter() - began,
            snapshot=_place(start, updates, n_snapshots) < _place(end, updates, n_snapshots),
            weights=model.weights,
        )
        told = now if told is None else now.after(told)
        if end < updates.total and told.epochs_done - told.best_epochs < PATIENCE:
            yield told
        else:
            break
    if told is not None:
        best = LanguageModel(network, told.weights or {})
        yield replace(told, test_loss=float(best.losses(corpus.test).mean()))


class _Updates:
    """What each update learns from, and how fast."""

    def __init__(self, settings: WordSettings) -> None:
        self._settings = settings
        self._pieces = Pieces.of(settings.data.training, TIMESTEPS)
        self.of_round = max(1, len(self._pieces.inputs) // ROWS)
        self.total = self.of_round * settings.epochs

    def chunks(self, capacity: int) -> Iterator[tuple[int, int]]:
        """From which update to which, no chunk in two rounds."""
        parts = max(1, -(-POINTS // self._settings.epochs), -(-self.of_round // capacity))
        ends = np.linspace(0, self.of_round, min(parts, self.of_round) + 1).round().astype(int)
        early = [end for end in EARLY if end < ends[1]]
        for number in range(self._settings.epochs):
            for start, end in pairwise(sorted({*ends.tolist(), *(early if number == 0 else [])})):
                yield number * self.of_round + start, number * self.of_round + end

    def rate(self, step: int) -> float:
        """The learning rate after so many updates."""
        share = (1 + math.cos(math.pi * step / self.total)) / 2
        return self._settings.learning_rate * max(LEAST_RATE, share)

    def batches(self, start: int, end: int) -> Batches:
        """What these updates learn from: pieces in an order that each round draws anew."""
        number, first = divmod(start, self.of_round)
        rng = np.random.default_rng([self._settings.seed, DATA, number])
        # As many as a round takes; where there are too few pieces for one update, they repeat.
        order = np.resize(rng.permutation(len(self._pieces.inputs)), (self.of_round, ROWS))
        chosen = order[first : first + end - start]
        return self._pieces.batches(
            chosen,
            self._settings.replaced,
            np.random.default_rng([self._settings.seed, DATA, number, first]),
        )


def _place(step: int, updates: _Updates, n_snapshots: int) -> int:
    """How many snapshots there should be after so many updates: most of them early."""
    return int(n_snapshots * math.sqrt(step / updates.total))


def _check_finite(chunk: Chunk, model: LanguageModel, step: int, rate: float) -> None:
    """Raise if a loss, or a weight after it, is not a number."""
    every = (chunk.losses, *model.weights.values())
    if not all(np.isfinite(one).all() for one in every):
        raise TrainingError(
            f"By update {step:,} the loss stopped being a number: the weights ran away. Try a "
            f"learning rate below {rate:g}."
        )
