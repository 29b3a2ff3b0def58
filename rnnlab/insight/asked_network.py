"""What a network says when it is asked after words of bits: a bit, or that either may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.automaton import IMPOSSIBLE, UNASKED, Answer, Word
from rnnlab.insight.fresh_data import Floats, Weights
from rnnlab.reference import forward
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.state_machine import Machine
from rnnlab.rules.strings import StringRule
from rnnlab.settings import Settings
from rnnlab.theory import flipped

ZERO, ONE, OPEN = "0", "1", "open"
"""What can be said: a bit, or that it may be either."""

SURE = 0.975
"""A chance from which on a bit is said to be sure, where some are not."""


@dataclass(frozen=True)
class DecisionThresholds:
    """What a probability of a 1 says: a bit, or that it is open.

    `low` and `high` are the chances between which it is open. Where the next bit is said,
    `forbids` is true: a bit that is sure forbids the other one.
    """

    low: float
    high: float
    forbids: bool
    first: bool
    """Whether something is said before the first bit."""

    @classmethod
    def of(cls, machine: Machine, rule: MachineRule) -> DecisionThresholds:
        """One half divides them where a machine is always sure; else only what is sure is a bit."""
        always = bool(np.isin(machine.outputs, (0.0, 1.0)).all()) and not machine.outputs_next_bit
        low, high = (0.5, 0.5) if always else (1 - SURE, SURE)
        noisy = flipped(np.array([low, high]), rule.noise)
        forbids = machine.outputs_next_bit
        return cls(float(noisy[0]), float(noisy[1]), forbids, not isinstance(rule, StringRule))

    def of_probabilities(self, probabilities: Floats) -> NDArray[np.str_]:
        """The answer for each chance of a 1; one half is a 1 where nothing is open."""
        return np.where(
            probabilities >= self.high, ONE, np.where(probabilities <= self.low, ZERO, OPEN)
        )


class AskedNetwork:
    """A network that is asked what it says after words of bits, from one state on."""

    def __init__(
        self,
        settings: Settings,
        weights: Weights,
        before: NDArray[np.uint8],
        thresholds: DecisionThresholds,
    ) -> None:
        self._network, self._thresholds = settings.network, thresholds
        self._weights = {name: value.astype(float) for name, value in weights.items()}
        self._states: tuple[Floats, ...] | None = None
        self._first: Answer = UNASKED
        if before.size:
            trace = forward(self._network, self._weights, before[None, :, None])
            self._states = trace.final_states
            self._first = str(thresholds.of_probabilities(trace.predicted[0, -1:, 1])[0])

    def answers(self, words: Sequence[Word]) -> list[Answer]:
        """What it says after each word."""
        longest = max(map(len, words))
        if not longest:
            return [self._first for _ in words]
        bits = np.array([(*word, *[0] * (longest - len(word))) for word in words], np.uint8)
        answers = self.read(bits)[0]
        return [
            str(answers[k, len(word) - 1]) if word else self._first for k, word in enumerate(words)
        ]

    def read(self, bits: NDArray[np.uint8]) -> tuple[NDArray[np.str_], Floats]:
        """What it says after each bit of (rows, steps), and the outputs of its top layer."""
        states = self._states and tuple(
            np.repeat(state, len(bits), axis=0) for state in self._states
        )
        trace = forward(self._network, self._weights, bits[..., None], states)
        answers = self._thresholds.of_probabilities(trace.predicted[..., 1])
        if self._thresholds.forbids:
            first = np.full((len(bits), 1), self._first)
            before = np.concatenate([first, answers[:, :-1]], axis=1)
            forbidden = before == np.where(bits == 1, ZERO, ONE)
            answers = np.where(np.logical_or.accumulate(forbidden, axis=1), IMPOSSIBLE, answers)
        return answers, trace.layers[-1].outputs
