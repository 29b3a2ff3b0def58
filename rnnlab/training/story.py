"""What a run has told so far, and what its time went into."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from rnnlab.cells.cell import Weights
from rnnlab.engine import Chunk
from rnnlab.errors import TrainingError
from rnnlab.progress import LastWindow, TrainingProgress
from rnnlab.settings import Plan

SNAPSHOTS = 50
BYTES_OF_SNAPSHOTS = 4e6
"""The most that all of a run's snapshots may weigh together; they travel while it goes on."""


class Story:
    """The progress of one run, event by event; it can be taken up where another one stood."""

    def __init__(self, plan: Plan, told: list[TrainingProgress], chunks: list[Chunk]) -> None:
        self._plan = plan
        self.told = told
        self.chunks = chunks
        self._parts = {"data": 0.0, "compile": 0.0, "updates": 0.0}
        earlier = told[-1].seconds if told else 0.0
        self._started = time.perf_counter() - earlier
        weight = 4 * plan.settings.network.parameters
        self._snapshots = int(min(SNAPSHOTS, max(2, BYTES_OF_SNAPSHOTS // weight)))

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count the time of this block as a part of the run's."""
        before = time.perf_counter()
        yield
        self._parts[name] += time.perf_counter() - before

    def tell(
        self, step: int, chunk: Chunk, weights: Weights, last_window: LastWindow | None
    ) -> TrainingProgress:
        """The progress after a chunk that brought the run to `step` updates."""
        s = self._plan.settings
        _check_finite(self._plan, chunk, weights, step)
        self.chunks.append(chunk)
        before = self.told[-1].step if self.told else 0
        told = TrainingProgress(
            step=step,
            steps=s.updates,
            epochs=s.epochs,
            loss=float(chunk.losses.mean()),
            max_loss=float(chunk.losses.max()),
            accuracy=float(chunk.accuracies.mean()) if s.network.classes else None,
            seconds=time.perf_counter() - self._started,
            last_window=last_window,
            losses=tuple(chunk.losses.mean(axis=0).tolist()),
            learning_rate=self._plan.rate(step - 1),
            snapshot=self._place(before) < self._place(step),
            weights=weights,
        )
        self.told.append(told.brief())
        return self._complete(told) if step >= self._plan.end else told

    def _complete(self, last: TrainingProgress) -> TrainingProgress:
        history = {"loss": np.concatenate([chunk.losses for chunk in self.chunks])}
        if last.accuracy is not None:
            history["accuracy"] = np.concatenate([chunk.accuracies for chunk in self.chunks])
        return replace(last, history=history, parts=dict(self._parts))

    def _place(self, step: int) -> int:
        """How many snapshots there should be after so many updates: most of them early."""
        return int(self._snapshots * np.sqrt(step / self._plan.settings.updates))


def _check_finite(plan: Plan, chunk: Chunk, weights: Weights, step: int) -> None:
    """Raise if a loss of the chunk, or a weight after it, is not a number."""
    bad = np.logical_not(np.isfinite(chunk.losses).all(axis=1))
    if bad.any():
        step += int(bad.argmax()) + 1 - bad.size
    elif all(np.isfinite(value).all() for value in weights.values()):
        return
    raise TrainingError(
        f"At update {step:,} the loss stopped being a number: the weights ran away. Try a "
        f"learning rate below {plan.rate(step - 1):g}, clip the gradients, or take the activation "
        "tanh."
    )
