"""A typed rule as a table that a person fills: over other inputs, and with other chances."""

from __future__ import annotations

import numpy as np

from rnnlab.rules.lagged import Causes


def over_lags(causes: Causes, lags: tuple[int, ...]) -> Causes:
    """The same rule as a table over `lags`, in rising order, as nearly as these can say it.

    An input that is new makes no difference yet; of one that goes, the chances after 0 and after 1
    are averaged, for each comes half of the time.
    """
    wanted = tuple(sorted(lags))
    gone = tuple(axis for axis, lag in enumerate(causes.lags) if lag not in wanted)
    kept = [lag for lag in causes.lags if lag in wanted]
    table = np.mean(causes.table, axis=gone) if gone else causes.table
    table = np.transpose(table, [kept.index(lag) for lag in sorted(kept)])
    new = tuple(axis for axis, lag in enumerate(wanted) if lag not in kept)
    wide = np.broadcast_to(np.expand_dims(table, new), (2,) * len(wanted))
    return Causes(wanted, np.array(wide))


def with_chance(causes: Causes, row: int, chance: float) -> Causes:
    """The same rule with another chance of a 1 in one row of its table, counted from 0."""
    chances = causes.table.ravel().copy()
    chances[row] = chance
    return Causes(causes.lags, chances.reshape(causes.table.shape))
