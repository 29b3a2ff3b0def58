"""Where a run is: its loss on what it learns from, and on what it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rnnlab.progress import TrainingProgress

WORSE = 1.2
"""How many times its least value a held-out loss is, where it has clearly risen."""

LOOKS, SHARE_OF_LOOKS, LOOKS_BESIDE = 3, 5, 20
"""So many looks in a row must be worse, or one in so many of all: a few may be chance."""


class EpochMeans(NamedTuple):
    """Means over an epoch: the loss of each network and of all, accuracy as a share, or None."""

    loss: float
    accuracy: float | None
    losses: tuple[float, ...]


@dataclass(frozen=True)
class Overfit:
    """A held-out loss that has risen since it was `best`, after `step` updates."""

    step: int
    best: float


class Dip(NamedTuple):
    """The least loss within the first epoch: over updates up to `step`, of which there are `n`.

    Whatever a network reads there is new to it, so that nothing of this is learnt by heart.
    """

    loss: float
    step: int
    n: int


@dataclass(frozen=True)
class Reached:
    """The losses of a run after `step` updates, of each of its networks.

    `losses` are means over the epoch under way, on what it learns from; `held_out` are those on
    data that it does not learn from, empty where that is not known. `latest` says that the run has
    come no further; `overfit`, that the held-out loss rises while the other one falls; `dip` is the
    least loss within the first epoch.
    """

    step: int
    losses: tuple[float, ...]
    held_out: tuple[float, ...] = ()
    latest: bool = True
    overfit: Overfit | None = None
    dip: Dip | None = None

    @property
    def loss(self) -> float:
        """The mean over the networks, on what they learn from."""
        return float(np.mean(self.losses))

    @property
    def held_out_loss(self) -> float | None:
        """The mean over the networks, on what they do not learn from."""
        return float(np.mean(self.held_out)) if self.held_out else None

    @property
    def evaluated(self) -> tuple[float, ...]:
        """The losses that count: the held-out ones, where they are known."""
        return self.held_out or self.losses

    @property
    def evaluated_loss(self) -> float:
        """Their mean."""
        return float(np.mean(self.evaluated))


def reached(progress: Sequence[TrainingProgress]) -> Reached:
    """The latest point at which both losses are known, else the latest one; there must be one."""
    looks = [number for number, report in enumerate(progress) if report.held_out]
    if not looks:
        return Reached(progress[-1].step, epoch_means(progress).losses, dip=_dip(progress))
    known = progress[: looks[-1] + 1]
    return Reached(
        step=known[-1].step,
        losses=epoch_means(known).losses,
        held_out=known[-1].held_out,
        latest=known[-1].step == progress[-1].step,
        overfit=_overfit(progress, looks),
        dip=_dip(progress),
    )


def epoch_means(progress: Sequence[TrainingProgress]) -> EpochMeans:
    """Means over the epoch that is under way, or just done."""
    last = progress[-1]
    sizes = np.diff([point.step for point in progress], prepend=0)
    in_epoch = np.array([point.epoch == last.epoch for point in progress])
    points = [point for point in progress if point.epoch == last.epoch]
    weights = sizes[in_epoch] / sizes[in_epoch].sum()
    losses = weights @ np.array([point.losses or (point.loss,) for point in points])
    accuracy = None
    if last.accuracy is not None:
        accuracy = float(weights @ np.array([point.accuracy for point in points], float))
    return EpochMeans(float(losses.mean()), accuracy, tuple(losses.tolist()))


def _dip(progress: Sequence[TrainingProgress]) -> Dip:
    """The first epoch's least point, with the updates that it is the mean of."""
    starts = (0, *(point.step for point in progress))
    first = [
        Dip(point.loss, point.step, max(point.step - start, 1))
        for start, point in zip(starts, progress, strict=False)
        if point.epoch == progress[0].epoch
    ]
    return min(first)


def _overfit(progress: Sequence[TrainingProgress], looks: list[int]) -> Overfit | None:
    """Whether the held-out loss has risen, look after look, and the other one has not.

    The more looks there are, the luckier is the best of them: then it is held against others by
    what those beside it say too, and more of those must be worse. And it must be of an earlier
    epoch, for of this one's mean it is a part.
    """
    held_out = [float(np.mean(progress[look].held_out)) for look in looks]
    best, beside = int(np.argmin(held_out)), len(looks) // LOOKS_BESIDE
    usual = float(np.median(held_out[max(0, best - beside) : best + beside + 1]))
    n_recent = max(LOOKS, len(looks) // SHARE_OF_LOOKS)
    recent = held_out[max(best + 1, len(looks) - n_recent) :]
    if len(recent) < n_recent or min(recent) < WORSE * usual:
        return None
    if progress[looks[best]].epoch == progress[looks[-1]].epoch:
        return None
    before, now = (epoch_means(progress[: looks[k] + 1]).loss for k in (best, -1))
    return Overfit(progress[looks[best]].step, held_out[best]) if now < before else None
