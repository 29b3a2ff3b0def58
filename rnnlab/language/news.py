"""What a run on words tells while it goes on: plain values that travel between processes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Self

from rnnlab.cells.cell import Weights
from rnnlab.progress import Event


@dataclass(frozen=True)
class WordProgress(Event):
    """Where a run stands after some more updates.

    `loss` is the mean over these updates, `held_out` the one on sentences that are not learnt
    from, in nats a word; `rounds` counts how often all was read. `weights` are those that said the
    sentences held out `best` so far, after `best_rounds`; a `snapshot`'s travel while the run goes
    on. The last event is `over` and has `judged`: the loss of these weights on sentences that had
    no say in anything.
    """

    step: int
    steps: int
    rounds: float
    loss: float
    held_out: float
    learning_rate: float
    seconds: float
    snapshot: bool = False
    weights: Weights | None = None
    best: float = math.inf
    best_rounds: float = 0.0
    judged: float | None = None
    over: bool = False

    def after(self, before: WordProgress) -> Self:
        """This progress, with the best that was there before it if it is not better itself."""
        if self.held_out <= before.best:
            return self
        return replace(
            self, weights=before.weights, best=before.best, best_rounds=before.best_rounds
        )

    def __post_init__(self) -> None:
        if self.best == math.inf:
            object.__setattr__(self, "best", self.held_out)
            object.__setattr__(self, "best_rounds", self.rounds)

    def brief(self) -> Self:
        """The point on the curve; weights only if it is a snapshot."""
        return self if self.snapshot else replace(self, weights=None)
