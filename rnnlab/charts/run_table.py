"""A run's points as a table, and the numbers that are read off it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from rnnlab.progress import Progress

COLUMNS = ["update", "epoch", "loss", "low", "high", "accuracy", "rate", "turned"]


class Reached(NamedTuple):
    """Means over an epoch: the loss of each network and of all, accuracy as a share, or None."""

    loss: float
    accuracy: float | None
    losses: tuple[float, ...]


def run_table(progress: Sequence[Progress]) -> pd.DataFrame:
    """One row a point of the curve.

    `loss` is the mean over a chunk's updates, or with several networks the median of their means;
    `low` to `high` is from the mean to the worst update, or from the best network to the worst.
    `turned` is the new learning rate where it was changed, else missing.
    """
    rows = []
    before = progress[0].learning_rate if progress else 0.0
    for one in progress:
        several = len(one.losses) > 1
        rows.append(
            (
                one.step,
                one.epoch,
                float(np.median(one.losses)) if several else one.loss,
                min(one.losses) if several else one.loss,
                max(one.losses) if several else one.peak,
                one.accuracy,
                one.learning_rate,
                one.learning_rate if one.learning_rate != before else None,
            )
        )
        before = one.learning_rate
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"accuracy": float, "turned": float})


def reached(progress: Sequence[Progress]) -> Reached:
    """Means over the epoch that is under way, or just done."""
    sizes = np.diff([one.step for one in progress], prepend=0)
    last = progress[-1]
    here = [
        (one, size) for one, size in zip(progress, sizes, strict=True) if one.epoch == last.epoch
    ]
    weights = np.array([size for _, size in here]) / sum(size for _, size in here)
    losses = weights @ np.array([one.losses or (one.loss,) for one, _ in here])
    accuracy = None
    if last.accuracy is not None:
        accuracy = float(weights @ np.array([one.accuracy for one, _ in here], float))
    return Reached(float(losses.mean()), accuracy, tuple(losses.tolist()))


def speed(progress: Sequence[Progress]) -> float | None:
    """Updates a second since the first point, which had to wait for the compiler."""
    if len(progress) < 2:
        return None
    first, last = progress[0], progress[-1]
    return (last.step - first.step) / (last.seconds - first.seconds)


def seconds_left(progress: Sequence[Progress]) -> float | None:
    """How long the rest will take at this speed."""
    now = speed(progress)
    return (progress[-1].steps - progress[-1].step) / now if now else None
