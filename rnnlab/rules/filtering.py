"""What is believed of a machine's state along one series of bits or letters, step by step.

The forward algorithm of `rnnlab.rules.beliefs` on a single past. Beliefs come again, so each is
calculated once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnnlab.rules.base import Bits
from rnnlab.rules.beliefs import DIGITS
from rnnlab.rules.state_machine import Floats, Steps
from rnnlab.theory import SURE


def target_probabilities(
    machine: Steps, start: Floats, inputs: Bits, string: int | None = None
) -> Floats:
    """P(target = 1 | inputs up to and including t) for a whole series, from a belief before it.

    Of a machine with many answers it is P(each target | …), (n_steps, answers). It
    begins again with each `string` of so many steps. After a bit that cannot come, the states move
    all the same.
    """
    filtered = _Filter(machine, start)
    path = filtered.path(inputs, string)
    return filtered.target_probabilities[path]


def likeliest_states(machine: Steps, start: Floats, inputs: Bits) -> NDArray[np.intp]:
    """The number of the state in which the machine most likely is after each input."""
    filtered = _Filter(machine, start)
    path = filtered.path(inputs, None)
    likeliest: NDArray[np.intp] = np.array(filtered.beliefs).argmax(axis=1)[path]
    return likeliest


def possible_states(
    machine: Steps, start: Floats, inputs: Bits, string: int | None = None
) -> list[tuple[str, ...]]:
    """The names of the states in which the machine may be after each input."""
    filtered = _Filter(machine, start)
    path = filtered.path(inputs, string)
    possible = [
        tuple(name for name, p in zip(machine.names, belief, strict=True) if p > SURE)
        for belief in filtered.beliefs
    ]
    return [possible[number] for number in path]


class _Filter:
    """Beliefs by number, each with its successors, found as a series needs them."""

    def __init__(self, machine: Steps, start: Floats) -> None:
        self._machine = machine
        self._numbers: dict[bytes, int] = {}
        self.beliefs: list[Floats] = []
        self._successors: list[list[int | None]] = []
        self._number(start)

    @property
    def target_probabilities(self) -> Floats:
        """P(target) for each belief."""
        return np.clip(np.array(self.beliefs) @ self._machine.outputs, 0.0, 1.0)

    def path(self, inputs: Bits, string: int | None) -> NDArray[np.intp]:
        """The belief after each bit, by number; the first one before each string."""
        path, successors = [], self._successors
        for begin in range(0, len(inputs), string or len(inputs)):
            number = 0
            for bit in inputs[begin : begin + (string or len(inputs))].tolist():
                successor = successors[number][bit]
                number = self._find(number, bit) if successor is None else successor
                path.append(number)
        return np.array(path, dtype=np.intp)

    def _find(self, number: int, bit: int) -> int:
        machine, belief = self._machine, self.beliefs[number]
        moved = belief @ machine.steps[bit]
        if moved.sum() < SURE:
            moved = np.bincount(machine.after[bit], belief, minlength=len(belief))
        successor = self._successors[number][bit] = self._number(moved / moved.sum())
        return successor

    def _number(self, belief: Floats) -> int:
        number = self._numbers.setdefault(np.round(belief, DIGITS).tobytes(), len(self.beliefs))
        if number == len(self.beliefs):
            self.beliefs.append(belief)
            self._successors.append([None] * len(self._machine.steps))
        return number
