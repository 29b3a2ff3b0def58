"""The libraries that train the same networks on the same data: one file each, found by looking.

A contender has a `TITLE`, and `prepare(job, batches)`, which builds and compiles its network and
gives a function that does one update for each of the batches. One whose library is not installed is
left out, and so is one from a job that it cannot do.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from rnnlab.cells.cell import Weights
from rnnlab.engine import Architecture
from rnnlab.network import Network
from rnnlab.settings import Settings
from rnnlab.training.run import architecture

Turn = Callable[[], Any]


class LeftOutError(Exception):
    """Why a contender does not do a job."""


@dataclass(frozen=True)
class Job:
    """What is to be trained: `settings` say how, and how many rows; the rest says what.

    Several `networks` of one kind train side by side, which only the engine does.
    """

    settings: Settings
    network: Network
    timesteps: int
    carry_state: bool
    updates_per_epoch: int
    networks: int = 1

    @classmethod
    def of(cls, settings: Settings, networks: int = 1) -> Self:
        """The job of a run."""
        s = settings
        return cls(s, s.network, s.shape[0], s.carry_state, s.updates_per_epoch, networks)

    @property
    def architecture(self) -> Architecture:
        """What the engine compiles for it."""
        of_settings = architecture(self.settings)
        return replace(of_settings, network=self.network, timesteps=self.timesteps)

    @property
    def first_weights(self) -> Weights:
        """The weights that every library starts from, if it does not draw its own."""
        return self.network.initial_weights(np.random.default_rng(self.settings.seed))


def names() -> list[str]:
    """The modules of this package."""
    return [module.name for module in pkgutil.iter_modules(__path__)]
