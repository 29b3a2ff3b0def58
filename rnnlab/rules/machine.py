"""A rule that is a state machine: its targets depend on all of the past, by way of a state."""

from __future__ import annotations

import textwrap
from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnnlab.rules import beliefs, filtering
from rnnlab.rules.base import Bits, Probabilities, Sequence
from rnnlab.rules.bits import BitRule
from rnnlab.rules.state_machine import Floats, Machine, States
from rnnlab.theory import BayesPredictor

WIDTH = 92
SKIPPED = 840
"""Steps that go by before a series begins, and as many more as luck has it: 840 is a multiple of
every period from 1 to 8, so the series begins in any phase of it."""


@dataclass(frozen=True)
class MachineRule(BitRule):
    """A rule that states its machine; what can be known at best follows.

    There is no lag at which the cause lies: the machine's state holds it, for as long as it must.
    The series has no beginning, so who reads it, or a window of it, does not know the state.
    """

    @abstractmethod
    def machine(self) -> Machine:
        """Its states, without noise."""

    @property
    def lags(self) -> tuple[int, ...]:
        """None: what counts may lie anywhere in the past."""
        return ()

    @property
    def before(self) -> Floats:
        """What is believed of the state before a window begins, (states,)."""
        return self.machine().stationary

    def clean_series(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """The bits that the machine makes; and its outputs after them, or the next bits."""
        skipped = SKIPPED + int(rng.integers(SKIPPED))
        bits, states = self.machine().run(rng.random(skipped + n_bits + 1))
        return self._sequence(rng, bits[skipped:], states[skipped : skipped + n_bits])

    def clean_probabilities(self, inputs: Bits) -> Probabilities:
        """P(target[t] = 1 | inputs up to and including t): by what they tell of the state."""
        return filtering.target_probabilities(self.machine(), self.before, inputs)

    def possible_states(self, inputs: Bits) -> list[tuple[str, ...]]:
        """The names of the states in which it may be after each input of a whole series."""
        return filtering.possible_states(self.machine(), self.before, inputs)

    def clean_predictor(self, window: int | None) -> BayesPredictor:
        """By what the bits tell of the state; see `rnnlab.rules.beliefs`."""
        if window is None:
            return beliefs.whole_past(self.machine())
        return beliefs.in_window(self.machine(), self.before, window)

    def clean_partial_predictors(self, window: int | None) -> dict[str, BayesPredictor]:
        """The last bit alone; and for how many steps it has been the same."""
        last, frequencies = self.after_inputs((0,))
        return {
            "last bit only": BayesPredictor(np.nan_to_num(last)[None], frequencies),
            "length of the run only": beliefs.this_run(self.machine(), window),
        }

    def after_inputs(self, lags: tuple[int, ...]) -> tuple[Probabilities, Probabilities]:
        """P(target = 1 | the inputs at these lags) and P(these inputs), at any moment, clean.

        Both have an axis of two for each of the `lags`, which fall; what never comes has nan.
        """
        return beliefs.last_bits(self.machine(), lags)

    def clean_code(self) -> str:
        """The machine as lists by number of the state, and a loop that runs it."""
        machine = self.machine()
        lists = [
            _list("ones", machine.ones.tolist(), "the chance of a 1, by state"),
            _list("after", machine.after.T.tolist(), "the state after a 0 and after a 1"),
        ]
        if machine.outputs_next_bit:
            return "\n".join([*lists, self._loop_code(), "x, y = bits[:-1], bits[1:]"])
        lists.append(_list("outputs", machine.outputs.tolist(), "the chance of a target 1"))
        return "\n".join([*lists, self._loop_code(), _TARGETS])

    def _sequence(self, rng: np.random.Generator, bits: Bits, states: States) -> Sequence:
        """Inputs and targets, from the bits (one more than states) and the states after them."""
        machine, n_bits = self.machine(), len(states)
        if machine.outputs_next_bit:
            return Sequence(inputs=bits[:-1], targets=bits[1:])
        y = (rng.random(n_bits) < machine.outputs[states]).astype(np.uint8)
        return Sequence(inputs=bits[:n_bits], targets=y)

    def _loop_code(self) -> str:
        """Lines that make `bits` and the `states` after them."""
        return f"""\
skipped = {SKIPPED} + int(rng.integers({SKIPPED}))  # it begins at a moment like any other
state, bits, states = 0, [], []
for luck in rng.random(skipped + n_bits + 1):
    bits.append(int(luck < ones[state]))
    state = after[state][bits[-1]]
    states.append(state)
bits, states = np.array(bits, np.uint8)[skipped:], states[skipped:]"""


_TARGETS = """\
x, chance = bits[:n_bits], np.array(outputs)[states[:n_bits]]
y = (rng.random(n_bits) < chance).astype(np.uint8)"""


def _list(name: str, values: list[Any], comment: str) -> str:
    """A comment, and the lines that make a list."""
    plain = [int(v) if isinstance(v, float) and v == int(v) else v for v in values]
    opening = f"{name} = ["
    return f"# {comment}\n" + textwrap.fill(
        f"{opening}{', '.join(map(repr, plain))}]", WIDTH, subsequent_indent=" " * len(opening)
    )
