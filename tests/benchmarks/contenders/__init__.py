"""The libraries that train the same networks on the same data: one file each, found by looking.

A contender has a `TITLE`, and `prepare`, which builds and compiles its network and gives a function
that does one update for each of the batches. One whose library is not installed is left out.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self, cast

import numpy as np

from rnnlab.cells.cell import Weights
from rnnlab.engine import Architecture, Batches
from rnnlab.network import Network
from rnnlab.settings import Settings
from rnnlab.training.run import architecture

Turn = Callable[[], Any]


@dataclass(frozen=True)
class Job:
    """What is to be trained: `settings` say how, and how many rows; the rest says what."""

    settings: Settings
    network: Network
    timesteps: int
    carry_state: bool
    updates_per_epoch: int

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The job of a run."""
        s = settings
        return cls(s, s.network, s.shape[0], s.carry_state, s.updates_per_epoch)

    @property
    def architecture(self) -> Architecture:
        """What the engine compiles for it."""
        of_settings = architecture(self.settings)
        return replace(of_settings, network=self.network, timesteps=self.timesteps)

    @property
    def first_weights(self) -> Weights:
        """The weights that every library starts from, if it does not draw its own."""
        return self.network.initial_weights(np.random.default_rng(self.settings.seed))


class Contender(Protocol):
    """A module of this package."""

    TITLE: str

    def prepare(self, job: Job, batches: Batches) -> Turn:
        """Build and compile; what is returned trains once through the batches."""


def _installed() -> dict[str, Contender]:
    found = {}
    for one in pkgutil.iter_modules(__path__):
        try:
            module = importlib.import_module(f"{__name__}.{one.name}")
        except ModuleNotFoundError as missing:
            print(f"Left out: {one.name} ({missing}).")
        else:
            found[one.name] = cast(Contender, module)
    return found


CONTENDERS = _installed()
