"""Marking a student's numbers, and hints: the parts of a calculation, never its result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnlab.handcheck.calculation import Calculation, Entry, Summand, calculation
from rnnlab.handcheck.exercises import Blank, Exercise
from rnnlab.handcheck.forward import format_product

RIGHT, NOT_YET, EMPTY, UNREADABLE = "right", "not yet", "empty", "unreadable"

TOLERANCE = 0.01
TOLERANCE_SENTENCE = (
    "Whole numbers must be exact. Others may be off by 0.01, so you may round to two decimals, and "
    "calculate on with what you rounded."
)

_ROUNDING = 1e-9
_CLOSE = 5 * TOLERANCE
_MAX_LENGTH = 30
_NUMBER = re.compile(r"([+-]?)\s*([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")
_FRACTION = re.compile(r"([+-]?)\s*([0-9]+)\s*/\s*([0-9]+)")

_LAST_STEPS = {
    "": "",
    "tanh": ", then press tanh",
    "relu": ": if that is below 0, write 0, else keep it",
    "sigmoid": ", and put what you get as s into σ(s) = 1 / (1 + exp(−s))",
}


@dataclass(frozen=True)
class Mark:
    """The mark of an answer: "right", "not yet", "empty" or "unreadable", and a sentence."""

    state: str
    sentence: str


@dataclass(frozen=True)
class Hint:
    """The hints for one blank, to be shown one by one; no blank if all are right."""

    blank: Blank | None
    sentences: tuple[str, ...]


def read_answer(typed: str) -> float | None:
    """The number that was typed: 7, +7.0, "7,0", −7, .5 or 1/2; None if it is none of these."""
    if len(typed) > _MAX_LENGTH:
        return None
    text = typed.strip().replace("−", "-")
    if match := _NUMBER.fullmatch(text):
        value = float(match[2].replace(",", "."))
    elif (match := _FRACTION.fullmatch(text)) and int(match[3]):
        value = int(match[2]) / int(match[3])
    else:
        return None
    return -value if match[1] == "-" else value


def mark(blank: Blank, typed: str) -> Mark:
    """The mark of one answer by itself. Never an exception, whatever was typed."""
    return _mark(blank, typed, None, ())


def marks(exercise: Exercise, answers: Mapping[str, str]) -> dict[str, Mark]:
    """The mark of every blank by its key. `answers` are by key too; a missing one is empty.

    A number that follows from the student's own rounded numbers is right. One that follows from an
    earlier wrong number is not yet right, but its sentence says so.
    """
    result: dict[str, Mark] = {}
    own = dict(exercise.numbers)  # the student's, where there are any
    wrong: set[Entry] = set()
    for blank in exercise.blanks:
        used: list[Entry] = []

        def lookup(entry: Entry, used: list[Entry] = used) -> float:
            used.append(entry)
            return own[entry]

        follows = calculation(exercise.bench, blank.entry, lookup).value
        culprits = tuple(dict.fromkeys(entry.vector for entry in used if entry in wrong))
        typed = answers.get(blank.key, "")
        result[blank.key] = _mark(blank, typed, follows, culprits)
        value = read_answer(typed)
        if value is not None:
            own[blank.entry] = value
        if result[blank.key].state == NOT_YET:
            wrong.add(blank.entry)
    return result


def hint(exercise: Exercise, answers: Mapping[str, str]) -> Hint:
    """The hints for the first blank that is not right; `answers` are by the blanks' keys."""
    marked = marks(exercise, answers)
    for blank in exercise.blanks:
        if marked[blank.key].state != RIGHT:
            return Hint(blank, hints(exercise, blank))
    return Hint(None, ("Everything is right: there is nothing left to hint at.",))


def hints(exercise: Exercise, blank: Blank) -> tuple[str, ...]:
    """Partial results on the way to a blank, in their order; the last leaves the sum to do.

    A summand that equals the answer, because it is the only one or the others add up to 0, is
    written without its result: no hint says what belongs in the blank.
    """
    work = calculation(exercise.bench, blank.entry, exercise.numbers.__getitem__)
    products = [summand for summand in work.summands if not summand.single]
    if not products:
        return (_last_hint(work),)
    results = [f"{product.name}: {_product(product, blank)}." for product in products]
    next_steps = [*(f"Next: {product.name}." for product in products[1:]), _last_hint(work)]
    return tuple(f"{result} {step}" for result, step in zip(results, next_steps, strict=True))


def _mark(blank: Blank, typed: str, own: float | None, culprits: tuple[str, ...]) -> Mark:
    """`own` is what follows from the student's numbers, of which `culprits` are wrong."""
    value = read_answer(typed)
    if value is None and not typed[: _MAX_LENGTH + 1].strip():
        return Mark(EMPTY, "Nothing here yet.")
    if value is None:
        return Mark(UNREADABLE, "This cannot be read as a number: type one like 7, -0.5 or 1/2.")
    follows = own is not None and _agrees(value, own)
    if _agrees(value, blank.answer) or (follows and not culprits):
        return Mark(RIGHT, "Right.")
    if follows:
        names = " and ".join(culprits)
        are = "is" if len(culprits) == 1 else "are"
        return Mark(NOT_YET, f"Right from your {names}, but {names} {are} not yet right.")
    if not _is_whole(blank.answer) and abs(value - blank.answer) <= _CLOSE:
        return Mark(NOT_YET, "Close, but more than 0.01 away: round as late as you can.")
    return Mark(NOT_YET, "Not yet: go through it once more, or ask for a hint.")


def _agrees(value: float, expected: float) -> bool:
    return abs(value - expected) <= (0 if _is_whole(expected) else TOLERANCE + _ROUNDING)


def _is_whole(number: float) -> bool:
    return number == round(number)


def _product(product: Summand, blank: Blank) -> str:
    left, right = (np.array(side) for side in zip(*product.pairs, strict=True))
    text = format_product(left, right)
    gives_away = abs(product.value - blank.answer) <= TOLERANCE
    return text.partition(" = ")[0] if gives_away else text


def _last_hint(work: Calculation) -> str:
    """What is left to do when every product is calculated."""
    singles = [summand.name for summand in work.summands if summand.single]
    n_products = len(work.summands) - len(singles)
    if len(work.summands) == 1:
        start = f"Take {singles[0]}" if singles else "Work this out"
    else:
        products = {0: [], 1: ["this"], 2: ["both parts"]}
        *first, last = [*products.get(n_products, [f"all {n_products} parts"]), *singles]
        start = f"Add {', '.join(first)} and {last}" if first else f"Add {last}"
    return f"{start}{_LAST_STEPS[work.activation]}."
