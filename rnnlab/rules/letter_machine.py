"""A machine that makes letters: states, and edges between them that each make one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnlab.errors import SettingError
from rnnlab.rules.base import ROUNDING
from rnnlab.rules.state_machine import Floats, States, followed
from rnnlab.rules.symbols import Symbols

Edges = tuple[tuple[str, str], ...]
"""The letters that may come in a state, each with the state that it leads to."""


@dataclass(frozen=True)
class LetterMachine:
    """States by name, each with its edges, which are equally likely; no two make the same letter.

    A letter tells where a known state leads to: what is hidden is only where the series began.
    `letters` is the alphabet.
    """

    letters: tuple[str, ...]
    states: tuple[tuple[str, Edges], ...]

    def __post_init__(self) -> None:
        for name, edges in self.states:
            made = [letter for letter, _ in edges]
            if not made or len({*made}) < len(made) or {*made} - {*self.letters}:
                raise SettingError(f"“{name}” must make letters of the alphabet, each once.")
            for _, target in edges:
                if target not in self.names:
                    raise SettingError(f"“{name}” leads to “{target}”, and there is no such state.")

    @classmethod
    def of(cls, letters: str, states: Mapping[str, str]) -> LetterMachine:
        """From words: the edges of a state are "T one, P two": letters, and where they lead."""
        edges = {
            name: tuple((way[0], way[2:]) for way in words.split(", "))
            for name, words in states.items()
        }
        return cls(tuple(letters), tuple(edges.items()))

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each state."""
        return tuple(name for name, _ in self.states)

    @cached_property
    def ways(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """By state: the number of the letter and of the state after it, for each arrow."""
        return tuple(
            tuple((self.letters.index(letter), self.names.index(end)) for letter, end in edges)
            for _, edges in self.states
        )

    @cached_property
    def after(self) -> States:
        """The state after each letter, (letters, states); one that cannot come changes nothing."""
        after = np.tile(np.arange(len(self.states)), (len(self.letters), 1))
        for state, edges in enumerate(self.ways):
            for letter, end in edges:
                after[letter, state] = end
        return after

    @cached_property
    def outputs(self) -> Floats:
        """P(next letter) in each state, (states, letters)."""
        probabilities = np.zeros((len(self.states), len(self.letters)))
        for state, edges in enumerate(self.ways):
            for letter, _ in edges:
                probabilities[state, letter] = 1 / len(edges)
        return probabilities

    @cached_property
    def steps(self) -> Floats:
        """P(a letter comes, and leads to a state | the state before), (letters, states, states)."""
        n = len(self.states)
        steps = np.zeros((len(self.letters), n, n))
        for letter, after in enumerate(self.after):
            steps[letter, np.arange(n), after] = self.outputs[:, letter]
        return steps

    @cached_property
    def stationary(self) -> Floats:
        """How often each state comes in the long run, (states,)."""
        n = len(self.states)
        equations = np.vstack([self.steps.sum(axis=0).T - np.eye(n), np.ones(n)])
        shares: Floats = np.linalg.lstsq(equations, np.append(np.zeros(n), 1.0), rcond=None)[0]
        return shares

    def run(self, luck: Floats) -> tuple[Symbols, States]:
        """The letters that random numbers between 0 and 1 make, and the state after each.

        It begins in the first state. With n edges, the first is taken where the number lies below
        1/n, and so on.
        """
        limits = np.unique([k / len(edges) for edges in self.ways for k in range(len(edges))])
        taken = [
            [edges[int(limit * len(edges) + ROUNDING)] for edges in self.ways] for limit in limits
        ]
        way = np.array(taken, dtype=np.intp)  # (limits, states, 2)
        cases = np.searchsorted(limits, luck, side="right") - 1
        before, states = followed(way[..., 1], cases)
        return way[cases, before, 0].astype(np.uint8), states
