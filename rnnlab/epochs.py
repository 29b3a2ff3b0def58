"""What an epoch's data are drawn with: the one recipe of training and of all who show its data."""

from __future__ import annotations

import numpy as np

from rnnlab.rules import BitRule
from rnnlab.settings import Settings

DATA = 1
"""Sets the generators of data apart from those of first weights."""


def data_epoch(settings: Settings, epoch: int) -> int:
    """The first epoch (from 0) with the very data of this one.

    Bits that are not fresh come again in every epoch; samples are always in an order of their own.
    """
    again = isinstance(settings.data, BitRule) and not settings.fresh_data
    return 0 if again else epoch


def data_generator(settings: Settings, epoch: int = 0, network: int = 0) -> np.random.Generator:
    """What draws an epoch's bits, or the order of its samples, for one of the run's networks."""
    return np.random.default_rng([settings.seed + network, DATA, data_epoch(settings, epoch)])
