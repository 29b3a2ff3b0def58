"""Marking: is a typed number right, and if not, does it follow from the student's own numbers?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rnnlab.handcheck.exercises import Blank, Exercise
from rnnlab.handcheck.working import Place, working

RIGHT, NOT_YET, EMPTY, UNREADABLE = "right", "not yet", "empty", "unreadable"

TOLERANCE = 0.01
TOLERANCE_SENTENCE = (
    "Whole numbers must be exact. Others may be off by 0.01, so you may round to two decimals, and "
    "calculate on with what you rounded."
)

_ROUNDING = 1e-9
_CLOSE = 5 * TOLERANCE
_LONGEST = 30
_NUMBER = re.compile(r"([+-]?)\s*([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")
_FRACTION = re.compile(r"([+-]?)\s*([0-9]+)\s*/\s*([0-9]+)")


@dataclass(frozen=True)
class Mark:
    """What is said of an answer: "right", "not yet", "empty" or "unreadable", and a sentence."""

    state: str
    sentence: str


def read(typed: str) -> float | None:
    """The number that was typed: 7, +7.0, "7,0", −7, .5 or 1/2; None if it is none of these."""
    if len(typed) > _LONGEST:
        return None
    written = typed.strip().replace("−", "-")
    if found := _NUMBER.fullmatch(written):
        return _signed(found[1], float(found[2].replace(",", ".")))
    found = _FRACTION.fullmatch(written)
    if found and int(found[3]):
        return _signed(found[1], int(found[2]) / int(found[3]))
    return None


def mark(blank: Blank, typed: str) -> Mark:
    """The mark of one answer by itself. Never an exception, whatever was typed."""
    return _mark(blank, typed, None, ())


def marks(exercise: Exercise, answers: Mapping[str, str]) -> dict[str, Mark]:
    """The mark of every blank by its key. `answers` are by key too; one left out is empty.

    A number that follows from the student's own rounded numbers is right. One that follows from an
    earlier wrong number is not yet right, but its sentence says so.
    """
    found: dict[str, Mark] = {}
    own = dict(exercise.truth)
    wrong: set[Place] = set()
    for blank in exercise.blanks:
        used: list[Place] = []

        def look(place: Place, used: list[Place] = used) -> float:
            used.append(place)
            return own[place]

        follows = working(exercise.bench, blank.place, look).value
        culprits = tuple(dict.fromkeys(place.vector for place in used if place in wrong))
        typed = answers.get(blank.key, "")
        given = found[blank.key] = _mark(blank, typed, follows, culprits)
        value = read(typed)
        if value is not None:
            own[blank.place] = value
        if given.state == NOT_YET:
            wrong.add(blank.place)
    return found


def _mark(blank: Blank, typed: str, own: float | None, culprits: tuple[str, ...]) -> Mark:
    value = read(typed)
    if value is None and not typed[: _LONGEST + 1].strip():
        return Mark(EMPTY, "Nothing here yet.")
    if value is None:
        return Mark(UNREADABLE, "This is no number that can be read: type one like 7, -0.5 or 1/2.")
    follows = own is not None and _agrees(value, own)
    if _agrees(value, blank.answer) or (follows and not culprits):
        return Mark(RIGHT, "Right.")
    if follows:
        names = " and ".join(culprits)
        are = "is" if len(culprits) == 1 else "are"
        return Mark(NOT_YET, f"Right from your {names}, but {names} {are} not yet right.")
    if not _whole(blank.answer) and abs(value - blank.answer) <= _CLOSE:
        return Mark(NOT_YET, "Close, but off by more than 0.01: round as late as you can.")
    return Mark(NOT_YET, "Not yet: go through it once more, or ask for a hint.")


def _agrees(value: float, wanted: float) -> bool:
    return abs(value - wanted) <= (0 if _whole(wanted) else TOLERANCE + _ROUNDING)


def _whole(number: float) -> bool:
    return number == round(number)


def _signed(sign: str, value: float) -> float:
    return -value if sign == "-" else value
