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
    """The window that the network saw last: a few of its rows.

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

    `loss` (nats a prediction), and `accuracy` (share of right guesses) are means over the chunk,
    `peak` is its largest loss of one update; `step` counts updates done, out of `steps`; `epoch`
    is the one (from 1) that the chunk's last update belongs to; `seconds` count from the start of
    the run. `weights` are those after the chunk, by name. The last event also has `history`, by
    update: "loss" and "accuracy"; and `parts`, the seconds spent on "data", "compile", "updates".
    """

    step: int
    steps: int
    epoch: int
    loss: float
    peak: float
    accuracy: float
    seconds: float
    glimpse: Glimpse
    weights: dict[str, Array] | None = None
    history: dict[str, Array] | None = None
    parts: dict[str, float] | None = None

    def brief(self) -> Self:
        """The point on the curve and the glimpse, without weights and history."""
        return replace(self, weights=None, history=None, parts=None)
