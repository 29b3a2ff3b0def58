"""A state machine as a person types it: a line a state, read and never run."""

from __future__ import annotations

import re

from rnnlab.errors import SettingError
from rnnlab.rules.state_machine import Machine, MachineState

LONGEST = 700
"""Characters of a whole machine."""

MOST_STATES = 8
LONGEST_NAME = 20

HOW = "off: 0 -> off, 1 -> on, says 0"

_PART = re.compile(r"(?:([01])\s*(?:->|→|=>)\s*(.*)|(says|ones)\s*:?\s*(\S+))", re.IGNORECASE)


def machine_from(text: str) -> Machine:
    """The machine that a text says, its states on lines or between semicolons.

    A state is its name, a colon, where a 0 and where a 1 lead, and what it `says`: the chance of a
    target 1; and `ones`, the chance of a 1 there, if that is not one half. A `SettingError` says
    what is missing or meant otherwise, and in which state.
    """
    lines = [line.strip() for line in re.split(r"[;\n]", text) if line.strip()]
    if not 1 <= len(lines) <= MOST_STATES:
        raise SettingError(
            f"Write between 1 and {MOST_STATES} states, each like this: {HOW} (a semicolon between "
            f"two states). Here are {len(lines)}."
        )
    return Machine(tuple(_state(line) for line in lines))


def text_of(machine: Machine) -> str:
    """The text of a machine, which reads as the same one again."""
    return "; ".join(
        f"{state.name}: 0 -> {state.on_0}, 1 -> {state.on_1}, says {state.output:g}"
        + ("" if state.ones == 0.5 else f", ones {state.ones:g}")
        for state in machine.states
    )


def _state(line: str) -> MachineState:
    name, colon, rest = line.partition(":")
    name = _name(name)
    if not colon:
        raise SettingError(f"After “{name}” a colon must stand, as here: {HOW}.")
    ways: dict[str, str] = {}
    numbers: dict[str, float] = {}
    for part in rest.split(","):
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise SettingError(
                f"In “{name}” the lab cannot read “{part.strip()[:40]}”. A state is written like "
                f"this: {HOW}."
            )
        bit, after, word, number = match.groups()
        if bit:
            ways[bit] = _name(after)
        else:
            numbers[word.lower()] = _probability(number, name)
    for bit in "01":
        if bit not in ways:
            raise SettingError(f"In “{name}” it is missing where a {bit} leads: {bit} -> …")
    if "says" not in numbers:
        raise SettingError(f"In “{name}” it is missing what is said there: says 0, or says 1.")
    return MachineState(name, ways["0"], ways["1"], numbers.get("ones", 0.5), numbers["says"])


def _name(text: str) -> str:
    """A name of letters, digits, spaces and hyphens."""
    name = " ".join(text.split())
    if not name or not all(sign.isalnum() or sign in " -" for sign in name):
        raise SettingError(
            f"A state needs a name of letters and digits, and here it is “{name[:LONGEST_NAME]}”."
        )
    if len(name) > LONGEST_NAME:
        raise SettingError(
            f"The name of a state has at most {LONGEST_NAME} characters, and "
            f"“{name[:LONGEST_NAME]}…” has {len(name)}."
        )
    return name


def _probability(text: str, name: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingError(
            f"A chance is a number from 0 to 1, and in “{name}” it is “{text[:20]}”."
        ) from None
