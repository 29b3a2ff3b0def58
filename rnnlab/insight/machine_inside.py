"""The machine inside: the states of a trained network as a state machine, beside the rule's own.

The network is asked as Weiss, Goldberg & Yahav (2018, arXiv 1711.09576) ask theirs: what it says
after a word of bits decides which states are the same (`rnnlab.insight.automaton`). Whether the
machine found agrees with the network is looked for in strings of the rule, and so is a string on
which network and rule disagree. A series without a beginning begins here after some steps that
the network has read, in a state of the rule that is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.insight.asked_network import ONE, ZERO, AskedNetwork, DecisionThresholds
from rnnlab.insight.automaton import (
    IMPOSSIBLE,
    UNASKED,
    Answer,
    Automaton,
    Word,
    difference,
    learn,
)
from rnnlab.insight.fresh_data import FRESH, Floats, Weights
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.state_machine import Machine
from rnnlab.rules.strings import StringRule
from rnnlab.settings import Settings

WARM_UP = 100
ROWS, STEPS = 64, 30
"""Strings, and steps of them, that a machine found must answer as the network does."""

TIMES, LONGEST = 16, 400
"""How many windows long the strings are on which the network must answer as the rule does."""

FEWEST = 24
"""So many states a machine found may have in any case."""


@dataclass(frozen=True, eq=False)
class MachineInside:
    """A machine that answers as the network, None if there is none of few states; and the rule's.

    `rule` is the smallest machine that answers as the rule. `word` is the shortest string found
    on which the network says `predicted` and the rule `expected`, after `n_compared` answers; with
    `next_bit` both say the next bit. `names` are what the rule calls the states of `rule`. `visits`
    are the states of the machine after each bit of some strings, (strings, steps), and `bits` and
    `units` (…, units) what came and what the units of the top layer were then.
    """

    extracted: Automaton | None
    rule: Automaton
    word: Word | None
    predicted: Answer
    expected: Answer
    n_compared: int
    next_bit: bool
    names: tuple[str, ...]
    visits: NDArray[np.int64]
    bits: NDArray[np.uint8]
    units: Floats

    @property
    def same(self) -> bool:
        """Whether the two machines answer every string alike."""
        return self.extracted is not None and difference(self.extracted, self.rule) is None


def machine_inside(settings: Settings, weights: Weights, *, seed: int = 0) -> MachineInside:
    """Ask the network, the rule, and strings of the rule; a `SettingError` for other rules."""
    rule = settings.data
    if not isinstance(rule, MachineRule):
        raise SettingError(f"The rule '{rule.name}' is no state machine.")
    rng = np.random.default_rng((seed, FRESH))
    machine, before = _beginning(rule, rng)
    thresholds = DecisionThresholds.of(machine, rule)
    network = AskedNetwork(settings, weights, before, thresholds)
    smallest = _smallest(_automaton(machine, thresholds))
    length = max(STEPS, min(TIMES * settings.window, LONGEST))
    bits, states = machine.run(rng.random(ROWS * length), string=length)
    bits, states = bits.reshape(ROWS, length), states.reshape(ROWS, length)
    answers, units = network.read(bits)
    expected = thresholds.of_probabilities(machine.outputs[states])
    extracted = learn(
        network.answers,
        lambda automaton: _first_difference(
            _along(automaton, bits[:, :STEPS])[1], answers[:, :STEPS], bits
        ),
        max(FEWEST, 2 * len(machine.states)),
    )
    word = _disagreement(network, smallest, extracted, _first_difference(expected, answers, bits))
    return MachineInside(
        extracted,
        smallest,
        word,
        network.answers([word])[0] if word else "",
        smallest.answer(word) if word else "",
        answers.size,
        thresholds.forbids,
        _names(machine, smallest),
        _along(extracted, bits[:, :STEPS])[0] if extracted else np.zeros((ROWS, STEPS), np.int64),
        bits[:, :STEPS],
        units[:, :STEPS],
    )


def _beginning(rule: MachineRule, rng: np.random.Generator) -> tuple[Machine, NDArray[np.uint8]]:
    """The rule's machine with the state first in which the words begin, and the bits before."""
    machine = rule.machine()
    if isinstance(rule, StringRule):
        return machine, np.zeros(0, np.uint8)
    bits, states = machine.run(rng.random(WARM_UP))
    now = machine.states[int(states[-1])]
    return Machine((now, *(state for state in machine.states if state != now))), bits


def _automaton(machine: Machine, thresholds: DecisionThresholds) -> Automaton:
    """A rule's machine as one that answers words."""
    answers = [str(answer) for answer in thresholds.of_probabilities(machine.outputs)]
    after: list[Any] = [
        tuple(
            None if thresholds.forbids and answers[k] == (ZERO if bit else ONE) else int(to)
            for bit, to in enumerate(machine.after[:, k])
        )
        for k in range(len(answers))
    ]
    if thresholds.first:
        return Automaton(tuple(after), tuple(answers), ((),) * len(answers))
    first = (after[0][0] + 1, after[0][1] + 1)
    further = [tuple(to + 1 for to in ways) for ways in after]
    return Automaton((first, *further), (UNASKED, *answers), ((),) * (len(answers) + 1))


def _names(machine: Machine, smallest: Automaton) -> tuple[str, ...]:
    """What a machine calls the states of its smallest twin: those its words lead to.

    One before the first bit, where it has a state of its own, is the beginning.
    """
    names = []
    for word, answer in zip(smallest.words, smallest.answers, strict=True):
        state = 0
        for bit in word:
            state = int(machine.after[bit, state])
        names.append("the beginning" if answer == UNASKED else machine.names[state])
    return tuple(names)


def _smallest(known: Automaton) -> Automaton:
    """The smallest machine that answers as a known one."""
    learnt = learn(
        lambda words: [known.answer(word) for word in words],
        lambda automaton: difference(automaton, known),
        10**6,
    )
    return cast(Automaton, learnt)


def _along(
    automaton: Automaton, bits: NDArray[np.uint8]
) -> tuple[NDArray[np.int64], NDArray[np.str_]]:
    """The machine's state after each bit of (rows, steps), -1 for none, and what it says."""
    nowhere = len(automaton.after)
    after = np.array(
        [
            [nowhere if to is None else to for to in ways]
            for ways in (*automaton.after, (None, None))
        ]
    )
    answers = np.array([*automaton.answers, IMPOSSIBLE])
    state, states = np.zeros(len(bits), np.int64), []
    for column in bits.T:
        state = after[state, column]
        states.append(state)
    visits = np.stack(states, axis=1)
    return np.where(visits == nowhere, -1, visits), answers[visits]


def _first_difference(
    answers: NDArray[np.str_], others: NDArray[np.str_], bits: NDArray[np.uint8]
) -> Word | None:
    """The shortest beginning of a row after which the answers (rows, steps) differ."""
    rows, steps = np.nonzero(answers != others)
    if not len(steps):
        return None
    k = int(steps.argmin())
    return tuple(map(int, bits[rows[k], : steps[k] + 1]))


def _disagreement(
    network: AskedNetwork, rule: Automaton, extracted: Automaton | None, met: Word | None
) -> Word | None:
    """The shorter one of two strings on which network and rule disagree: one met in strings of
    the rule, and one that tells the two machines apart, if the network answers it so."""
    apart = difference(extracted, rule) if extracted is not None else None
    if apart is None or network.answers([apart])[0] == rule.answer(apart):
        return met
    return apart if met is None else min(apart, met, key=len)
