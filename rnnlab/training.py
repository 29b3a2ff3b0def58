"""A training run as an iterator of progress: settings in, the curve out, chunk by chunk.

This module decides what is trained on what, and when to say so; `rnnlab.engine` does the updates.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

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
    started = time.perf_counter()
    parts = {"data": 0.0, "compile": 0.0, "updates": 0.0}
    weights_rng, data_rng = np.random.default_rng(settings.seed).spawn(2)
    compiled = program(architecture(settings))
    compiled.compile()
    parts["compile"] = time.perf_counter() - started
    carry = compiled.begin(initial_weights(settings, weights_rng))
    chunks: list[Chunk] = []
    data = _Data(settings, data_rng)
    for epoch in range(1, settings.epochs + 1):
        parts["data"] += data.prepare(epoch)
        carry = compiled.forget(carry)
        for window, end in _chunk_bounds(settings, compiled.architecture.capacity, epoch):
            before = time.perf_counter()
            carry, chunk = compiled.run(
                carry,
                data.inputs[window:end],
                data.targets[window:end],
                learning_rate=settings.learning_rate,
                carry_state=settings.carry_state,
            )
            parts["updates"] += time.perf_counter() - before
            chunks.append(chunk)
            step = (epoch - 1) * settings.updates_per_epoch + end
            _check_finite(settings, chunk, step)
            last = step == settings.updates
            yield Progress(
                step=step,
                steps=settings.updates,
                epoch=epoch,
                loss=float(chunk.losses.mean()),
                peak=float(chunk.losses.max()),
                accuracy=float(chunk.accuracies.mean()),
                seconds=time.perf_counter() - started,
                glimpse=data.glimpse(end - 1, chunk.predicted),
                weights=compiled.weights(carry),
                history=_history(chunks) if last else None,
                parts=parts if last else None,
            )


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

    def prepare(self, epoch: int) -> float:
        """Make what this epoch needs; the seconds it took."""
        if epoch > 1 and not self._settings.fresh_data:
            return 0.0
        before = time.perf_counter()
        s, parameters = self._settings, dict(self._settings.parameters)
        series = rule(s.rule).generate(self._rng, s.rows * s.length, **parameters)
        self.inputs = into_windows(into_rows(series.inputs, s.rows), s.window)
        self.targets = into_windows(into_rows(series.targets, s.rows), s.window)
        shown = min(s.rows, ROWS_SHOWN)
        truth = rule(s.rule).truth(series.inputs[: shown * s.length], **parameters)
        self._truth = into_windows(into_rows(truth, shown), s.window)
        return time.perf_counter() - before

    def glimpse(self, window: int, predicted: Array) -> Glimpse:
        """The first rows of a window, with what the network said to them."""
        shown = len(self._truth[window])
        return Glimpse(
            inputs=self.inputs[window, :shown].astype(np.float32),
            targets=self.targets[window, :shown].astype(np.float32),
            predicted=predicted[:shown].astype(np.float32),
            truth=self._truth[window].astype(np.float32),
        )


def _chunk_bounds(settings: Settings, capacity: int, epoch: int) -> list[tuple[int, int]]:
    """First and one-past-last window of each chunk of an epoch: equal parts, never too large.

    The first epoch, in which most is learnt, has more and smaller ones.
    """
    n = settings.updates_per_epoch
    points = max(POINTS, POINTS_OF_FIRST_EPOCH * settings.epochs) if epoch == 1 else POINTS
    largest = min(
        capacity,
        max(1, settings.updates // points),
        max(1, int(WORK_PER_CHUNK / settings.work_per_update)),
    )
    edges = np.linspace(0, n, -(-n // largest) + 1).round().astype(int)
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def _check_finite(settings: Settings, chunk: Chunk, step: int) -> None:
    bad = ~np.isfinite(chunk.losses)
    if bad.any():
        first = step - len(bad) + int(bad.argmax()) + 1
        raise TrainingError(
            f"At update {first:,} the loss stopped being a number: the weights ran away. Try a "
            f"learning rate below {settings.learning_rate:g}, or the activation tanh."
        )


def _history(chunks: list[Chunk]) -> dict[str, Array]:
    return {
        "loss": np.concatenate([chunk.losses for chunk in chunks]),
        "accuracy": np.concatenate([chunk.accuracies for chunk in chunks]),
    }
