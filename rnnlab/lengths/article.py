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
    Measured(BEHIND, 0.5172, (0.5174, 0.5162, 0.5130, 0.5136, 0.5176, 0.4912)),
    Measured(MASKED, 0.8544, (0.7386, 0.8512, 0.8444, 0.8706, 0.7316, 0.8250)),
)
"""One seed each. Under a mask reviews are learnt from in batches of like length
(`rnnlab.training.by_length`); in batches as they are drawn, which takes longer, the same seed had
0.7912, 0.8196, 0.8556, 0.8696, 0.8258, 0.8694. Both jump up and down from epoch to epoch.
"""
