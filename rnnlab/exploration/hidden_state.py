"""What the edge of a window hides of a state machine: the state in which it begins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CLOSE = 0.001
"""Nats that nobody sees."""


def hidden_state_sentence(
    losses: NDArray[np.float64], whole_past: float, *, on_strings: bool
) -> str:
    """What a window costs at best at its first step and at its last, and what that means."""
    if on_strings:
        return (
            "Every window is a string of its own: before its first bit the machine is in its first "
            "state, so the edge hides nothing."
        )
    last = f"at its last step, number {len(losses)}, it costs {losses[-1]:.4f}"
    if len(losses) == 1:
        last = "and there is no other"
    elif losses[0] - losses[-1] < CLOSE:
        last = f"{last}: the bits of a window hardly tell the state"
    return (
        "Look at the left end: a window does not know in which state it begins. At its first step "
        f"a target costs {losses[0]:.4f} nats at best, {last}. With the whole past it is "
        f"{whole_past:.4f}. Only a carried **state** can bring that over the edge."
    )
