"""The recurrent cells as the engine runs them: whole windows forward and back, by cell name.

Arrays are feature-major, (timesteps, features or units, batch): the batch is the contiguous axis,
so that one instruction works on many rows. Tiny matrix products are written as a product and a
sum, which the compiler fuses with their neighbours; its own matrix product is slow when tiny.
"""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple, Protocol, cast

Tensor = Any


class Tape(NamedTuple):
    """What a forward pass leaves for the way back; `outputs` is (timesteps, units, batch)."""

    outputs: Tensor
    final_state: Tensor
    saved: tuple[Tensor, ...]


class EngineCell(Protocol):
    """A module of this package."""

    def forward(
        self, weights: dict[str, Tensor], inputs: Tensor, state: Tensor, activation: str
    ) -> Tape:
        """Run over `inputs` (timesteps, features, batch) from `state` (state size, batch)."""

    def backward(
        self,
        weights: dict[str, Tensor],
        inputs: Tensor,
        state: Tensor,
        tape: Tape,
        d_outputs: Tensor,
        activation: str,
    ) -> dict[str, Tensor]:
        """The gradient of each weight, given that of the outputs; cut at the window's start."""


def engine_cell(name: str) -> EngineCell:
    """The engine's side of the cell called `name`."""
    return cast(EngineCell, importlib.import_module(f"{__name__}.{name}"))
