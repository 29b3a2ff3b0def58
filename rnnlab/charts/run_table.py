"""A run's points as a table, and the numbers that are read off it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from rnnlab.progress import Progress

COLUMNS = ["update", "epoch", "loss", "peak", "accuracy"]


class Reached(NamedTuple):
    """Means over an epoch: loss in nats, accuracy as a share."""

    loss: float
    accuracy: float


def run_table(progress: Sequence[Progress]) -> pd.DataFrame:
    """One row a point of the curve: update, epoch, loss, peak, accuracy."""
    rows = [(one.step, one.epoch, one.loss, one.peak, one.accuracy) for one in progress]
    return pd.DataFrame(rows, columns=COLUMNS)


def reached(table: pd.DataFrame) -> Reached:
    """Mean loss and accuracy of the epoch that is under way, or just done."""
    sizes = table["update"].diff().fillna(table["update"])
    here = table["epoch"] == table["epoch"].iloc[-1]
    weights = sizes[here] / sizes[here].sum()
    return Reached(
        float((table["loss"][here] * weights).sum()),
        float((table["accuracy"][here] * weights).sum()),
    )


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
