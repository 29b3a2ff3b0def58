"""A program for a network that is computed as a wider one (`rnnlab.padding`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnnlab import padding
from rnnlab.engine.architecture import Architecture
from rnnlab.engine.batches import Batches, FedBatches
from rnnlab.engine.program import Program
from rnnlab.engine.state import Array, Chunk, Hyperparameters, TrainStates


def padded(architecture: Architecture) -> Architecture:
    """The architecture whose program does the updates of this one."""
    if architecture.with_dropout:
        return architecture
    return replace(architecture, network=padding.padded(architecture.network))


class NarrowProgram(Program):
    """The program of `padded(architecture)`, for one of the architectures that share it.

    Weights go in and come out as the network has them; `TrainStates` are the wider one's.
    """

    def __init__(self, architecture: Architecture, wide: Program) -> None:
        self.architecture = architecture
        self.shapes = architecture.network.shapes
        self._wide = wide

    def compile(self) -> None:
        """Compile what is shared."""
        self._wide.compile()

    def begin(self, weights: Sequence[dict[str, Array]]) -> TrainStates:
        """The state before the first update."""
        return self._wide.begin(self._padded(weights))

    def weights(self, states: TrainStates, network: int = 0) -> dict[str, Array]:
        """The weights of one of the networks by name."""
        return padding.cut(self._wide.weights(states, network), self.architecture.network)

    def run_part(
        self,
        states: TrainStates,
        fed: Sequence[FedBatches],
        first: int,
        end: int,
        hyperparameters: Hyperparameters,
    ) -> tuple[TrainStates, Chunk]:
        """One update for each of the batches from `first` to before `end`, of each network."""
        return self._wide.run_part(states, fed, first, end, hyperparameters)

    def read(self, weights: Sequence[dict[str, Array]], batches: Batches) -> Array:
        """The losses (windows, networks) of networks that only read."""
        return self._wide.read(self._padded(weights), batches)

    def _padded(self, weights: Sequence[dict[str, Array]]) -> list[dict[str, Array]]:
        return [padding.pad(own, self.architecture.network) for own in weights]
