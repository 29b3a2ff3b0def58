"""Hints: the parts of a calculation, one more each time, and never what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnlab.handcheck.exercises import Blank, Exercise
from rnnlab.handcheck.forward import spelled
from rnnlab.handcheck.marking import RIGHT, TOLERANCE, marks
from rnnlab.handcheck.working import Part, Working, working

FINISHES = {
    "tanh": ", then press tanh",
    "relu": ": if that is below 0, write 0, else keep it",
    "sigmoid": ", and put what you get as s into σ(s) = 1 / (1 + exp(−s))",
}


@dataclass(frozen=True)
class Hint:
    """The hints for one blank, to be shown one more each time; no blank if all are right."""

    blank: Blank | None
    sentences: tuple[str, ...]


def hint(exercise: Exercise, answers: Mapping[str, str]) -> Hint:
    """The hints for the first blank that is not right; `answers` are by the blanks' keys."""
    marked = marks(exercise, answers)
    for blank in exercise.blanks:
        if marked[blank.key].state != RIGHT:
            return Hint(blank, hints(exercise, blank))
    return Hint(None, ("All of it is right: there is nothing left to hint at.",))


def hints(exercise: Exercise, blank: Blank) -> tuple[str, ...]:
    """Partial results on the way to a blank, in their order; the last leaves the sum to do.

    A part that comes to the very answer, because it is the only one or the others add up to 0, is
    written out without its result: no hint says what belongs in the blank.
    """
    work = working(exercise.bench, blank.place, exercise.truth.__getitem__)
    products = [part for part in work.parts if not part.plain]
    if not products:
        return (_last(work),)
    shown = [f"{part.name}: {_spelled(part, blank)}." for part in products]
    then = [*(f"Next: {part.name}." for part in products[1:]), _last(work)]
    return tuple(f"{one} {next_one}" for one, next_one in zip(shown, then, strict=True))


def _spelled(part: Part, blank: Blank) -> str:
    left, right = (np.array(side) for side in zip(*part.pairs, strict=True))
    written = spelled(left, right[:, None], 0)
    gives_away = abs(part.value - blank.answer) <= TOLERANCE
    return written.partition(" = ")[0] if gives_away else written


def _last(work: Working) -> str:
    """What is left to do when every product is known."""
    plain = [part.name for part in work.parts if part.plain]
    products = len(work.parts) - len(plain)
    if len(work.parts) == 1:
        begin = f"Take {plain[0]}" if plain else "Work this out"
    else:
        known = {0: [], 1: ["this"], 2: ["both parts"]}.get(products, [f"all {products} parts"])
        *first, last = [*known, *plain]
        begin = f"Add {', '.join(first)} and {last}" if first else f"Add {last}"
    return f"{begin}{FINISHES.get(work.finish, '')}."
