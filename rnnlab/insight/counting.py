"""How far a network counts: after n ones, does it expect a one after n zeros, and not before?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.fresh_data import Weights
from rnnlab.reference import forward
from rnnlab.settings import Settings

MOST_COUNTED = 160
"""Ones in the longest block: sixteen times the longest that is learnt from."""

LEAD = (3, 1, 4, 2)
"""Blocks before the one that counts, so that the state is as in the middle of a series."""


def counted_blocks(settings: Settings, weights: Weights) -> NDArray[np.bool_]:
    """Whether a network reads each block of n ones and n zeros right, n = 1, 2, …, (MOST_COUNTED,).

    Right is who gives a 1 less than one half after each zero but the last, and more after that.
    All of it is read in NumPy, from the weights alone.
    """
    numbers = np.arange(1, MOST_COUNTED + 1)[:, None]
    lead = np.concatenate([np.repeat([1, 0], n) for n in LEAD])
    steps = np.arange(2 * MOST_COUNTED)
    blocks = (steps < numbers).astype(
        np.uint8
    )  # (numbers, steps); what comes after is not looked at
    bits = np.concatenate([np.tile(lead, (MOST_COUNTED, 1)), blocks], axis=1)
    trace = forward(settings.network, dict(weights), bits[..., None].astype(float))
    ones = trace.predicted[:, len(lead) :, 1] > 0.5
    zeros = (steps >= numbers) & (steps < 2 * numbers)
    wrong = zeros & (ones != (steps == 2 * numbers - 1))
    right: NDArray[np.bool_] = ~np.any(wrong, axis=1)
    return right


def counts_up_to(blocks: NDArray[np.bool_]) -> int:
    """The largest n up to which every block is read right; 0 if not even the first."""
    return int(np.argmin(blocks)) if not blocks.all() else len(blocks)
