"""What a long computation reports while it runs: plain values that travel between processes."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

waiting: ContextVar[Callable[[], AbstractContextManager[None]]] = ContextVar(
    "waiting", default=nullcontext
)
"""What a computation enters for as long as it waits for another one: `with waiting.get()():`. Who
runs it may set this, to let others compute meanwhile."""

spare_cores: ContextVar[Callable[[], int]] = ContextVar(
    "spare_cores", default=lambda: (os.cpu_count() or 1) - 1
)
"""How many cores a computation may take besides its own, for as long as a chunk lasts. Who runs it
with others sets this."""


class Event:
    """One report of a long computation; the last one is its result."""

    def brief(self) -> Self:
        """This event without what only the result needs: what travels while the work goes on."""
        return self


@dataclass(frozen=True, kw_only=True)
class Progress(Event):
    """How far a computation is: `step` of `steps` are done, `seconds` after it began.

    A step is an update of the weights, or a whole network where many are trained. `epochs` is how
    often the data are gone through in all the steps together. `weights` are those of now, by name
    (of the first network, if there are several); they travel with the result, and on the way with
    a `snapshot`.
    """

    step: int
    steps: int
    seconds: float
    epochs: int = 1
    snapshot: bool = False
    weights: dict[str, Array] | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.step >= self.steps

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return 1.0 if self.complete else self.step / self.steps

    @property
    def epochs_done(self) -> float:
        """Epochs done, with a fraction for the one under way."""
        return self.step / (self.steps / self.epochs)

    @property
    def epoch(self) -> int:
        """The epoch, from 1, that the last step belongs to."""
        return -(-self.step * self.epochs // self.steps)

    def brief(self) -> Self:
        """The numbers; weights only if it is a snapshot."""
        return self if self.snapshot else replace(self, weights=None)


@dataclass(frozen=True)
class LastWindow:
    """The window of bits that the network read last: a few of its rows.

    All arrays have shape (rows, timesteps). `inputs` and `targets` are bits; `probabilities` are
    the network's of a 1, `target_probabilities` those given everything before (the rule's own).
    """

    inputs: Array
    targets: Array
    probabilities: Array
    target_probabilities: Array


@dataclass(frozen=True, kw_only=True)
class TrainingProgress(Progress):
    """A training run after one more chunk of updates.

    `losses` has one mean loss over the chunk for each network of the run (nats a prediction, or
    squared error), `loss` is their mean, `max_loss` the largest loss of one update and one network,
    `accuracy` the share of right answers, None where the answer is a number; `learning_rate` is the
    chunk's. `held_out` has the loss of each network, as it is after the chunk, on data that it does
    not learn from (fresh bits of the same rule, or the test's samples); it is empty where that was
    not looked at.

    The last event also has `history`, by update: "loss" and "accuracy", of shape (updates,
    networks); and `parts`, the seconds spent on "data", "compile", "updates".
    """

    loss: float
    max_loss: float
    accuracy: float | None
    learning_rate: float
    losses: tuple[float, ...] = ()
    held_out: tuple[float, ...] = ()
    last_window: LastWindow | None = None
    history: dict[str, Array] | None = None
    parts: dict[str, float] | None = None

    def brief(self) -> Self:
        """The point on the curve and the last window; weights only if it is a snapshot."""
        return replace(super().brief(), history=None, parts=None)


@dataclass(frozen=True, kw_only=True)
class RunFinished(Progress):
    """One of many runs is done: a step is a run.

    `losses` are the means over its last epoch, one for each network of the run (nats a prediction,
    or squared error), not a number where the weights ran away; `accuracy` is the share of right
    answers, None where the answer is a number; `weights_of_others` are those of the networks after
    the first.
    """

    losses: tuple[float, ...]
    accuracy: float | None
    weights_of_others: tuple[dict[str, Array], ...] = ()
    snapshot: bool = True

    @property
    def index(self) -> int:
        """Where the run stands, from 0, in what was asked for."""
        return self.step - 1

    @property
    def loss(self) -> float:
        """The mean over the networks."""
        return float(np.mean(self.losses))


@dataclass(frozen=True)
class SavedModel(Event):
    """A network as files of Keras, and the version that wrote them.

    `keras.models.load_model` loads the `content` of a file whose name ends in .keras, in this
    version and later ones. `load_weights` loads the `weights` of one whose name ends in
    .weights.h5 into a model that was built anew, in older ones too.
    """

    content: bytes
    weights: bytes
    keras_version: str
