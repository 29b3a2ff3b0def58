"""What a long computation tells while it runs: plain values that travel between processes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


class Event:
    """One piece of news from a long computation; the last one is its result."""

    def brief(self) -> Self:
        """This event without what only the result needs: what travels while the work goes on."""
        return self


@dataclass(frozen=True)
class Glimpse:
    """The window of bits that the network saw last: a few of its rows.

    All arrays have shape (rows, timesteps). `inputs` and `targets` are bits; `predicted` is the
    network's probability of a 1, `truth` the probability given everything before (the rule's own).
    """

    inputs: Array
    targets: Array
    predicted: Array
    truth: Array


@dataclass(frozen=True)
class Progress(Event):
    """Where a training run stands after one more chunk of updates.

    `losses` has one mean loss over the chunk for each network of the run (nats a prediction, or
    squared error), `loss` is their mean, `peak` the largest loss of one update and one network,
    `accuracy` the share of right guesses, None where the answer is a number. `step` counts updates
    done, out of `steps`; `epoch` is the one (from 1) that the chunk's last update belongs to;
    `learning_rate` is the chunk's; `seconds` count from the start of the run.

    `weights` are those of the first network after the chunk, by name; a `snapshot`'s travel while
    the run goes on. The last event also has `history`, by update: "loss" and "accuracy", of shape
    (updates, networks); and `parts`, the seconds spent on "data", "compile", "updates".
    """

    step: int
    steps: int
    epoch: int
    loss: float
    peak: float
    accuracy: float | None
    seconds: float
    glimpse: Glimpse | None = None
    losses: tuple[float, ...] = ()
    learning_rate: float = 0.0
    snapshot: bool = False
    weights: dict[str, Array] | None = None
    history: dict[str, Array] | None = None
    parts: dict[str, float] | None = None

    def brief(self) -> Self:
        """The point on the curve and the glimpse; weights only if it is a snapshot."""
        weights = self.weights if self.snapshot else None
        return replace(self, weights=weights, history=None, parts=None)


@dataclass(frozen=True)
class Finished(Event):
    """One of many runs, done: the one that stood at place `number` (from 0) of what was asked for.

    `losses` are the means over the last epoch, one for each network of the run (nats a prediction,
    or squared error), not a number where the weights ran away; `accuracy` is the share of right
    guesses, None where the answer is a number. `weights` are those of each network by name;
    `seconds` is the time that this run took.
    """

    number: int
    losses: tuple[float, ...]
    accuracy: float | None
    weights: tuple[dict[str, Array], ...]
    seconds: float

    @property
    def loss(self) -> float:
        """The mean over the networks."""
        return float(np.mean(self.losses))
