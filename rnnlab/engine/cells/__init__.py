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
        self, weights: dict[str, Tensor], products: Tensor, state: Tensor, activation: str
    ) -> Tape:
        """Run over a window from `state` (state size, …).

        `products` (timesteps, columns of the kernel, …) are those of the kernel and the inputs.
        """

    def backward(
        self,
        weights: dict[str, Tensor],
        state: Tensor,
        tape: Tape,
        d_outputs: Tensor,
        activation: str,
    ) -> tuple[dict[str, Tensor], Tensor]:
        """The gradient of each weight but the kernel, given that of the outputs, and of `products`.

        It is cut at the window's start.
        """


def engine_cell(name: str) -> EngineCell:
    """The engine's side of the cell called `name`."""
    return cast(EngineCell, importlib.import_module(f"{__name__}.{name}"))
