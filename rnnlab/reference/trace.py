"""What happened in a forward pass, quantity by quantity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.cells.cell import Floats, Values


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """What happened in one recurrent layer.

    `steps` holds the cell's quantities by symbol for each time step, `states` the state before
    each (batch, state size), `outputs` (batch, timesteps, units) what the cell said. In a
    bidirectional network `backward` is the same of the layer that reads back, in its own order:
    the last time step comes first.
    """

    steps: tuple[Values, ...]
    states: tuple[Floats, ...]
    outputs: Floats
    final_state: Floats
    backward: LayerTrace | None = None

    @property
    def directions(self) -> tuple[LayerTrace, ...]:
        """The layer, and the one that reads back, if there is one."""
        return (self,) if self.backward is None else (self, self.backward)

    @property
    def said(self) -> Floats:
        """What the layer says of each time step, of all directions: (batch, timesteps, width)."""
        if self.backward is None:
            return self.outputs
        return np.concatenate([self.outputs, self.backward.outputs[:, ::-1]], axis=2)


@dataclass(frozen=True, eq=False)
class Trace:
    """What happened in a forward pass over (batch, timesteps, …), layers from below.

    `predicted` is (batch, timesteps, outputs), or (batch, 1, outputs) if there is one answer a
    window: probabilities of the classes (of class 1, if one output speaks for two), or the numbers
    themselves. `said` is what the dense layer says, before it becomes a probability.
    """

    layers: tuple[LayerTrace, ...]
    said: Floats
    predicted: Floats
    masks: tuple[Floats, ...] | None = None

    @property
    def final_states(self) -> tuple[Floats, ...]:
        """The state of each layer after the last step: what a next pass can go on from."""
        return tuple(layer.final_state for layer in self.layers)
