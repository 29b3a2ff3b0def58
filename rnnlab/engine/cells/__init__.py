"""The recurrent cells as the engine runs them: whole windows forward and back, by cell name.

Arrays are feature-major, (timesteps, features or units, *places), see `rnnlab.engine.products`: the
batch is the contiguous axis, so that one instruction works on many rows.
"""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple, Protocol, cast

Tensor = Any


class Tape(NamedTuple):
    """What a forward pass leaves for the way back; `outputs` is (timesteps, units, …)."""

    outputs: Tensor
    final_state: Tensor
    saved: tuple[Tensor, ...]


class EngineCell(Protocol):
    """A module of this package."""

    def forward(
        self, weights: dict[str, Tensor], inputs: Tensor, state: Tensor, activation: str
    ) -> Tape:
        """Run over `inputs` (timesteps, features, …) from `state` (state size, …)."""

    def backward(
        self,
        weights: dict[str, Tensor],
        inputs: Tensor,
        state: Tensor,
        tape: Tape,
        d_outputs: Tensor,
        activation: str,
    ) -> tuple[dict[str, Tensor], Tensor]:
        """The gradient of each weight, given that of the outputs; cut at the window's start.

        And that of the sums to which the inputs contribute by `kernel`.
        """


def engine_cell(name: str) -> EngineCell:
    """The engine's side of the cell called `name`."""
    return cast(EngineCell, importlib.import_module(f"{__name__}.{name}"))
