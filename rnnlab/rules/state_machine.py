"""A state machine: a small table that makes bits, reads bits, and says something in each state."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.theory import SURE

States = NDArray[np.intp]
Floats = NDArray[np.float64]


class Steps(Protocol):
    """What filtering asks of a machine, whatever it makes: bits or letters."""

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each state."""

    @property
    def steps(self) -> Floats:
        """P(this comes, and leads to a state | the state before), (symbols, states, states)."""

    @property
    def after(self) -> States:
        """The state after each symbol, (symbols, states)."""

    @property
    def outputs(self) -> Floats:
        """P(target) in each state: (states,) of a 1, or (states, answers)."""


@dataclass(frozen=True)
class MachineState:
    """One state: where a 0 and where a 1 lead, how likely the 1 is, and what is said here.

    `output` is the chance that the target is a 1 where the bit just read has led here; `None`: the
    target is the next bit.
    """

    name: str
    on_0: str
    on_1: str
    ones: float = 0.5
    output: float | None = None


@dataclass(frozen=True)
class Machine:
    """States by name, the first of them the one in which a string begins.

    The bits that came tell where a known state has led: what is hidden is only where it began. All
    states say something, or none does. A machine without states, with a chance that is none, or
    with an arrow that leads nowhere is a `SettingError`.
    """

    states: tuple[MachineState, ...]

    def __post_init__(self) -> None:
        if not self.states:
            raise SettingError("A machine has at least one state.")
        names = Counter(self.names)
        for state in self.states:
            if names[state.name] > 1:
                raise SettingError(f"Two states are called “{state.name}”.")
            for target in (state.on_0, state.on_1):
                if target not in names:
                    raise SettingError(
                        f"“{state.name}” leads to “{target}”, and there is no such state."
                    )
            for probability in (state.ones, state.output):
                if probability is not None and not 0 <= probability <= 1:
                    raise SettingError(
                        f"A chance lies between 0 and 1, but in “{state.name}” it is "
                        f"{probability:g}."
                    )
        if len({state.output is None for state in self.states}) > 1:
            raise SettingError("Some states say something and some do not: all must, or none.")

    @classmethod
    def of(cls, *states: MachineState) -> Machine:
        """The machine with these states."""
        return cls(states)

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each state."""
        return tuple(state.name for state in self.states)

    @property
    def outputs_next_bit(self) -> bool:
        """Whether the target is the next bit."""
        return self.states[0].output is None

    @property
    def reads_coins(self) -> bool:
        """Whether a 1 comes as often in every state, so that bits tell nothing of their state."""
        return len({state.ones for state in self.states}) == 1

    @cached_property
    def ones(self) -> Floats:
        """P(next bit = 1) in each state, (states,)."""
        return np.array([state.ones for state in self.states])

    @cached_property
    def after(self) -> States:
        """The state after a 0 and after a 1, (2, states)."""
        place = {name: number for number, name in enumerate(self.names)}
        ways = [[place[s.on_0] for s in self.states], [place[s.on_1] for s in self.states]]
        return np.array(ways, dtype=np.intp)

    @cached_property
    def outputs(self) -> Floats:
        """P(target = 1) where the bit just read has led to each state, (states,)."""
        return np.array([s.ones if s.output is None else s.output for s in self.states])

    @cached_property
    def steps(self) -> Floats:
        """P(a bit comes, and leads to a state | the state before), (2, states, states)."""
        n = len(self.states)
        steps = np.zeros((2, n, n))
        for bit, probability in enumerate((1 - self.ones, self.ones)):
            steps[bit, np.arange(n), self.after[bit]] = probability
        return steps

    @cached_property
    def start(self) -> Floats:
        """The first state for sure, (states,)."""
        start: Floats = np.eye(len(self.states))[0]
        return start

    @cached_property
    def stationary(self) -> Floats:
        """How often each state comes in the long run, (states,).

        A `SettingError` if that depends on luck: if there are two parts of the machine that it
        never leaves again.
        """
        n = len(self.states)
        step = self.steps.sum(axis=0)
        kept = self._reached_for_ever(step)
        if not kept.any():
            raise SettingError(
                "Your machine can end in two parts that it never leaves again: then no long run "
                "tells how good one can be. Let an arrow lead back."
            )
        equations = np.vstack([step.T - np.eye(n), np.ones(n)])
        shares: Floats = np.linalg.lstsq(equations, np.append(np.zeros(n), 1.0), rcond=None)[0]
        shares[~kept | (shares < SURE)] = 0.0
        shares /= shares.sum()
        return shares

    def _reached_for_ever(self, step: Floats) -> NDArray[np.bool_]:
        """The states that every state can reach that the first one can; none if there are none."""
        n = len(self.states)
        reach = (step > 0) | np.eye(n, dtype=bool)
        for _ in range(math.ceil(math.log2(n + 1))):
            reach = reach @ reach
        kept: NDArray[np.bool_] = reach[0] & reach[reach[0]].all(axis=0)
        return kept

    def unrolled(self, string: int) -> Machine:
        """The same without an end: after each `string` bits it begins again.

        A state of it is one of these, and how many bits of the string came, from 1 on.
        """

        def name(place: int, state: str) -> str:
            return f"{place}: {state}"

        first, states = self.states[0], []
        for place in range(1, string + 1):
            for state in self.states:
                begins = first if place == string else state
                on_0, on_1 = (name(place % string + 1, s) for s in (begins.on_0, begins.on_1))
                states.append(
                    MachineState(name(place, state.name), on_0, on_1, begins.ones, state.output)
                )
        return Machine(tuple(states))

    def run(self, luck: Floats, string: int | None = None) -> tuple[NDArray[np.uint8], States]:
        """The bits that random numbers between 0 and 1 make, and the state after each.

        It begins in the first state, and again with each `string` of so many steps. A bit is 1
        where the number lies below the chance of a 1.
        """
        limits = np.unique(self.ones)
        below = np.arange(len(limits) + 1)[:, None] <= np.searchsorted(limits, self.ones)
        after = np.where(below, self.after[1], self.after[0])
        before, states = followed(after, np.searchsorted(limits, luck, side="right"), string)
        return (luck < self.ones[before]).astype(np.uint8), states


def followed(after: States, cases: States, string: int | None = None) -> tuple[States, States]:
    """The states before and after each of many cases (n,), of which `after` says where they lead.

    `after` is (cases, states). It begins in the first state, and again with each `string` of so
    many steps.
    """
    n, width = len(cases), string or max(1, math.isqrt(len(cases)))
    n_parts, n_states = -(-n // width), after.shape[1]
    flat, rows = after.ravel(), n_states * cases
    columns = np.append(rows, np.zeros(n_parts * width - n, np.intp)).reshape(n_parts, width).T
    begins = np.zeros(n_parts, dtype=np.intp)
    if string is None:  # where each part ends, from wherever it may begin
        ends = np.tile(np.arange(n_states), (n_parts, 1))
        for column in columns:
            ends = flat.take(ends + column[:, None])
        for part in range(1, n_parts):
            begins[part] = ends[part - 1, begins[part - 1]]
    states = np.empty((width + 1, n_parts), dtype=np.intp)
    states[0] = begins
    for step, column in enumerate(columns):
        states[step + 1] = flat.take(states[step] + column)
    return states[:-1].T.ravel()[:n], states[1:].T.ravel()[:n]
