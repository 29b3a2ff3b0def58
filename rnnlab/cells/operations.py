"""What the engine computes with, as a cell and an optimizer are given it.

They are handed these operations instead of importing TensorFlow, so that the process that serves
pages can load them. `rnnlab.engine.operations` implements them and describes each. Tensors are
feature-major, (…, features, rows).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

Tensor = Any
"""A tensor of TensorFlow, which has no types."""

Tensors = tuple[Tensor, ...]
Map = Callable[[Tensor], Tensor]


class TensorActivation(NamedTuple):
    """A function on tensors, and its derivative as a function of the output."""

    function: Map
    slope: Map


class Tape(NamedTuple):
    """What a forward pass over a window leaves for the backward pass.

    `outputs` is (timesteps, units, rows), `final_state` (state size, rows).
    """

    outputs: Tensor
    final_state: Tensor
    saved: Tensors


class Operations(Protocol):
    """The module `rnnlab.engine.operations`, as far as cells and optimizers use it."""

    def concat(self, values: Sequence[Tensor], axis: int) -> Tensor:
        """The values beside each other along an axis."""

    def stack(self, values: Sequence[Tensor]) -> Tensor:
        """The values along a new first axis."""

    def zeros_like(self, value: Tensor) -> Tensor:
        """Zeros of the same shape."""

    def sigmoid(self, value: Tensor) -> Tensor:
        """1 / (1 + exp(-value))."""

    def sqrt(self, value: Tensor) -> Tensor:
        """The square root."""

    def power(self, base: float, exponent: Tensor) -> Tensor:
        """`base` to the power of `exponent`."""

    def to_float(self, value: Tensor) -> Tensor:
        """Whole numbers as 32-bit floats."""

    def activation(self, name: str) -> TensorActivation:
        """An activation of `rnnlab.cells.activations`, on tensors."""

    def product_with(self, kernel: Tensor) -> Map:
        """The function from inputs to their product with the kernel."""

    def product_with_transpose(self, kernel: Tensor) -> Map:
        """The function from outputs to their product with the transposed kernel."""

    def kernel_gradient(self, inputs: Tensor, d_outputs: Tensor) -> Tensor:
        """The gradient of a kernel that is used at every time step."""

    def bias_gradient(self, d_outputs: Tensor) -> Tensor:
        """The gradient of a bias that is added at every time step."""

    def outer(self, inputs: Tensor, d_outputs: Tensor) -> Tensor:
        """What one step adds to a kernel's gradient."""

    def is_wide(self, kernel: Tensor) -> bool:
        """Whether products with this kernel are real matrix products."""

    def is_long(self, outputs: Tensor) -> bool:
        """Whether a window's outputs are more than a core's cache holds."""

    def at_each_step(self, d_outputs: Tensor, outputs: Tensor) -> tuple[Tensor, Map]:
        """A sequence to scan, and what makes of its slices the gradients of the outputs."""

    def scan(
        self,
        step: Callable[[Any, Tensors], tuple[Any, Tensors]],
        carry: Any,
        sequences: Tensors,
        sizes: tuple[int, ...],
        *,
        reverse: bool = False,
    ) -> tuple[Any, Tensors]:
        """A loop over time steps: the last carry, and every step's outputs in the order of time."""
