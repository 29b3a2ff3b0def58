"""What a next-word run reports while it goes on: plain values that travel between processes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Self

from rnnlab.progress import Progress


@dataclass(frozen=True, kw_only=True)
class LanguageProgress(Progress):
    """A next-word run after some more updates; losses are in nats a token.

    `loss` is the mean over these updates, `validation_loss` the one on sentences that are not
    learnt from. `weights` are those with the least validation loss so far, `best_loss`, after
    `best_epochs`. A complete run, which may have stopped early, also has `test_loss`: that of these
    weights on sentences that had no say in anything.
    """

    loss: float
    validation_loss: float
    learning_rate: float
    best_loss: float = math.inf
    best_epochs: float = 0.0
    test_loss: float | None = None

    def __post_init__(self) -> None:
        if self.best_loss == math.inf:
            object.__setattr__(self, "best_loss", self.validation_loss)
            object.__setattr__(self, "best_epochs", self.epochs_done)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do, be it that nothing better came for long."""
        return self.test_loss is not None

    @property
    def reached(self) -> float:
        """The loss of the best weights, on test sentences as soon as there is one."""
        return self.best_loss if self.test_loss is None else self.test_loss

    def after(self, previous: LanguageProgress) -> Self:
        """This progress, with the best weights so far: the previous ones if it is not better."""
        if self.validation_loss <= previous.best_loss:
            return self
        return replace(
            self,
            weights=previous.weights,
            best_loss=previous.best_loss,
            best_epochs=previous.best_epochs,
        )
