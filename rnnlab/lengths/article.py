"""What padding does to the article's network: 500 steps, most of them zeros, as it was measured.

`python -m rnnlab.makers padding_record` measures it anew.
"""

from __future__ import annotations

from typing import NamedTuple

from rnnlab.lengths.settings import BEHIND, IN_FRONT, MASKED

EPOCHS = 6


class Measured(NamedTuple):
    """Shares of right verdicts on 5,000 held-out reviews, with one way to pad.

    `as_trained` is of the network that travels with the lab, which has learnt with zeros in front;
    `by_epoch` of one that is trained in this way from the same first weights.
    """

    way: str
    as_trained: float
    by_epoch: tuple[float, ...]


MEASURED = (
    Measured(IN_FRONT, 0.8658, ()),
    Measured(BEHIND, 0.5172, (0.5134, 0.5098, 0.5168)),
    Measured(MASKED, 0.8544, (0.7912, 0.8196, 0.8556, 0.8696, 0.8258, 0.8694)),
)
