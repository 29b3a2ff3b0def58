"""What a compiled training program depends on, and what follows from it for the program."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rnnlab.network import Network

MOST_UPDATES_A_CALL = 1024
MOST_INPUTS_A_CALL = 200_000
WORTH_PARTS = 2e7
"""From so many products a window on it is worth its while to use two cores (measured)."""


@dataclass(frozen=True)
class Architecture:
    """Everything that a compiled program depends on.

    `with_dropout` and `with_clipping` say whether there is any; how much is a dial.
    """

    network: Network
    optimizer: str
    rows: int
    timesteps: int
    networks: int = 1
    with_dropout: bool = False
    with_clipping: bool = False

    @property
    def capacity(self) -> int:
        """The most updates that one call of the program can do."""
        inputs = self.networks * self.rows * math.prod(self.network.input_shape(self.timesteps))
        return max(1, min(MOST_UPDATES_A_CALL, MOST_INPUTS_A_CALL // inputs))

    @property
    def parts(self) -> int:
        """In how many parts the rows go, side by side on the cores: as equal on any computer."""
        n = self.network
        products = self.rows * self.timesteps * (n.parameters - n.vocabulary * n.features)
        return 2 if n.vocabulary and products > WORTH_PARTS and self.rows % 2 == 0 else 1

    @property
    def input_type(self) -> type:
        """Ids of words are whole numbers."""
        return np.int32 if self.network.vocabulary else np.float32

    @property
    def timesteps_read(self) -> int:
        """How many time steps have a target."""
        return 1 if self.network.last_step else self.timesteps
