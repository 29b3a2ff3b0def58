"""Letters in strings: each window is a string of its own, and its letters settle all answers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from rnnlab.knobs import Value
from rnnlab.rules.base import Probabilities, Sequence
from rnnlab.rules.symbols import SymbolRule, Symbols


@dataclass(frozen=True)
class LetterStringRule(SymbolRule):
    """Strings of one length, one after the other; who remembers all their letters is never wrong.

    A series is cut into rows of `row` letters (0: it is a single one), and a string begins with
    each of them; the last one of a row may be shorter. A run makes each of its windows a string.
    """

    row: int = field(default=0, kw_only=True)

    begins_anew: ClassVar[bool] = True

    @property
    @abstractmethod
    def string(self) -> int:
        """How many steps a string has."""

    @abstractmethod
    def strings(self, rng: np.random.Generator, n: int) -> Symbols:
        """The letters of so many strings, (n, string)."""

    @abstractmethod
    def targets(self, strings: Symbols) -> Symbols:
        """The right answers to strings, (n, string) as they are; a cut one ends with zeros."""

    @property
    def fixed_settings(self) -> Mapping[str, Value]:  # type: ignore[override]
        """A window is a string, and no string has to do with another."""
        return MappingProxyType({"noise": 0.0, "carry_state": False, "window": self.string})

    def cut_into(self, window: int, length: int) -> Self:
        """A string begins with each window."""
        return replace(self, row=length)

    def generate(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """The strings in a row."""
        numbers, places = self.places(n_bits)
        strings = self.strings(rng, int(numbers[-1]) + 1)
        targets = self.targets(strings)
        return Sequence(inputs=strings[numbers, places], targets=targets[numbers, places])

    def target_probabilities(self, inputs: Symbols) -> Probabilities:
        """All is sure."""
        numbers, places = self.places(len(inputs))
        strings = np.zeros((int(numbers[-1]) + 1, self.string), np.uint8)
        strings[numbers, places] = inputs
        return np.eye(self.n_answers)[self.targets(strings)[numbers, places]]

    def places(self, n_steps: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The number of the string that holds each step of a series, and its place in it."""
        row = self.row or n_steps
        rows, steps = np.divmod(np.arange(n_steps), row)
        numbers, places = np.divmod(steps, self.string)
        return rows * -(-row // self.string) + numbers, places

    def losses_by_step(self, window: int) -> Probabilities:
        """Nothing costs anything."""
        return np.zeros(window)

    def best_loss(self, window: int | None = None) -> float:
        """All can be known."""
        return 0.0

    def deviation(self, window: int | None = None) -> float:
        """Nothing is left to luck."""
        return 0.0
