"""What a training on reviews reports while it goes on, and the curves that come of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

from rnnlab.progress import Event, Progress
from rnnlab.sentiment.files.sources import Upload
from rnnlab.sentiment.review_training import ReviewTraining


@dataclass(frozen=True)
class ReviewTask:
    """What is to be done: how, and on which reviews; `None`: those that the lab has or gets."""

    settings: ReviewTraining
    upload: Upload | None = None


class Metrics(NamedTuple):
    """Mean loss in nats a review, and the share of reviews that are judged rightly."""

    loss: float
    accuracy: float


@dataclass(frozen=True)
class ReviewsRead(Event):
    """The reviews are read: how many to learn from, how many held out, and what to know of them."""

    name: str
    learnt_from: int
    held_out: int
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReviewProgress(Progress):
    """A training on reviews after some more updates.

    `training` is the mean over the reviews of this epoch so far, each as it was judged before the
    network learnt from its batch: what Keras shows. `validation` is how the network judged all
    held-out reviews after the epoch's last update, else None. `weights` travel with the result
    only.
    """

    training: Metrics
    validation: Metrics | None = None


class TurningPoint(NamedTuple):
    """Where validation turned: the epoch (from 1) with its least loss, and that loss."""

    epoch: int
    loss: float


@dataclass(frozen=True)
class Curves:
    """A training epoch by epoch, under the names that Keras' history has."""

    loss: tuple[float, ...] = ()
    accuracy: tuple[float, ...] = ()
    val_loss: tuple[float, ...] = ()
    val_accuracy: tuple[float, ...] = ()

    @classmethod
    def of(cls, events: Iterable[Event]) -> Self:
        """The epochs that are done and evaluated, of what a training reported."""
        epochs = [
            (*event.training, *event.validation)
            for event in events
            if isinstance(event, ReviewProgress) and event.validation is not None
        ]
        loss, accuracy, val_loss, val_accuracy = zip(*epochs, strict=True) if epochs else [()] * 4
        return cls(loss, accuracy, val_loss, val_accuracy)

    def __len__(self) -> int:
        return len(self.loss)

    @property
    def best(self) -> int:
        """The epoch, from 1, with the best validation accuracy, the first of equals."""
        return 1 + self.val_accuracy.index(max(self.val_accuracy))

    @property
    def turning_point(self) -> TurningPoint | None:
        """Where the validation loss is least, if it rose again afterwards."""
        if not self.val_loss or min(self.val_loss) == self.val_loss[-1]:
            return None
        least = min(self.val_loss)
        return TurningPoint(1 + self.val_loss.index(least), least)
