"""What one who sees a part of the past can know of the targets: chances, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnlab.theory import binary_entropy

Chances = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Outlook:
    """P(target = 1 | what is seen), step by step, in each case that the past can be in.

    `chances` (steps, cases); `weights` (cases,) say how often each case comes, and sum to 1.
    """

    chances: Chances
    weights: Chances

    @property
    def loss(self) -> float:
        """The least mean loss in nats: a step costs the mean entropy of its chances."""
        return float(np.mean(binary_entropy(self.chances) @ self.weights))

    @property
    def share_of_ones(self) -> float:
        """How often a target is 1, over all steps and cases."""
        return float(np.mean(self.chances @ self.weights))

    def flipped(self, noise: float) -> Outlook:
        """The same, of targets that are turned around with probability `noise`."""
        return Outlook(flipped(self.chances, noise), self.weights)


def flipped(chances: Chances, noise: float) -> Chances:
    """The chances of a 1 after a bit of these chances is turned around with probability `noise`.

    A 1 stays, or a 0 is turned: p (1 - noise) + (1 - p) noise.
    """
    return chances * (1 - noise) + (1 - chances) * noise
