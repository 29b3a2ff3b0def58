"""A rule that is a machine of letters: from each letter the next one is to be predicted."""

from __future__ import annotations

import textwrap
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnlab import theory
from rnnlab.rules import beliefs, filtering
from rnnlab.rules.base import ROUNDING, Probabilities, Sequence
from rnnlab.rules.letter_machine import LetterMachine
from rnnlab.rules.machine import SKIPPED, WIDTH
from rnnlab.rules.state_machine import Floats
from rnnlab.rules.symbols import SymbolRule, Symbols, deviation_of, entropy


@dataclass(frozen=True)
class LetterRule(SymbolRule):
    """A rule that states its machine; what can be known at best follows.

    The series has no beginning, so who reads a window of it does not know the state. In time the
    letters tell it, as they do where every past that lasts leads to one state alone: then who
    knows the state has the best loss. `forgotten` are parts of that knowledge.
    """

    autoregressive = True

    @abstractmethod
    def machine(self) -> LetterMachine:
        """Its states; the next letter is what is asked for."""

    @abstractmethod
    def forgotten(self) -> dict[str, tuple[str, ...]]:
        """What one may not know, by label: a name for each state; those with the same are one."""

    @abstractmethod
    def kind_of_state(self, state: str) -> str:
        """Of which of the `kinds` a step is that has led to this state."""

    @property
    def letters(self) -> tuple[str, ...]:
        """The machine's alphabet."""
        return self.machine().letters

    @property
    def answers(self) -> tuple[str, ...]:
        """The same: it asks for the next letter."""
        return self.letters

    def generate(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """The letters that the machine makes, and the next ones."""
        skipped = SKIPPED + int(rng.integers(SKIPPED))
        letters, _ = self.machine().run(rng.random(skipped + n_bits + 1))
        return Sequence(inputs=letters[skipped:-1], targets=letters[skipped + 1 :])

    def target_probabilities(self, inputs: Symbols) -> Probabilities:
        """By what the letters tell of the state."""
        machine = self.machine()
        return filtering.target_probabilities(machine, machine.stationary, inputs)

    def kinds_of(self, inputs: Symbols) -> NDArray[np.intp]:
        """By the state in which the machine most likely is."""
        machine = self.machine()
        kinds = np.array([self.kinds.index(self.kind_of_state(name)) for name in machine.names])
        states = filtering.likeliest_states(machine, machine.stationary, inputs)
        of_steps: NDArray[np.intp] = kinds[states]
        return of_steps

    def answer_rates(self) -> Probabilities:
        """As often as the states in which they are made."""
        machine = self.machine()
        return machine.stationary @ machine.outputs

    def losses_by_step(self, window: int) -> Probabilities:
        """Over all that may be believed of the state after each step."""
        outputs = self.machine().outputs
        return self._by_step(window, lambda each, weights: float(weights @ entropy(each @ outputs)))

    def right_by_step(self, window: int) -> Probabilities:
        """The largest share of right guesses at each step of a window, (window,)."""
        outputs = self.machine().outputs
        return self._by_step(
            window, lambda each, weights: float(weights @ (each @ outputs).max(axis=1))
        )

    def best_loss(self, window: int | None = None) -> float:
        """With the state known, or what the letters of a window tell of it."""
        if window is not None:
            theory.check_window(window)
            return float(self.losses_by_step(window).mean())
        machine = self.machine()
        return float(machine.stationary @ entropy(machine.outputs))

    def partial_losses(self, window: int | None = None) -> dict[str, float]:
        """Where some states are not told apart: what is known are their mean probabilities."""
        lowest, highest = self.best_loss(window), self.base_rate_loss()
        losses = {label: self._loss_of_groups(names) for label, names in self.forgotten().items()}
        return {
            label: loss
            for label, loss in sorted(losses.items(), key=lambda item: -item[1])
            if lowest + ROUNDING < loss < highest - ROUNDING
        }

    def deviation(self, window: int | None = None) -> float:
        """With the state known; in a window it is about the same."""
        machine = self.machine()
        return deviation_of(machine.outputs, machine.stationary)

    def numpy_code(self) -> str:
        """The arrows of each state, and a loop that follows them."""
        opening = "ways = ["
        ways = textwrap.fill(
            f"{opening}{', '.join(repr(list(way)) for way in self.machine().ways)}]",
            WIDTH,
            subsequent_indent=" " * len(opening),
        )
        return f"""\
# {", ".join(f"{k} {sign}" for k, sign in enumerate(self.letters))}
# by state: the letters that may come, equally likely, each with the state after it
{ways}
skipped = {SKIPPED} + int(rng.integers({SKIPPED}))  # it begins at a moment like any other
state, letters = 0, []
for luck in rng.random(skipped + n_bits + 1):
    letter, state = ways[state][int(luck * len(ways[state]))]
    letters.append(letter)
letters = np.array(letters[skipped:], np.uint8)
x, y = letters[:-1], letters[1:]"""

    def _by_step(self, window: int, measure: Callable[[Floats, Floats], float]) -> Probabilities:
        machine = self.machine()
        return np.array(beliefs.by_step(machine, machine.stationary, window, measure))

    def _loss_of_groups(self, names: tuple[str, ...]) -> float:
        """The entropy of the next letter, given the name of the group of the state."""
        machine = self.machine()
        group = np.unique(names, return_inverse=True)[1]
        shares: Floats = np.bincount(group, machine.stationary).astype(float)
        sums = np.zeros((len(shares), len(machine.letters)))
        np.add.at(sums, group, machine.stationary[:, None] * machine.outputs)
        return float(shares @ entropy(sums / shares[:, None]))
