"""What happened in a forward pass, quantity by quantity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats, Values


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """What happened in one recurrent layer.

    `steps` holds the cell's quantities by symbol for each time step, `states` the state before
    each (rows, state size), `outputs` (rows, timesteps, units) the cell's outputs. In a
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
    def joined_outputs(self) -> Floats:
        """The outputs of all directions, in the order of time: (rows, timesteps, width)."""
        if self.backward is None:
            return self.outputs
        return np.concatenate([self.outputs, self.backward.outputs[:, ::-1]], axis=2)


@dataclass(frozen=True, eq=False)
class Trace:
    """What happened in a forward pass over (rows, timesteps, …), layers from below.

    `predicted` is (rows, timesteps, outputs), or (rows, 1, outputs) if there is one answer a
    window: probabilities of the classes (of class 1, if one output serves both), or the numbers
    themselves. `outputs` are those of the dense layer: logits, before they become probabilities.
    `time_mask` is what the pass was given: at a step that was not read, a layer's output is the one
    before it.
    """

    layers: tuple[LayerTrace, ...]
    outputs: Floats
    predicted: Floats
    masks: tuple[Floats, ...] | None = None
    time_mask: NDArray[np.bool_] | None = None

    @property
    def final_states(self) -> tuple[Floats, ...]:
        """The state of each layer after the last step: what a next pass can go on from."""
        return tuple(layer.final_state for layer in self.layers)
