"""A machine on strings: each window is a string of its own, and the machine begins anew with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from rnnlab.knobs import Value
from rnnlab.rules import beliefs, filtering
from rnnlab.rules.base import Bits, Element, Probabilities, Sequence
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.state_machine import Floats
from rnnlab.theory import BayesPredictor


@dataclass(frozen=True)
class StringRule(MachineRule):
    """Strings of coin flips, one after the other; the machine reads each from its first state.

    A series is cut into rows of `row` bits (0: it is a single one), and a string begins with every
    `string` bits of a row. A run makes each of its windows a string, so no state is carried on.
    """

    string: int = field(default=20, kw_only=True)
    row: int = field(default=0, kw_only=True)

    begins_anew: ClassVar[bool] = True
    fixed_settings: ClassVar[Mapping[str, Value]] = MappingProxyType({"carry_state": False})

    @property
    def before(self) -> Floats:
        """The first state, for sure."""
        return self.machine().start

    def cut_into(self, window: int, length: int) -> Self:
        """A string begins with each window."""
        return replace(self, string=window, row=length)

    def clean_series(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """The strings in a row, and what the machine puts out after each bit."""
        machine = self.machine()
        rows = [machine.run(row, self.string) for row in self._rows(rng.random(n_bits))]
        bits, states = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        return self._sequence(rng, bits, states)

    def clean_probabilities(self, inputs: Bits) -> Probabilities:
        """P(target[t] = 1 | the bits of its string up to t)."""
        machine, before, string = self.machine(), self.before, self.string
        rows = self._rows(inputs)
        return np.concatenate(
            [filtering.target_probabilities(machine, before, row, string) for row in rows]
        )

    def possible_states(self, inputs: Bits) -> list[tuple[str, ...]]:
        """The name of the state after each bit: there is but one."""
        machine, before, string = self.machine(), self.before, self.string
        rows = self._rows(inputs)
        return list(
            chain(*(filtering.possible_states(machine, before, row, string) for row in rows))
        )

    def clean_predictor(self, window: int | None) -> BayesPredictor:
        """In strings of so many bits, by their bits; with `None`, at any place of this rule's."""
        whole = beliefs.in_window(self.machine(), self.before, window or self.string)
        return whole if window else beliefs.averaged(whole)

    def clean_partial_predictors(self, window: int | None) -> dict[str, BayesPredictor]:
        """How many bits came, and none of them."""
        place = beliefs.place_only(self.machine(), self.before, window or self.string)
        return {"place in the string only": place if window else beliefs.averaged(place)}

    def after_inputs(self, lags: tuple[int, ...]) -> tuple[Probabilities, Probabilities]:
        """The same at any place of a string; lags may reach into the string before it."""
        return beliefs.last_bits(self.machine().unrolled(self.string), lags)

    @property
    def place(self) -> str:
        """The place of step t in its string, from 0, as Python."""
        return f"t % {self.row} % {self.string}" if self.row else f"t % {self.string}"

    def _rows(self, values: NDArray[Element]) -> list[NDArray[Element]]:
        """A series in rows; the last one may be shorter."""
        return np.split(values, range(self.row, len(values), self.row)) if self.row else [values]

    def _loop_code(self) -> str:
        """The same with strings that begin in state 0."""
        return f"""\
bits, states = [], []
for t, luck in enumerate(rng.random(n_bits)):
    state = states[-1] if {self.place} else 0  # a string begins in state 0
    bits.append(int(luck < ones[state]))
    states.append(after[state][bits[-1]])
bits = np.array(bits, np.uint8)"""
