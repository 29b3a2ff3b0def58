"""A training run as an iterator of progress: settings in, the curve out, chunk by chunk.

This module decides what is trained on what, and when to say so; `rnnlab.engine` does the updates.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import numpy as np

from rnnlab import reference
from rnnlab.cells import cell
from rnnlab.cells.cell import Weights
from rnnlab.engine import Architecture, Chunk, program
from rnnlab.errors import TrainingError
from rnnlab.progress import Array, Glimpse, Progress
from rnnlab.rules import rule
from rnnlab.rules.layout import into_rows, into_windows
from rnnlab.settings import Settings

POINTS = 250
"""About how many chunks, and so points on the curve, a run has."""

POINTS_OF_FIRST_EPOCH = 40

WORK_PER_CHUNK = 1.5e8
"""The most products in one chunk: about 0.1 s, so that a stop is soon heard."""

ROWS_SHOWN = 5


def train(settings: Settings) -> Iterator[Progress]:
    """Train as `settings` say, yielding `Progress` after each chunk; the last carries everything.

    Raises `TrainingError` when the loss is no longer a number. To stop, stop asking.
    """
    story = _Story(settings)
    weights_rng, data_rng = np.random.default_rng(settings.seed).spawn(2)
    with story.part("compile"):
        compiled = program(architecture(settings))
        compiled.compile()
    carry = compiled.begin(initial_weights(settings, weights_rng))
    data = _Data(settings, data_rng)
    for epoch in range(1, settings.epochs + 1):
        with story.part("data"):
            data.prepare(epoch)
        carry = compiled.forget(carry)
        for start, end in _chunk_bounds(settings, compiled.architecture.capacity, epoch):
            with story.part("updates"):
                carry, chunk = compiled.run(
                    carry,
                    data.inputs[start:end],
                    data.targets[start:end],
                    learning_rate=settings.learning_rate,
                    carry_state=settings.carry_state,
                )
            glimpse = data.glimpse(end - 1, chunk.predicted)
            yield story.tell(epoch, end, chunk, compiled.weights(carry), glimpse)


def architecture(settings: Settings) -> Architecture:
    """What a run with these settings compiles."""
    return Architecture(
        cell=settings.cell,
        activation=settings.activation,
        optimizer=settings.optimizer,
        rows=settings.rows,
        window=settings.window,
        units=settings.units,
    )


def initial_weights(settings: Settings, rng: np.random.Generator) -> Weights:
    """The weights that a run with these settings starts from."""
    return reference.initial_weights(cell(settings.cell), rng, 1, settings.units)


def warm_up() -> None:
    """Compile one tiny program, so that the first run does not pay for the compiler's own start."""
    program(Architecture("simple_rnn", "tanh", "adam", rows=1, window=1, units=1)).compile()


class _Data:
    """The series of the current epoch, cut into windows of shape (windows, rows, timesteps)."""

    def __init__(self, settings: Settings, rng: np.random.Generator) -> None:
        self._settings = settings
        self._rng = rng

    def prepare(self, epoch: int) -> None:
        """Make what this epoch needs, if the epoch before does not leave it."""
        s, parameters = self._settings, dict(self._settings.parameters)
        if epoch > 1 and not s.fresh_data:
            return
        series = rule(s.rule).generate(self._rng, s.rows * s.length, **parameters)
        self.inputs = into_windows(into_rows(series.inputs, s.rows), s.window)
        self.targets = into_windows(into_rows(series.targets, s.rows), s.window)
        shown = min(s.rows, ROWS_SHOWN)
        truth = rule(s.rule).truth(series.inputs[: shown * s.length], **parameters)
        self._truth = into_windows(into_rows(truth, shown), s.window)

    def glimpse(self, window: int, predicted: Array) -> Glimpse:
        """The first rows of a window, with what the network said to them."""
        shown = len(self._truth[window])
        return Glimpse(
            inputs=self.inputs[window, :shown].astype(np.float32),
            targets=self.targets[window, :shown].astype(np.float32),
            predicted=predicted[:shown].astype(np.float32),
            truth=self._truth[window].astype(np.float32),
        )


class _Story:
    """What a run has told so far, and what its time went into."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._started = time.perf_counter()
        self._parts = {"data": 0.0, "compile": 0.0, "updates": 0.0}
        self._losses: list[Array] = []
        self._accuracies: list[Array] = []

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count the time of this block as a part of the run's."""
        before = time.perf_counter()
        yield
        self._parts[name] += time.perf_counter() - before

    def tell(
        self, epoch: int, end: int, chunk: Chunk, weights: Weights, glimpse: Glimpse
    ) -> Progress:
        """The progress after a chunk that ended before window `end` of this epoch."""
        s = self._settings
        step = (epoch - 1) * s.updates_per_epoch + end
        _check_finite(s, chunk, weights, step)
        self._losses.append(chunk.losses)
        self._accuracies.append(chunk.accuracies)
        progress = Progress(
            step=step,
            steps=s.updates,
            epoch=epoch,
            loss=float(chunk.losses.mean()),
            peak=float(chunk.losses.max()),
            accuracy=float(chunk.accuracies.mean()),
            seconds=time.perf_counter() - self._started,
            glimpse=glimpse,
            weights=weights,
        )
        if step < s.updates:
            return progress
        history = {
            "loss": np.concatenate(self._losses),
            "accuracy": np.concatenate(self._accuracies),
        }
        return replace(progress, history=history, parts=dict(self._parts))


def _chunk_bounds(settings: Settings, capacity: int, epoch: int) -> list[tuple[int, int]]:
    """First and one-past-last window of each chunk of an epoch: equal parts, never too large.

    The first epoch, in which most is learnt, has more of them, and begins with tiny ones.
    """
    n = settings.updates_per_epoch
    points = max(POINTS, POINTS_OF_FIRST_EPOCH * settings.epochs) if epoch == 1 else POINTS
    largest = min(
        capacity,
        max(1, settings.updates // points),
        max(1, int(WORK_PER_CHUNK / settings.work_per_update)),
    )
    edges = [0]
    while epoch == 1 and edges[-1] + 1 <= min(largest, n):
        edges.append(2 * edges[-1] + 1)
    edges = [edge for edge in edges if edge < n]
    rest = n - edges[-1]
    edges += np.linspace(edges[-1], n, -(-rest // largest) + 1).round().astype(int).tolist()[1:]
    return list(pairwise(edges))


def _check_finite(settings: Settings, chunk: Chunk, weights: Weights, step: int) -> None:
    """Raise if a loss of the chunk, or a weight after it, is not a number."""
    bad = ~np.isfinite(chunk.losses)
    if bad.any():
        step += int(bad.argmax()) + 1 - len(bad)
    elif all(np.isfinite(value).all() for value in weights.values()):
        return
    raise TrainingError(
        f"At update {step:,} the loss stopped being a number: the weights ran away. Try a "
        f"learning rate below {settings.learning_rate:g}, or the activation tanh."
    )
