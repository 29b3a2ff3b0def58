"""How much each judge's logit should count, so that what they say together is right so often."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.sentiment.model import sigmoid

ROUNDS = 50
RIDGE = 1e-3


class Weighing(NamedTuple):
    """The weight of each judge, and what is added to their sum."""

    weights: Floats
    offset: float

    def logits(self, said: Floats) -> Floats:
        """The logits of all together, of what each said, (texts, judges)."""
        together: Floats = said @ self.weights + self.offset
        return together


def weighed(said: Floats, labels: NDArray[Any]) -> Weighing:
    """The weights that make the labels most likely: logistic regression, by Newton's method.

    `said` (texts, judges) are logits for texts that none of the judges has learnt from (Platt
    1999, for one judge).
    """
    columns = np.column_stack([said, np.ones(len(said))]).astype(float)
    found = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        chance = sigmoid(columns @ found)
        slope = columns.T @ (chance - labels) + RIDGE * found
        bend = (columns.T * (chance * (1 - chance))) @ columns + RIDGE * np.eye(len(found))
        found -= np.linalg.solve(bend, slope)
    return Weighing(found[:-1], float(found[-1]))
