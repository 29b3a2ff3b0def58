"""The machine inside a network in words, and as a machine to be drawn."""

from __future__ import annotations

from collections import Counter

import numpy as np

from rnnlab.insight.asked_network import ONE, OPEN, ZERO
from rnnlab.insight.automaton import UNASKED, Answer, Automaton, Word
from rnnlab.insight.machine_inside import MachineInside
from rnnlab.rules.state_machine import Machine, MachineState

MOST_PASTS, PAST = 6, 8
"""Pasts shown of a state, and their bits."""


def sentence(inside: MachineInside) -> str:
    """Whether the two machines are the same, and a string on which network and rule disagree."""
    n_rule = len(inside.rule.answers)
    if inside.extracted is None:
        begin = (
            f"No machine of few states is found inside: the smallest of the rule has {n_rule}, "
            "and here far more would be told apart."
        )
    elif inside.same:
        begin = f"The machine inside is the rule's own, with {n_rule} states."
    else:
        begin = (
            f"The machine inside has {_states(len(inside.extracted.answers))}, and the smallest of "
            f"the rule {_states(n_rule)}: they are not the same."
        )
    if inside.word is None:
        return (
            f"{begin} No string was found on which network and rule disagree, among "
            f"{inside.n_compared:,} answers."
        )
    return (
        f"{begin} After the {len(inside.word)} bits {_shown(inside.word)} the network says "
        f"{_quoted(inside.predicted)}, the rule {_quoted(inside.expected)}."
    )


def state_sentence(inside: MachineInside, state: int) -> str:
    """What the network says in a state (from 0) of the machine found in it."""
    answer = inside.extracted.answers[state] if inside.extracted else UNASKED
    if answer == UNASKED:
        return f"State {state + 1} is that before the first bit."
    what = "comes next" if inside.next_bit else "is the answer"
    phrase = f"either may be what {what}" if answer == OPEN else f"{answer} {what}"
    return f"In state {state + 1} the network says: {phrase}."


def as_machine(
    automaton: Automaton, *, next_bit: bool, names: tuple[str, ...] | None = None
) -> Machine:
    """The machine found, to be drawn; states without `names` are called by bits that lead there.

    A bit that cannot come leads back to the state itself.
    """
    names = names or tuple("".join(map(str, word)) or "the beginning" for word in automaton.words)
    probabilities = [{ZERO: 0.0, ONE: 1.0}.get(answer, 0.5) for answer in automaton.answers]
    states = []
    for k, (name, probability) in enumerate(zip(names, probabilities, strict=True)):
        on_0, on_1 = (name if to is None else names[to] for to in automaton.after[k])
        ones, output = (probability, None) if next_bit else (0.5, probability)
        states.append(MachineState(name, on_0, on_1, ones, output))
    return Machine(tuple(states))


def pasts(inside: MachineInside, state: int) -> list[tuple[str, float]]:
    """The last bits that most often lead to a state (from 0), each with its share of visits."""
    rows, steps = np.nonzero(inside.visits == state)
    ends = [
        "".join(map(str, inside.bits[row, max(0, step + 1 - PAST) : step + 1]))
        for row, step in zip(rows, steps, strict=True)
    ]
    return [(end, n / len(ends)) for end, n in Counter(ends).most_common(MOST_PASTS)]


def _states(number: int) -> str:
    return f"{number} state{'s' * (number != 1)}"


def _shown(word: Word) -> str:
    text = "".join(map(str, word))
    return text if len(text) <= 40 else f"…{text[-40:]}"


def _quoted(answer: Answer) -> str:
    return "that either may come" if answer == OPEN else answer
